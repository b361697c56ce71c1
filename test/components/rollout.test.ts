import { describe, expect, it } from 'vitest';
import type { TiDBGroup, TidbCluster, TiKVGroup } from '../../src/api/index.ts';
import { at } from '../support/read-yaml.ts';
import { render } from '../support/table.ts';

const API = { apiVersion: 'pingcap.com/v1alpha1' } as const;

const CLUSTER: TidbCluster = {
  ...API,
  kind: 'TidbCluster',
  metadata: { name: 'basic', namespace: 'tidb' },
  spec: { version: 'v8.5.7', pd: { replicas: 3, requests: { storage: '10Gi' } } },
};

function hot(spec: Partial<TiKVGroup['spec']> = {}, rollout = 'Safe'): TiKVGroup {
  return {
    ...API,
    kind: 'TiKVGroup',
    metadata: { name: 'hot', namespace: 'tidb', annotations: { 'groups.pingcap.com/rollout': rollout } },
    spec: { cluster: { name: 'basic' }, replicas: 3, requests: { storage: '100Gi' }, ...spec },
  };
}

function web(spec: Partial<TiDBGroup['spec']> = {}, rollout = 'Safe'): TiDBGroup {
  return {
    ...API,
    kind: 'TiDBGroup',
    metadata: { name: 'web', namespace: 'tidb', annotations: { 'groups.pingcap.com/rollout': rollout } },
    spec: { cluster: { name: 'basic' }, replicas: 2, ...spec },
  };
}

function cluster(spec: Partial<TidbCluster['spec']> = {}): TidbCluster {
  return { ...CLUSTER, spec: { ...CLUSTER.spec, ...spec } };
}

function setOf(group: TiKVGroup | TiDBGroup, its = CLUSTER) {
  const { resources, problems } = render(group, its);
  const set = resources.find(({ kind }) => kind === 'StatefulSet') ?? {};
  const config = resources.find(({ kind }) => kind === 'ConfigMap') ?? {};
  const container = at(
    set,
    'spec',
    'template',
    'spec',
    'containers',
    group.kind === 'TiKVGroup' ? 'tikv' : 'tidb',
  );
  return { set, config, container, problems };
}

function hookOf(group: TiKVGroup, its?: TidbCluster): string[] {
  const command = at(setOf(group, its).container, 'lifecycle', 'preStop', 'exec', 'command');
  return Array.isArray(command) ? command.map(String) : [];
}

describe('a group that is rendered Plain has nothing of it', () => {
  it.each([hot({}, 'Plain'), web({}, 'Plain')])('$kind', (group) => {
    const { metadata, ...rest } = group;
    const bare = { ...rest, metadata: { name: metadata.name, namespace: 'tidb' } };
    const { resources } = render(group, CLUSTER);
    expect(resources).toEqual(render(bare as typeof group, CLUSTER).resources);
    expect(JSON.stringify(resources)).not.toMatch(/minReady|preStop|stop_script|rollout/);
  });
});

describe('a store is asked whether it is ready', () => {
  const base = { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 6 };
  it.each([
    ['v8.5.7', '/status'],
    ['v6.1.0', '/status'],
    ['v9.0.0-beta.1', '/ready'],
    ['v9.0.0', '/ready'],
    ['nightly', '/status'],
  ])('%s: %s', (version, path) => {
    const { set, container } = setOf(hot({ version }));
    expect(at(container, 'readinessProbe')).toEqual({ httpGet: { path, port: 20180 }, ...base });
    expect(at(set, 'spec', 'minReadySeconds')).toBe(30);
    expect(at(set, 'metadata', 'annotations')).toMatchObject({ 'groups.pingcap.com/rollout': 'Safe' });
  });

  it('by TLS', () => {
    const { container } = setOf(hot(), cluster({ tlsCluster: { enabled: true } }));
    expect(at(container, 'readinessProbe', 'httpGet', 'scheme')).toBe('HTTPS');
  });

  it('as the group says, where it does', () => {
    const { container } = setOf(hot({ readinessProbe: { initialDelaySeconds: 5 } }));
    expect(at(container, 'readinessProbe')).toEqual({ tcpSocket: { port: 20160 }, initialDelaySeconds: 5 });
  });
});

