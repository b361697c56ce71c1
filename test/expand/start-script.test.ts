import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TidbClusterSpec } from '../../src/api/index.ts';
import { shellWords } from '../../src/expand/shell.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { Container, SHELLS } from '../support/start.ts';
import { expectFlags, expectHeldOpen, expectStoreLabels, STORE_LABELS } from '../support/start-checks.ts';
import { readFixture, render, renderCase, type Table } from '../support/table.ts';

const tikv = readFixture<Table>('conformance/tikv-group.yaml');
const tidb = readFixture<Table>('conformance/tidb-group.yaml');

function scriptOf(resources: readonly MapValue[]): string {
  const data = resources[0]?.data;
  return data !== null && typeof data === 'object' && 'startup-script' in data
    ? `${data['startup-script']}`
    : '';
}

describe('a start script is short and reads as it is written', () => {
  it('of TiKV', () => {
    expect(scriptOf(renderCase(tikv, {}).resources)).toMatchSnapshot();
  });

  it('of TiDB', () => {
    const spec = { plugins: ['audit-1'], arguments: ['--log-level=debug'] };
    expect(scriptOf(renderCase(tidb, { spec }).resources)).toMatchSnapshot();
  });

  it.each([tikv, tidb])('has lines that a block of text in YAML can hold', (table) => {
    const script = scriptOf(renderCase(table, {}).resources);
    expect(script).not.toMatch(/[ \t]$/m);
    expect(script).not.toContain('\t');
    expect(script.endsWith('"$@"\n')).toBe(true);
  });
});

interface PdCase {
  readonly namespace: string | undefined;
  readonly referred?: string;
  readonly spec: TidbClusterSpec;
  readonly pd: string;
}

