import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MapValue, mapAt, mapsAt } from '../../src/yaml/index.ts';
import { Container, SHELLS } from '../support/start.ts';
import { expectFlags, expectHeldOpen, expectStoreLabels, STORE_LABELS } from '../support/start-checks.ts';
import { readFixture, render, renderCase, type Table } from '../support/table.ts';

const tiflash = readFixture<Table>('conformance/tiflash-group.yaml');
const ticdc = readFixture<Table>('conformance/ticdc-group.yaml');
const MOUNTED = { annotations: { 'tiflash.tidb.pingcap.com/mount-cm-in-tiflash-container': 'true' } };

function commandsOf(resources: readonly MapValue[]): string[] {
  const set = resources.find(({ kind }) => kind === 'StatefulSet');
  const pod = mapAt(set, 'spec', 'template', 'spec');
  const containers = [...mapsAt(pod, 'initContainers'), ...mapsAt(pod, 'containers')];
  return containers.flatMap(({ command }) => {
    return Array.isArray(command) && command[1] === '-c' ? [`${command[2]}`] : [];
  });
}

describe('scripts that stand in a command', () => {
  test.each([
    ['of TiFlash', renderCase(tiflash, {})],
    ['of TiFlash with its configs mounted', renderCase(tiflash, { spec: MOUNTED })],
    ['of TiCDC', renderCase(ticdc, {})],
  ])('%s are short and read as they are written', (_, { resources }) => {
    expect(commandsOf(resources).filter((command) => command.includes('\n'))).toMatchSnapshot();
  });

  test.each([
    ['TiFlash', tiflash, {}],
    ['TiFlash on the network of its node', tiflash, { hostNetwork: true, ...MOUNTED }],
    ['TiCDC', ticdc, { config: { sorter: {} } }],
  ])('of %s have nothing that Kubernetes or Flux would put a value in for', (_, table, spec) => {
    const versions = [{}, { startScriptVersion: 'v2', tlsCluster: { enabled: true } }];
    for (const clusterSpec of versions) {
      for (const command of commandsOf(renderCase(table, { spec, clusterSpec }).resources)) {
        expect(command).not.toMatch(/\$\(|\$\$|\$\{/);
      }
    }
  });
});

describe.each(SHELLS.filter(({ missing }) => !missing))('under $name', (shell) => {
  const container = new Container();

  test('each pod of TiFlash gets its own configs', () => {
    const { resources } = renderCase(tiflash, {});
    const env = { POD_NAME: 'flash-tiflash-12' };
    const [config = '', proxy = ''] = container.makeConfigs(resources, shell, env);
    expect(config).toContain('advertise-addr = "flash-tiflash-12.flash-tiflash-peer.tidb.svc:20170"');
    expect(proxy).toContain('engine-addr = "flash-tiflash-12.flash-tiflash-peer.tidb.svc:3930"');
    expect(config + proxy).not.toContain('POD_N');
  });

  test('and finds its namespace where the group leaves that to whoever applies it', () => {
    const { name = '' } = tiflash.group.metadata;
    const group = {
      ...tiflash.group,
      metadata: { name },
      spec: { ...tiflash.group.spec, cluster: { name: 'basic' } },
    };
    const cluster = { ...tiflash.cluster, metadata: { name: 'basic' } };
    const { resources } = render(group as typeof tiflash.group, cluster);
    const env = { POD_NAME: 'flash-tiflash-0', NAMESPACE: 'later' };
    const [config = '', proxy = ''] = container.makeConfigs(resources, shell, env);
    expect(config).toContain('advertise-addr = "flash-tiflash-0.flash-tiflash-peer.later.svc:20170"');
    expect(config).toContain('pd_addr = "basic-pd:2379"');
    expect(config).toContain('tidb_status_addr = "basic-tidb:10080"');
    expect(proxy).toContain('engine-addr = "flash-tiflash-0.flash-tiflash-peer.later.svc:3930"');
  });

  test('labels of a TiFlash store are passed on as one argument, where its configs are mounted', () => {
    const [labeled, plain] = [{ ...MOUNTED, ...STORE_LABELS }, MOUNTED].map((spec) =>
      renderCase(tiflash, { spec }),
    );
    expectStoreLabels(
      container.start(labeled?.resources ?? [], shell),
      container.start(plain?.resources ?? [], shell),
    );
  });

  test('the flags that a config of TiCDC is checked against are all there', () => {
    expectFlags('ticdc', container.start(renderCase(ticdc, {}).resources, shell));
  });

  test('PD across Kubernetes clusters is asked by its headless Service, also where its configs are mounted', () => {
    const clusterSpec = { acrossK8s: true, clusterDomain: 'eu.example.com', startScriptVersion: 'v2' };
    const { argv } = container.start(renderCase(tiflash, { spec: MOUNTED, clusterSpec }).resources, shell);
    expect(argv).toContain('--raft.pd_addr=basic-pd-peer.tidb.svc.eu.example.com:2379');
  });

  test('the annotation `runmode` holds servers open whose scripts know it', () => {
    const held = Container.held('runmode="debug"\n');
    const v2 = { startScriptVersion: 'v2' };
    for (const { resources } of [renderCase(tiflash, {}), renderCase(ticdc, { clusterSpec: v2 })]) {
      expectHeldOpen(held.start(resources, shell));
    }
    expect(held.start(renderCase(ticdc, {}).resources, shell).argv).toContain('--log-level=info');
  });

  test('whatever the config of TiCDC says is one argument, and nothing of it is run', () => {
    const pieces = [
      "'",
      '"',
      '$',
      '`',
      '\\',
      ' ',
      '*',
      '~',
      '#',
      '&',
      ';',
      '|',
      '(',
      ')',
      '<',
      '$(POD_NAME)',
      '$$',
      '${X',
    ];
    const text = fc.string({ unit: fc.constantFrom(...pieces, 'a', 'é'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, (file, level) => {
        const spec = { config: { 'log-file': file, 'log-level': level } };
        const { argv, errors } = container.start(renderCase(ticdc, { spec }).resources, shell);
        expect(errors).toBe('');
        expect(argv).toContain(`--log-file=${file}`);
        expect(argv).toContain(`--log-level=${level}`);
      }),
      { numRuns: 60, seed: 21 },
    );
  });
});