it('what a group merges into its container takes the place of a generated probe and hook', () => {
  const probe = { tcpSocket: { port: 20160 } };
  const lifecycle = { preStop: { exec: { command: ['/bin/true'] } } };
  const additionalContainers = [{ name: 'tikv', readinessProbe: probe, lifecycle }];
  const { container, problems } = setOf(hot({ additionalContainers }));
  expect(at(container, 'readinessProbe')).toEqual(probe);
  expect(at(container, 'lifecycle')).toEqual(lifecycle);
  expect(problems).toEqual([]);
});

describe('a store has the time to stop', () => {
  /** What its stop may wait for others, and the whole of it. */
  const cases: [string, Partial<TiKVGroup['spec']>, string, number][] = [
    ['since v8.5.5 TiKV moves leaders away itself', {}, '480 false', 530],
    ['before, its hook does', { version: 'v8.5.4' }, '480 true', 510],
    ['and in the previews of v9', { version: 'v9.0.0-beta.2' }, '480 true', 510],
    ['a version that is unknown gets both', { version: 'nightly' }, '480 true', 530],
    ['as its config asks', { config: '[server]\ngraceful-shutdown-timeout = "2m"\n' }, '480 false', 630],
    ['also in a map', { config: { server: { 'graceful-shutdown-timeout': '2m' } } }, '480 false', 630],
    ['also not at all', { config: { server: { 'graceful-shutdown-timeout': '0s' } } }, '480 false', 510],
    [
      'a version that does not know the key',
      { version: 'v7.5.0', config: { server: { 'graceful-shutdown-timeout': '2m' } } },
      '480 true',
      510,
    ],
    ['as the group says', { terminationGracePeriodSeconds: 120 }, '70 false', 120],
    ['though it is too little', { terminationGracePeriodSeconds: 10 }, '0 false', 10],
    ['though it is much', { terminationGracePeriodSeconds: 3600 }, '480 false', 3600],
  ];
  it.each(cases)('%s', (_, spec, waiting, seconds) => {
    const group = hot(spec);
    expect(at(setOf(group).set, 'spec', 'template', 'spec', 'terminationGracePeriodSeconds')).toBe(seconds);
    const [, , , limit, evicts] = hookOf(group);
    expect(`${limit} ${evicts}`).toBe(waiting);
  });
});

