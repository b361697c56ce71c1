import { describe, expect, it } from 'vitest';
import {
  isSince,
  missingGrace,
  missingServerGrace,
  releaseOf,
  type StoreSettings,
  secondsOf,
  serverRollout,
  storeRollout,
} from '../../src/rollout/index.ts';

const STORE: StoreSettings = {
  image: 'pingcap/tikv:v8.5.7',
  pd: 'basic-pd:2379',
  clusterDomain: undefined,
  tls: false,
  gracefulShutdownTimeout: undefined,
  terminationGracePeriodSeconds: undefined,
  base: undefined,
};

describe('a release is that of the tag', () => {
  it.each([
    ['pingcap/tikv:v8.5.7', [8, 5, 7], false],
    ['pingcap/tikv:8.5.7', [8, 5, 7], false],
    ['registry.local:5000/pingcap/tikv:v6.1.0', [6, 1, 0], false],
    ['pingcap/tikv:v9.0.0-beta.2', [9, 0, 0], true],
    ['pingcap/tikv:v9.0.0-beta.2.pre', [9, 0, 0], true],
    ['pingcap/tikv:v8.5.7-20250101-abcdef0', [8, 5, 7], false],
    ['pingcap/tikv:v8.5.7+build', [8, 5, 7], false],
    ['pingcap/tikv:v8.5.7@sha256:abc', [8, 5, 7], false],
  ] as const)('%s', (image, number, isPreview) => {
    expect(releaseOf(image)).toEqual({ number, isPreview });
  });

  it.each([
    'pingcap/tikv:nightly',
    'pingcap/tikv',
    'pingcap/tikv:v8.5',
    'registry:5000/tikv',
    'tikv@sha256:abc',
  ])('%s has none', (image) => expect(releaseOf(image)).toBeUndefined());

  it.each([
    ['v8.5.5', true],
    ['v8.5.4', false],
    ['v8.6.0', true],
    ['v9.0.0', true],
    ['v7.9.9', false],
  ])('%s is since v8.5.5: %s', (tag, is) => {
    const release = releaseOf(`tikv:${tag}`);
    expect(release && isSince(release, [8, 5, 5])).toBe(is);
  });
});

describe('a duration in seconds', () => {
  it.each([
    ['20s', 20],
    ['1m30s', 90],
    ['1h', 3600],
    ['1d', 86_400],
    ['500ms', 1],
    ['1.5s', 2],
    ['0s', 0],
    ['0', 0],
    ['1h2m3s4ms', 3724],
  ])('%s is %i', (text, seconds) => expect(secondsOf(text)).toBe(seconds));

  it.each(['', '20', 's', '20 s', '-20s', '20s ', '1m 30s', '20x'])('%j is none', (text) =>
    expect(secondsOf(text)).toBeUndefined(),
  );

  it('takes no longer for a text that is longer', () => {
    const started = performance.now();
    expect(secondsOf(`${'1'.repeat(200_000)}x`)).toBeUndefined();
    expect(secondsOf('1s'.repeat(100_000))).toBe(100_000);
    expect(performance.now() - started).toBeLessThan(2000);
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
  ])('%s: %s', (tag, path) => {
    const { readinessProbe } = storeRollout({ ...STORE, image: `tikv:${tag}` });
    expect(readinessProbe).toEqual({ httpGet: { path, port: 20180 }, ...base });
  });

  it('by TLS', () => {
    const { readinessProbe } = storeRollout({ ...STORE, tls: true });
    expect(readinessProbe).toEqual({ httpGet: { path: '/status', port: 20180, scheme: 'HTTPS' }, ...base });
  });
});

describe('a store has the time to stop', () => {
  /** What its stop may wait for others, and the whole of it. */
  const cases: [string, Partial<StoreSettings>, string, number][] = [
    ['since v8.5.5 TiKV moves leaders away itself', {}, '480 false', 530],
    ['before, its hook does', { image: 'tikv:v8.5.4' }, '480 true', 510],
    ['and in the previews of v9', { image: 'tikv:v9.0.0-beta.2' }, '480 true', 510],
    ['a version that is unknown gets both', { image: 'tikv:nightly' }, '480 true', 530],
    ['as its config asks', { gracefulShutdownTimeout: '2m' }, '480 false', 630],
    ['also not at all', { gracefulShutdownTimeout: '0s' }, '480 false', 510],
    [
      'a version that does not know the key',
      { image: 'tikv:v7.5.0', gracefulShutdownTimeout: '2m' },
      '480 true',
      510,
    ],
    ['as the group says', { terminationGracePeriodSeconds: 120 }, '70 false', 120],
    ['though it is too little', { terminationGracePeriodSeconds: 10 }, '0 false', 10],
    ['though it is much', { terminationGracePeriodSeconds: 3600 }, '480 false', 3600],
  ];
  it.each(cases)('%s', (_, change, waiting, seconds) => {
    const rollout = storeRollout({ ...STORE, ...change });
    expect(rollout.terminationGracePeriodSeconds).toBe(seconds);
    expect([rollout.afterStart[3], rollout.afterStart[5]].join(' ')).toBe(waiting);
  });
});

