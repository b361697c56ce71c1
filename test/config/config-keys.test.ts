import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configKeysModule } from '../../scripts/generate/config-keys.ts';
import { type ConfigName, type ConfigProblem, clusterConfig } from '../../src/config/index.ts';
import { type KeyTable, keysOf, knownKeys, tableOf } from '../../src/config/known-keys.ts';
import type { Value } from '../../src/yaml/index.ts';
import { configPart } from '../support/config-part.ts';
import { operatorKeys } from '../support/operator-judge.ts';
import { listedKeys, readFacts } from '../support/operator-keys.ts';
import { OPERATOR_JUDGE } from '../support/tools.ts';

const FACTS = readFacts('operator-config-keys.txt');

describe('the list of keys that the operator knows', () => {
  test.skipIf(OPERATOR_JUDGE.path === undefined)("is the operator's own", () => {
    expect(FACTS.replace(/^(?:#.*\n)*/, '')).toBe(operatorKeys());
  });

  test('is what the generated table is made of', () => {
    const module = new URL('../../src/config/known-keys.generated.ts', import.meta.url);
    expect(readFileSync(module, 'utf8')).toBe(configKeysModule(FACTS));
  });

  test.each([
    ['no component', 'a.b: bool', 'line 1, "a.b: bool", must be a heading or "path: type"'],
    ['no type', '[pd]\na', 'line 2, "a", must be a heading or "path: type"'],
    ['a key twice', '[pd]\na: bool\na: bool', '"a" must be listed once'],
    ['a key below a value', '[pd]\na: bool\na.b: bool', '"b" must not lie below the value "a"'],
  ])('is not taken where it is broken: %s', (_, facts, message) => {
    expect(() => configKeysModule(facts)).toThrow(message);
  });
});

/** The keys in a table, by their paths in TOML, with the types that TOML has. */
function paths(table: KeyTable, prefix = ''): [string, string][] {
  return keysOf(table).flatMap(({ name, type, holds, keys }): [string, string][] => {
    // These two lack a name in TOML, and get one that no server knows.
    const key =
      { EnableGRPCGateway: 'enable-grpc-gateway', ForceNewCluster: 'force-new-cluster' }[name] ?? name;
    if (holds.startsWith('[]')) return [[prefix + key, 'array']];
    if (holds.startsWith('{}')) return [[prefix + key, 'map']];
    if (keys !== undefined) return paths(tableOf(keys), `${prefix}${key}.`);
    return [[prefix + key, type.replace('float64', 'float').replace(/^u?int.*$/, 'integer')]];
  });
}

test.each([
  ['config-keys-2020.txt', 650],
  ['config-keys-components.txt', 575],
])('it says of keys what %s says', (file, count) => {
  const listed = listedKeys(file);
  expect(listed.length).toBe(count);
  for (const component of new Set(listed.map((key) => key.component))) {
    const known = new Map(paths(knownKeys(component as ConfigName) ?? new Map()));
    const theirs = new Map(
      listed.flatMap((key) => (key.component === component ? [[key.path, key.type]] : [])) as [
        string,
        string,
      ][],
    );
    expect([...known].sort(), component).toEqual([...theirs].sort());
  }
});

function droppedFrom(name: ConfigName, config: Value): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  clusterConfig(configPart(name), config, (problem) => problems.push(problem));
  return problems;
}

describe('the keys that the operator drops from a map', () => {
  test.each<[string, ConfigName, Value, ConfigProblem['path'][]]>([
    [
      'a table that only a later TiKV has',
      'tikv',
      { log: { level: 'info' }, server: { 'grpc-concurrency': 4 } },
      [['log']],
    ],
    ['a key newer than 2020', 'tikv', { 'memory-usage-limit': '8GB' }, [['memory-usage-limit']]],
    [
      'each on its line',
      'tikv',
      { storage: { 'flow-control': { a: 1 }, engine: 'raft-kv2' }, quota: {} },
      [['quota'], ['storage', 'engine'], ['storage', 'flow-control']],
    ],
    ['not what stands below a map with any keys', 'tikv', { server: { labels: { zone: 'z1' } } }, []],
    [
      'the keys of another component',
      'tidb',
      { storage: {}, performance: { 'max-procs': 1 } },
      [['storage']],
    ],
    [
      'PD',
      'pd',
      { replication: { 'isolation-level': 'zone', 'max-replicas': 3 } },
      [['replication', 'isolation-level']],
    ],
    [
      'in a list of tables',
      'pd',
      { schedule: { 'schedulers-v2': [{ type: 'a', new: 1 }] } },
      [['schedule', 'schedulers-v2', 0, 'new']],
    ],
    [
      'TiFlash',
      'tiflash.config',
      { storage: { main: { dir: ['/data0'] } }, tmp_path: '/tmp' },
      [['storage']],
    ],
    [
      'TiFlash: its proxy',
      'tiflash.proxy',
      { raftstore: { 'store-pool-size': 2, 'snap-handle-pool-size': 4 } },
      [['raftstore', 'snap-handle-pool-size']],
    ],
    ['TiCDC', 'ticdc', { 'cluster-id': 'two', logLevel: 'info' }, [['cluster-id']]],
    ['TiProxy', 'tiproxy', { balance: { policy: 'x' }, proxy: { addr: 'a' } }, [['balance']]],
    ['Pump, of which it keeps all', 'pump', { anything: { new: 1 } }, []],
    ['a name of TOML that a map calls otherwise', 'ticdc', { 'log-level': 'info' }, [['log-level']]],
    ['of two that differ in case, one', 'tikv', { 'LOG-LEVEL': 'a', 'log-level': 'b' }, [['LOG-LEVEL']]],
    ['a null, which is no key at all', 'tikv', { 'memory-usage-limit': null }, []],
    ['a dot in a key', 'tikv', { 'server.labels': {} }, [['server.labels']]],
    [
      'keys that JavaScript knows',
      'tikv',
      JSON.parse('{"__proto__": 1, "server": {"constructor": 1}}'),
      [['__proto__'], ['server', 'constructor']],
    ],
    ['none of TOML text', 'tikv', 'memory-usage-limit = "8GB"\n', []],
  ])('%s', (_, name, config, dropped) => {
    const problems = droppedFrom(name, config);
    expect(problems.map(({ code, path }) => ({ code, path }))).toEqual(
      dropped.map((path) => ({ code: 'config-key-dropped', path })),
    );
  });
});
