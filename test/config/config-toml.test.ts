import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tikvConfig } from '../../src/components/tikv/config.ts';
import { type ConfigName, canonical, getKey, readConfig, setKey } from '../../src/config/index.ts';
import { Float, type Value } from '../../src/yaml/index.ts';
import { collect, type SaidProblem } from '../support/config-problem.ts';
import { runs } from '../support/runs.ts';

function problemsOf(config: Value): SaidProblem[] {
  return collect((report) => readConfig('tikv', config, 'server', report)).problems;
}

/** The text of a config that has no problem. */
function textOf(config: Value | undefined, name: ConfigName = 'tikv'): string {
  const { result, problems } = collect((report) => canonical(readConfig(name, config, 'server', report)));
  expect(problems).toEqual([]);
  return result;
}

describe('a config written as a map', () => {
  test.each<[string, Value | undefined, string]>([
    ['none at all is empty', undefined, ''],
    ['null is empty', null, ''],
    ['an empty map is empty', {}, ''],
    [
      'keys newer than the operator stay',
      { storage: { engine: 'raft-kv2', 'flow-control': { enable: false } } },
      '[storage]\n  engine = "raft-kv2"\n  [storage.flow-control]\n    enable = false\n',
    ],
    [
      'under a key that nobody knows a number with a point is a float',
      { gc: { 'ratio-threshold': new Float(1) } },
      '[gc]\n  ratio-threshold = 1.0\n',
    ],
    [
      'and a whole one without is an integer',
      { gc: { a: new Float(6, false), b: new Float(1440000, false), c: new Float(1e21, false) } },
      '[gc]\n  a = 6\n  b = 1440000\n  c = 1000000000000000000000.0\n',
    ],
    [
      'under the key of an integer a whole number is one, however it was written',
      {
        coprocessor: { 'region-max-keys': new Float(1440000) },
        server: { 'grpc-concurrency': new Float(6) },
      },
      '[coprocessor]\n  region-max-keys = 1440000\n\n[server]\n  grpc-concurrency = 6\n',
    ],
    [
      'an integer stays an integer',
      { rocksdb: { defaultcf: { 'bloom-filter-bits-per-key': 10 } } },
      '[rocksdb]\n  [rocksdb.defaultcf]\n    bloom-filter-bits-per-key = 10\n',
    ],
    [
      'an integer under a float key becomes a float',
      { storage: { 'block-cache': { 'high-pri-pool-ratio': 0, 'num-shard-bits': 6 } } },
      '[storage]\n  [storage.block-cache]\n    high-pri-pool-ratio = 0.0\n    num-shard-bits = 6\n',
    ],
    [
      'integers keep all digits',
      { a: 9007199254740993n, b: -(2n ** 63n) },
      'a = 9007199254740993\nb = -9223372036854775808\n',
    ],
    ['a null goes, its table stays', { server: { addr: null }, log: null }, '[server]\n'],
    [
      'a list of maps is an array of tables',
      { rules: [{ name: 'a' }, { name: null }] },
      '[[rules]]\n  name = "a"\n\n[[rules]]\n',
    ],
    [
      'text is text, whatever it looks like',
      { a: '1.0', b: 'true', c: '2024-01-02' },
      'a = "1.0"\nb = "true"\nc = "2024-01-02"\n',
    ],
    ['a key with dots is one key', { 'log.level': 'info' }, '"log.level" = "info"\n'],
    [
      'keys that JavaScript knows are keys',
      JSON.parse('{"__proto__": {"constructor": 1}}'),
      '[__proto__]\n  constructor = 1\n',
    ],
  ])('%s', (_, config, text) => expect(textOf(config)).toBe(text));

  test.each<[ConfigName, Value, string]>([
    ['pd', { schedule: { 'low-space-ratio': 1 } }, '[schedule]\n  low-space-ratio = 1.0\n'],
    [
      'tidb',
      { performance: { 'pseudo-estimate-ratio': 1, 'max-procs': 1 } },
      '[performance]\n  max-procs = 1\n  pseudo-estimate-ratio = 1.0\n',
    ],
    ['tikv', { performance: { 'pseudo-estimate-ratio': 1 } }, '[performance]\n  pseudo-estimate-ratio = 1\n'],
    [
      'ticdc',
      { performance: { 'pseudo-estimate-ratio': 1 } },
      '[performance]\n  pseudo-estimate-ratio = 1\n',
    ],
  ])('float keys are those of the component: %s', (component, config, text) => {
    expect(textOf(config, component)).toBe(text);
  });

  test('TOML text says itself what is a float', () => {
    expect(textOf('[storage.block-cache]\nhigh-pri-pool-ratio = 1\n')).toBe(
      '[storage]\n  [storage.block-cache]\n    high-pri-pool-ratio = 1\n',
    );
  });

  test('any map and its canonical text are the same config', () => {
    const value = fc.letrec<{ value: Value }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.boolean(),
        fc.maxSafeInteger(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => new Float(number)),
        fc.array(fc.string(), { maxLength: 3 }),
        fc.dictionary(fc.string({ minLength: 1 }), tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), value, { maxKeys: 4 }), (map) => {
        const { result, problems } = collect((report) => readConfig('tikv', map, 'server', report));
        expect(problems).toEqual([]);
        expect(collect((report) => readConfig('tikv', canonical(result), 'server', report)).result).toEqual(
          result,
        );
      }),
      { numRuns: runs(500) },
    );
  });
});