it('the hook of a store is told all that it needs, and so is what runs beside it', () => {
  const its = cluster({
    tlsCluster: { enabled: true },
    clusterDomain: 'cluster.local',
    pdAddresses: ['https://pd-0.example.com:2379', 'https://pd-1.example.com:2379'],
    tikv: { replicas: 3, requests: { storage: '1Gi' } },
  });
  const words = hookOf(hot(), its);
  expect(words).toEqual([
    '/bin/sh',
    '/usr/local/bin/tikv_stop_script.sh',
    'stop',
    '480',
    'false',
    '/var/lib/tikv-tls',
    '/proc/1/fd/1',
  ]);
  const { config } = setOf(hot(), its);
  const script = String(at(config, 'data', 'startup-script'));
  expect(script).toContain(
    `\n${words.join(' ').replace(' stop ', ' started ')} &\n\nexec /tikv-server "$@"\n`,
  );
  expect(String(at(config, 'data', 'stop-script'))).toMatch(/^#!\/bin\/sh\n/);
  expect(at(config, 'data', 'stop-settings')).toBe('settle=45\npd=basic-pd:2379\ndomain=cluster.local\n');
});

describe('a store waits for what PD cannot see yet of the base', () => {
  const requests = { storage: '1Gi' };
  it.each([
    [undefined, '0'],
    [{ replicas: 0, requests }, '0'],
    [{ replicas: 3, requests }, '45'],
    [{ replicas: 3, requests, config: { server: { 'graceful-shutdown-timeout': '2m' } } }, '145'],
    [{ replicas: 3, requests, version: 'v8.5.4' }, '25'],
    [{ replicas: 3, requests, version: 'nightly' }, '45'],
  ])('%j: %s seconds', (tikv, seconds) => {
    const { config } = setOf(hot(), cluster(tikv && { tikv }));
    expect(at(config, 'data', 'stop-settings')).toContain(`settle=${seconds}\n`);
  });
});

describe('a grace period of a store is too short', () => {
  const asked = (timeout: string) => ({ config: { server: { 'graceful-shutdown-timeout': timeout } } });
  const cases: [string, Partial<TiKVGroup['spec']>, string, number | undefined][] = [
    ['not where nobody has said anything', {}, 'Plain', undefined],
    ['for what the config asks', asked('60s'), 'Plain', 90],
    ['not where it is given', asked('60s'), 'Safe', undefined],
    ['though it is longer than usual', { ...asked('60s'), terminationGracePeriodSeconds: 60 }, 'Safe', 90],
    ['not where it is enough', { ...asked('60s'), terminationGracePeriodSeconds: 90 }, 'Plain', undefined],
    ['for what TiKV does by itself', { terminationGracePeriodSeconds: 20 }, 'Plain', 50],
    [
      'not where TiKV does nothing',
      { version: 'v8.5.4', terminationGracePeriodSeconds: 20 },
      'Plain',
      undefined,
    ],
    ['not where it is turned off', asked('0s'), 'Plain', undefined],
  ];
  it.each(cases)('%s', (_, spec, rollout, needed) => {
    expect(neededIn(hot(spec, rollout))).toBe(needed);
  });
});

describe('a SQL server has the time to stop', () => {
  const wait = { config: { 'graceful-wait-before-shutdown': 60 } };
  it.each([
    [{}, 30],
    [wait, 90],
    [{ config: 'graceful-wait-before-shutdown = 60\n' }, 90],
    [{ ...wait, terminationGracePeriodSeconds: 20 }, 20],
  ])('%j: %i seconds', (spec, seconds) => {
    const { set, container } = setOf(web(spec));
    expect(at(set, 'spec', 'template', 'spec', 'terminationGracePeriodSeconds')).toBe(seconds);
    expect(at(container, 'lifecycle', 'preStop')).toEqual({ exec: { command: ['sleep', '10'] } });
  });

  it('keeps a hook of its own, and has another beside it', () => {
    const own = { exec: { command: ['/bin/true'] } };
    expect(at(setOf(web({ lifecycle: { preStop: own } })).container, 'lifecycle')).toEqual({ preStop: own });
    const { container } = setOf(web({ lifecycle: { postStart: own } }));
    expect(at(container, 'lifecycle')).toEqual({
      postStart: own,
      preStop: { exec: { command: ['sleep', '10'] } },
    });
  });

  it.each([
    ['Safe', {}, undefined],
    ['Plain', {}, undefined],
    ['Safe', wait, undefined],
    ['Plain', wait, 75],
    ['Plain', { config: { 'graceful-wait-before-shutdown': 10 } }, undefined],
    ['Safe', { ...wait, terminationGracePeriodSeconds: 75 }, 85],
    ['Plain', { ...wait, terminationGracePeriodSeconds: 75 }, undefined],
    ['Plain', { terminationGracePeriodSeconds: 10 }, 15],
  ] as const)('%s %j lacks: %j', (rollout, spec, needed) => {
    expect(neededIn(web(spec, rollout))).toBe(needed);
  });
});

/** The seconds that a warning asks for. */
function neededIn(group: TiKVGroup | TiDBGroup): number | undefined {
  const found = setOf(group).problems.filter(({ code }) => code === 'grace-period');
  expect(found.length).toBeLessThan(2);
  const [, seconds] = /write (\d+) or more$/.exec(found[0]?.message ?? '') ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}