describe.each(SHELLS)('under $name', (shell) => {
  const check = it.skipIf(shell.missing);
  const container = new Container();
  const argvOf = (resources: readonly MapValue[], env: Record<string, string> = {}) => {
    const { argv, errors } = container.start(resources, shell, env);
    expect(errors).toBe('');
    return argv;
  };

  describe('PD is addressed by its full name where the short one is not enough', () => {
    const cases: PdCase[] = [
      { namespace: 'tidb', spec: {}, pd: 'basic-pd:2379' },
      { namespace: undefined, spec: {}, pd: 'basic-pd:2379' },
      { namespace: 'other', spec: {}, pd: 'basic-pd.other.svc:2379' },
      { namespace: undefined, referred: 'other', spec: {}, pd: 'basic-pd.other.svc:2379' },
      { namespace: 'tidb', referred: 'before-kustomize', spec: {}, pd: 'basic-pd:2379' },
      { namespace: 'other', spec: { clusterDomain: 'k8s.a' }, pd: 'basic-pd.other.svc.k8s.a:2379' },
      { namespace: 'tidb', spec: { clusterDomain: 'k8s.a' }, pd: 'basic-pd:2379' },
      { namespace: 'tidb', spec: { acrossK8s: true }, pd: 'basic-pd.tidb.svc:2379' },
      { namespace: undefined, spec: { acrossK8s: true }, pd: 'basic-pd.tidb.svc:2379' },
      {
        namespace: 'tidb',
        spec: { acrossK8s: true, clusterDomain: 'k8s.a' },
        pd: 'basic-pd.tidb.svc.k8s.a:2379',
      },
    ];
    const versions = [
      { script: 'v1', tls: false, scheme: 'http://' },
      { script: 'v1', tls: true, scheme: 'https://' },
      { script: 'v2', tls: true, scheme: '' },
    ] as const;
    const all = cases.flatMap((one) => versions.map((version) => ({ ...one, ...version })));

    check.each(all)('$namespace $referred $spec $script tls $tls: $scheme$pd', (one) => {
      const { referred = null } = one;
      for (const { group, cluster } of [tikv, tidb]) {
        const ref = { name: 'basic', ...(referred === null ? {} : { namespace: referred }) };
        const { name = '' } = cluster.metadata;
        const { resources } = render({ ...group, spec: { ...group.spec, cluster: ref } } as typeof group, {
          ...cluster,
          metadata: one.namespace === undefined ? { name } : { name, namespace: one.namespace },
          spec: {
            ...cluster.spec,
            ...one.spec,
            startScriptVersion: one.script,
            tlsCluster: { enabled: one.tls },
          },
        });
        const want = group.kind === 'TiKVGroup' ? `--pd=${one.scheme}${one.pd}` : `--path=${one.pd}`;
        expect(argvOf(resources)).toContain(want);
      }
    });
  });

  check('labels of a store are passed on as one argument', () => {
    const labeled = renderCase(tikv, { spec: STORE_LABELS }).resources;
    const plain = renderCase(tikv, {}).resources;
    expectStoreLabels(container.start(labeled, shell), container.start(plain, shell));
  });

  const tables = [
    ['tikv', tikv],
    ['tidb', tidb],
  ] as const;
  const clusters: readonly MapValue[] = [{}, { preferIPv6: true }];

  check.each(tables)('the flags of %s that a config is checked against are all there', (component, table) => {
    for (const clusterSpec of clusters) {
      expectFlags(component, container.start(renderCase(table, { clusterSpec }).resources, shell));
    }
  });

  check('an address of PD may be IPv6', () => {
    const clusterSpec = {
      startScriptVersion: 'v2',
      startScriptV2FeatureFlags: ['PreferPDAddressesOverDiscovery'],
      pdAddresses: ['http://[fd00::1]:2379', 'https://user@pd/x?y#z', 'http://10.0.0.1'],
    };
    expect(argvOf(renderCase(tidb, { clusterSpec }).resources)).toContain(
      '--path=[fd00::1]:2379,pd:2379,10.0.0.1:2379',
    );
  });

  describe('the annotation `runmode`', () => {
    const held = [
      'runmode="debug"',
      'a="b"\nrunmode="debug"\nz="x"',
      'note="two\\nlines"\nrunmode="debug"\n',
    ];
    check.each([...held])('holds the container open: %j', (annotations) => {
      const held = Container.held(annotations);
      for (const table of [tikv, tidb]) expectHeldOpen(held.start(renderCase(table, {}).resources, shell));
    });

    const started = [
      'runmode="normal"\n',
      'other/runmode="debug"\n',
      'note="runmode=\\"debug\\""\n',
      'runmode="debug mode"\n',
      'a="$(kill -9 $$)"\nb="`kill -9 $$`"\n',
      '',
    ];
    check.each(started)('starts the server, and runs nothing of %j', (annotations) => {
      const other = new Container(annotations);
      for (const table of [tikv, tidb]) {
        const { argv, errors } = other.start(renderCase(table, {}).resources, shell);
        expect(errors).toBe('');
        expect(argv).toContain(table === tikv ? '--capacity=0' : '--store=tikv');
      }
    });
  });

  describe('a store that waits for its name', () => {
    const clusterSpec = { startScriptVersion: 'v2', startScriptV2FeatureFlags: ['WaitForDnsNameIpMatch'] };
    const { resources } = renderCase(tikv, { clusterSpec });
    const waiting = (getent: string) => {
      const pod = new Container();
      pod.addProgram('hostname', 'echo "10.0.0.7 fd00::7 "');
      pod.addProgram('sleep', 'echo waited >&2');
      pod.addProgram('getent', getent);
      return pod.start(resources, shell);
    };

    check('starts once the name is its own', () => {
      const found = waiting('echo "10.0.0.6 STREAM"; echo "fd00::7 STREAM $2"');
      expect(found.argv).toContain('--capacity=0');
      expect(found.errors).toBe('');
    });

    check.each(['exit 2', 'echo "10.0.0.70 STREAM"', 'echo "0.0.0.7 STREAM"'])(
      'gives up after a while: %s',
      (getent) => {
        const lost = waiting(getent);
        expect(lost.argv).toBeUndefined();
        expect(lost.status).toBe(1);
        const lines = lost.errors.trimEnd().split('\n');
        expect(lines.slice(0, -1)).toEqual(Array(30).fill('waited'));
        expect(lines.at(-1)).toBe(
          'store-tikv-0.store-tikv-peer.tidb.svc does not resolve to this pod after 30 seconds',
        );
      },
    );

    check('is one of version 2 only', () => {
      const v1 = renderCase(tikv, { clusterSpec: { ...clusterSpec, startScriptVersion: 'v1' } });
      expect(scriptOf(v1.resources)).not.toContain('getent');
    });
  });

  check('whatever the user writes is one argument, and nothing of it is run', () => {
    const nasty = [
      "'",
      '"',
      '$',
      '`',
      '\\',
      ' ',
      '\n',
      '*',
      '?',
      '[',
      ']',
      '{',
      '}',
      '~',
      '!',
      '#',
      '&',
      ';',
      '|',
      '(',
      ')',
      '<',
      '>',
      '=',
      '-',
      'a',
      'é',
      '\t',
      '$(exit 9)',
      '${X',
    ];
    const text = fc.string({ unit: fc.constantFrom(...nasty), minLength: 1, maxLength: 12 });
    const list = fc.array(text, { minLength: 1, maxLength: 4 });
    // What TiDB Operator's own script takes apart is held to that elsewhere.
    const whole = fc.array(
      text.filter((one) => shellWords(one) === undefined),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(list, whole, text, text, (plugins, args, labels, domain) => {
        const server = renderCase(tidb, {
          spec: { plugins, arguments: args },
          clusterSpec: { clusterDomain: domain },
        });
        const argv = argvOf(server.resources);
        expect(argv?.slice(-4 - args.length)).toEqual([
          '--plugin-dir',
          '/plugins',
          '--plugin-load',
          plugins.join(','),
          ...args,
        ]);
        expect(argv).toContain(`--advertise-address=ap-tidb-0.ap-tidb-peer.tidb.svc.${domain}`);
        const store = renderCase(tikv, {
          spec: {
            dataSubDir: `x${labels.replaceAll('/', '')}x`,
            env: [{ name: 'STORE_LABELS', value: labels }],
          },
        });
        const stored = argvOf(store.resources);
        expect(stored).toContain(`--data-dir=/var/lib/tikv/x${labels}x`);
        expect(stored?.slice(-2)).toEqual(['--labels', labels]);
      }),
      { numRuns: 40, seed: 20 },
    );
  });
});