describe('text that is not TOML', () => {
  test.each<[string, string, number, number, string]>([
    ['a value is missing', 'a = 1\nb =\n', 2, 4, 'the config must be TOML: line 2, column 4, "b ="'],
    ['YAML in a string', 'log:\n  level: info\n', 1, 4, 'the config must be TOML: line 1, column 4, "log:"'],
    ['a key twice', '[log]\nlevel = "a"\nlevel = "b"\n', 3, 1, 'line 3, column 1, "level = "b""'],
    ['a table twice', '[a]\n[b]\n[a]\n', 3, 2, 'line 3, column 2, "[a]"'],
    ['an open string', 'a = 1\n\n  b = "x\n', 3, 9, 'line 3, column 9, "b = "x"'],
  ])('%s', (_, config, line, column, message) => {
    const [problem, ...others] = problemsOf(config);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'config-not-toml', path: [], line, column });
    expect(problem?.message).toContain(message);
    expect(problem?.message).toMatch(
      /; write `key = value` lines under `\[table\]` headings, or the config as a YAML map$/,
    );
    expect(problem?.message).not.toContain('\n');
  });

  test('a long line is cut in the message', () => {
    expect(problemsOf(`a = ${'x'.repeat(500)}\n`)[0]?.message.length).toBeLessThan(300);
  });
});

