import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configKeysModule } from '../scripts/generate/config-keys.ts';
import { unknownKeys } from '../src/config/index.ts';
import type { Value } from '../src/list/index.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const FACTS = read('fixtures/facts/config-keys-2020.txt');

describe('the keys that the operator drops from a map', () => {
  test.each<[string, string, Value, string[][]]>([
    [
      'a key that only a later TiKV has',
      'tikv',
      { log: { level: 'info' }, server: { 'grpc-concurrency': 4 } },
      [['log']],
    ],
    ['a key newer than 2020', 'tikv', { 'memory-usage-limit': '8GB' }, [['memory-usage-limit']]],
    [
      'a table newer than 2020, named once',
      'tikv',
      { storage: { 'flow-control': { enable: false, a: 1 }, 'reserve-space': '1GB' } },
      [['storage', 'flow-control']],
    ],
    ['an empty table', 'tikv', { 'flow-control': {} }, [['flow-control']]],
    ['free keys below a map', 'tikv', { server: { labels: { zone: 'z1', x: { y: 1 } } } }, []],
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
    ['a null, which is no key at all', 'tikv', { 'memory-usage-limit': null }, []],
    ['a dot in a key', 'tikv', { 'server.labels': {} }, [['server.labels']]],
    [
      'keys that JavaScript knows',
      'tikv',
      JSON.parse('{"__proto__": 1, "server": {"constructor": 1}}'),
      [['__proto__'], ['server', 'constructor']],
    ],
    ['TOML text loses none', 'tikv', 'memory-usage-limit = "8GB"\n', []],
    ['a component without a list', 'ticdc', { anything: 1 }, []],
    ['a component that JavaScript knows', 'constructor', { anything: 1 }, []],
  ])('%s', (_, component, config, unknown) => expect(unknownKeys(component, config)).toEqual(unknown));

  test('none is in the list of those that it knows', () => {
    let component = '';
    let count = 0;
    for (const line of FACTS.split('\n')) {
      const path = line.split(': ')[0] ?? '';
      if (line.startsWith('[')) component = line.slice(1, -1);
      else if (line !== '' && !line.startsWith('#')) {
        const keys = path.split('.').reverse();
        const map = keys.reduce<Value>((value, key) => ({ [key]: value }), 'x');
        expect(unknownKeys(component, map)).toEqual([]);
        count += 1;
      }
    }
    expect(count).toBe(650);
  });
});

describe('the table of keys', () => {
  test('is fresh', () => {
    expect(read('src/config/known-keys.generated.ts')).toBe(configKeysModule(FACTS));
  });

  test.each([
    ['no component', 'a.b: bool', 'line 1, "a.b: bool", must be a heading or "path: type"'],
    ['an unknown type', '[pd]\na: number', 'line 2, "a: number", must be a heading or "path: type"'],
    ['a key twice', '[pd]\na: bool\na: bool', '"a" must be listed once, and not above another key'],
    ['a key above another', '[pd]\na.b: bool\na: map', '"a" must be listed once, and not above another key'],
    ['a key below another', '[pd]\na: map\na.b: bool', '"a.b" must not lie below a value'],
  ])('is not made from a broken list: %s', (_, facts, message) => {
    expect(() => configKeysModule(facts)).toThrow(message);
  });
});