it('the hook of a store is told all that it needs', () => {
  const { preStop, afterStart } = storeRollout({
    ...STORE,
    pd: 'pd-0.example.com:2379,pd-1.example.com:2379',
    clusterDomain: 'cluster.local',
    tls: true,
    base: { image: 'pingcap/tikv:v8.5.7', gracefulShutdownTimeout: undefined },
  });
  const command = [
    '/bin/sh',
    '/usr/local/bin/tikv_stop_script.sh',
    'stop',
    '480',
    '45',
    'false',
    'https://pd-0.example.com:2379,https://pd-1.example.com:2379',
    'cluster.local',
    '/var/lib/tikv-tls',
    '/proc/1/fd/1',
  ];
  expect(preStop).toEqual({ exec: { command } });
  expect(afterStart).toEqual(command.map((word) => (word === 'stop' ? 'started' : word)));
});

describe('a store waits for what PD cannot see yet of the base', () => {
  it.each([
    [undefined, '0'],
    [{ image: 'tikv:v8.5.7', gracefulShutdownTimeout: undefined }, '45'],
    [{ image: 'tikv:v8.5.7', gracefulShutdownTimeout: '2m' }, '145'],
    [{ image: 'tikv:v8.5.4', gracefulShutdownTimeout: undefined }, '25'],
    [{ image: 'tikv:nightly', gracefulShutdownTimeout: undefined }, '45'],
  ])('%j: %s seconds', (base, seconds) => {
    expect(storeRollout({ ...STORE, base }).afterStart[4]).toBe(seconds);
  });
});

describe('a grace period of a store is too short', () => {
  const cases: [string, Partial<StoreSettings>, number | undefined][] = [
    ['where nobody has said anything', {}, undefined],
    ['for what the config asks', { gracefulShutdownTimeout: '60s' }, 90],
    [
      'though it is longer than usual',
      { gracefulShutdownTimeout: '60s', terminationGracePeriodSeconds: 60 },
      90,
    ],
    ['where it is enough', { gracefulShutdownTimeout: '60s', terminationGracePeriodSeconds: 90 }, undefined],
    ['for what TiKV does by itself', { terminationGracePeriodSeconds: 20 }, 50],
    ['where TiKV does nothing', { image: 'tikv:v8.5.4', terminationGracePeriodSeconds: 20 }, undefined],
    ['where it is turned off', { gracefulShutdownTimeout: '0s' }, undefined],
  ];
  it.each(cases)('%s', (_, change, needed) => {
    expect(missingGrace({ ...STORE, ...change })).toBe(needed);
  });
});

describe('a SQL server has the time to stop', () => {
  it.each([
    [{}, 30],
    [{ gracefulWait: 60 }, 90],
    [{ gracefulWait: 60, terminationGracePeriodSeconds: 20 }, 20],
  ])('%j: %i seconds', (change, seconds) => {
    const settings = { gracefulWait: undefined, terminationGracePeriodSeconds: undefined, ...change };
    const rollout = serverRollout(settings);
    expect(rollout.terminationGracePeriodSeconds).toBe(seconds);
    expect(rollout.preStop).toEqual({ exec: { command: ['sleep', '10'] } });
  });

  it.each([
    ['Safe', {}, undefined],
    ['Plain', {}, undefined],
    ['Safe', { gracefulWait: 60 }, undefined],
    ['Plain', { gracefulWait: 60 }, 75],
    ['Plain', { gracefulWait: 10 }, undefined],
    ['Safe', { gracefulWait: 60, terminationGracePeriodSeconds: 75 }, 85],
    ['Plain', { gracefulWait: 60, terminationGracePeriodSeconds: 75 }, undefined],
    ['Plain', { terminationGracePeriodSeconds: 10 }, 15],
  ] as const)('%s %j lacks: %j', (rollout, change, needed) => {
    const settings = { gracefulWait: undefined, terminationGracePeriodSeconds: undefined, ...change };
    expect(missingServerGrace(settings, rollout)).toBe(needed);
  });
});
