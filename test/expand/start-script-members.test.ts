import { describe, expect, it } from 'vitest';
import { byName } from '../../src/components/index.ts';
import { type MapValue, mapAt, textAt } from '../../src/yaml/index.ts';
import { Container, SHELLS } from '../support/start.ts';
import { readFixture, renderCase, type Table } from '../support/table.ts';

const pd = readFixture<Table>('conformance/pd-group.yaml');
const tiproxy = readFixture<Table>('conformance/tiproxy-group.yaml');

function scriptOf(resources: readonly MapValue[]): string {
  const files = resources.find(({ kind }) => kind === 'ConfigMap');
  return textAt(mapAt(files, 'data'), 'startup-script');
}

describe('a start script is short and reads as it is written', () => {
  it.each([pd, tiproxy])('of $group.kind', (table) => {
    const script = scriptOf(renderCase(table, {}).resources);
    expect(script).toMatchSnapshot();
    expect(script).not.toMatch(/[ \t]$|\t/m);
  });
});

describe.each(SHELLS)('under $name', (shell) => {
  const check = it.skipIf(shell.missing);
  const v2 = (flags: readonly string[]): MapValue => ({
    startScriptVersion: 'v2',
    startScriptV2FeatureFlags: [...flags],
  });

  check.each([pd, tiproxy])('the annotation `runmode: debug` holds $group.kind open', (table) => {
    const debugged = new Container('runmode="debug"\n');
    debugged.addProgram('tail', 'printf "tail %s" "$*"');
    const run = debugged.start(renderCase(table, {}).resources, shell);
    expect(run.argv).toBeUndefined();
    expect(run.output).toMatch(/^runmode is debug: .*\ntail -f \/dev\/null$/);
  });

  describe('a member of PD', () => {
    const lost = (changes: Parameters<typeof renderCase>[1]) => {
      const pod = new Container();
      pod.addProgram('sleep', 'echo "waited $1" >&2');
      pod.addProgram('getent', 'exit 2');
      return pod.start(renderCase(pd, changes).resources, shell);
    };

    check.each([
      [{}, 30],
      [{ startTimeout: 0 }, 30],
      [{ startTimeout: 5 }, 5],
    ])('waits for its name: %j', (spec, seconds) => {
      const { argv, status, errors } = lost({ spec });
      expect([argv, status]).toEqual([undefined, 1]);
      expect(errors.trimEnd().split('\n')).toEqual([
        ...Array(seconds).fill('waited 1'),
        `more-pd-0.more-pd-peer.tidb.svc does not resolve after ${seconds} seconds`,
      ]);
    });

    check('waits for no name where that is turned off', () => {
      expect(lost({ clusterSpec: v2(['NoWaitDNS']) }).argv).toContain('--name=more-pd-0');
      expect(lost({ clusterSpec: v2(['NoWaitDNS', 'WaitForDnsNameIpMatch']) }).errors).toBe('');
      const { startScriptVersion: _, ...v1 } = v2(['NoWaitDNS']);
      expect(lost({ clusterSpec: v1 }).argv).toBeUndefined();
    });

    check('waits until the name is its own where that is asked for, and a while before', () => {
      const changes = {
        spec: { initWaitTime: 7, startTimeout: 2 },
        clusterSpec: v2(['WaitForDnsNameIpMatch']),
      };
      expect(lost(changes).errors.trimEnd().split('\n')).toEqual([
        'waited 7',
        'waited 1',
        'waited 1',
        'more-pd-0.more-pd-peer.tidb.svc does not resolve to this pod after 2 seconds',
      ]);
      const pod = new Container();
      pod.addProgram('sleep', ':');
      pod.addProgram('getent', 'echo "10.0.0.7 STREAM"');
      expect(pod.start(renderCase(pd, changes).resources, shell).argv).toContain('--name=more-pd-0');
    });

    check.each([
      ['tidb', {}, 'http://basic-pd:2379'],
      ['other', {}, 'http://basic-pd.other.svc:2379'],
      ['other', { clusterDomain: 'k8s.a' }, 'http://basic-pd.other.svc.k8s.a:2379'],
      ['tidb', { acrossK8s: true }, 'http://basic-pd-peer.tidb.svc:2379'],
      ['tidb', { acrossK8s: true, clusterDomain: 'k8s.a' }, 'http://basic-pd-peer.tidb.svc.k8s.a:2379'],
      ['tidb', { tlsCluster: { enabled: true } }, 'https://basic-pd:2379'],
    ])('joins the base in %s with %j', (clusterNamespace, clusterSpec, joined) => {
      const { resources } = renderCase(pd, { clusterNamespace, clusterSpec });
      expect(new Container().start(resources, shell).argv).toContain(`--join=${joined}`);
    });

    check('has the flags that a config is checked against', () => {
      const argv = new Container().start(renderCase(pd, {}).resources, shell).argv ?? [];
      for (const { flag, values } of Object.values(byName.pd.configFacts?.flags({}) ?? {})) {
        const given = argv.find((argument) => argument.startsWith(`${flag}=`));
        expect([flag, given !== undefined]).toEqual([flag, true]);
        if (values) expect(values).toContain(given?.slice(flag.length + 1));
      }
    });

    check('gets whatever a user writes as one argument', () => {
      const dataSubDir = 'a $(exit 9)\'"`x`;b';
      const { resources } = renderCase(pd, { spec: { dataSubDir } });
      expect(new Container().start(resources, shell).argv).toContain(`--data-dir=/var/lib/pd/${dataSubDir}`);
    });
  });
});