describe('values that the operator cannot read', () => {
  test.each<[string, Value, (string | number)[], string]>([
    [
      'inf in TOML',
      'inf = inf\n',
      ['inf'],
      '`inf` must be a finite number, because the operator cannot read "Infinity"; write a number or remove the key',
    ],
    [
      'nan in a map',
      { gc: { ratio: new Float(Number.NaN) } },
      ['gc', 'ratio'],
      '`gc.ratio` must be a finite number, because the operator cannot read "NaN"; write a number or remove the key',
    ],
    [
      'inf in an array',
      'a = [1.0, -inf]\n',
      ['a', 1],
      '`a[1]` must be a finite number, because the operator cannot read "-Infinity"; write a number or remove the key',
    ],
    [
      'an integer beyond 64 bits',
      'a = 9223372036854775808\n',
      ['a'],
      '`a` must be an integer of 64 bits, not "9223372036854775808"; write a smaller one, or a string if the component takes one',
    ],
    [
      'an unsigned integer',
      { a: { 'b.c': 2n ** 64n - 1n } },
      ['a', 'b.c'],
      '`a["b.c"]` must be an integer of 64 bits, not "18446744073709551615"; write a smaller one, or a string if the component takes one',
    ],
    [
      'a null in a list',
      { a: ['x', null] },
      ['a', 1],
      '`a[1]` must not be null, because TOML has no null; give it a value or remove it',
    ],
    [
      'a mixed list',
      { a: [1, new Float(2.5)] },
      ['a'],
      '`a` must have items of one type only, not integer and float; write them all as one type (an integer as a float: 1.0)',
    ],
    [
      'tables among values',
      { a: { b: [{ x: 1 }, 'y'] } },
      ['a', 'b'],
      '`a.b` must have items of one type only, not table and string; write them all as one type (an integer as a float: 1.0)',
    ],
    [
      'lists of lists of tables',
      'a = [[], [[{ x = 1 }]]]\n',
      ['a'],
      '`a` must not be a list of lists of tables, because the operator cannot write it; use one list of tables',
    ],
    ['an empty key', { '': 1 }, [''], '`[""]` must not be an empty key; name it or remove it'],
    [
      'an empty key in a table',
      '[a]\n"" = 1\n',
      ['a', ''],
      '`a[""]` must not be an empty key; name it or remove it',
    ],
    [
      'a local date',
      'a = 2024-01-02\n',
      ['a'],
      '`a` must be a time in whole seconds with an offset, such as "2024-01-02T03:04:05Z", not "2024-01-02"',
    ],
    [
      'a local time',
      'a = 03:04:05\n',
      ['a'],
      '`a` must be a time in whole seconds with an offset, such as "2024-01-02T03:04:05Z", not "03:04:05.000"',
    ],
    [
      'parts of a second',
      'a = 2024-01-02T03:04:05.5Z\n',
      ['a'],
      '`a` must be a time in whole seconds with an offset, such as "2024-01-02T03:04:05Z", not "2024-01-02T03:04:05.500Z"',
    ],
    [
      'a number as the config',
      7,
      [],
      'the config must be a map or TOML text, not "7"; write it as a map of keys',
    ],
    [
      'a float as the config',
      new Float(1),
      [],
      'the config must be a map or TOML text, not "1.0"; write it as a map of keys',
    ],
    [
      'a list as the config',
      ['a'],
      [],
      'the config must be a map or TOML text, not a list; write it as a map of keys',
    ],
  ])('%s', (_, config, path, message) => {
    const isOfKey = path.at(-1) === '' && { isOfKey: true };
    expect(problemsOf(config)).toEqual([{ code: 'config-value', path, message, ...isOfKey }]);
  });

  test('all of them are reported together', () => {
    const config = { a: new Float(Number.NaN), b: [{ c: [null, 1, 'x'] }], d: 1 };
    expect(problemsOf(config).map((problem) => problem.path)).toEqual([
      ['b', 0, 'c', 0],
      ['a'],
      ['b', 0, 'c'],
    ]);
  });
});

describe('keys by path', () => {
  test('are read and set, with tables made on the way', () => {
    const { result: table } = collect((report) => readConfig('tikv', { a: { b: 1 } }, 'server', report));
    expect(getKey(table, 'a.b')).toBe(1);
    expect(getKey(table, 'a.b.c')).toBeUndefined();
    expect(getKey(table, '__proto__.constructor')).toBeUndefined();
    expect(setKey(table, 'a.c.d', 'x')).toBeUndefined();
    expect(setKey(table, '__proto__.polluted', true)).toBeUndefined();
    expect(setKey(table, 'a.b.c.d', 'x')).toBe('a.b');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(canonical(table)).toBe('[__proto__]\n  polluted = true\n\n[a]\n  b = 1\n  [a.c]\n    d = "x"\n');
  });

  test('do not reach into the config that was read', () => {
    const config = { security: { 'ca-path': '/own' } };
    collect((report) => tikvConfig(config, { clusterTls: true }, report));
    expect(config).toEqual({ security: { 'ca-path': '/own' } });
  });
});
