import { describe, expect, test } from 'vitest';
import { byName, COMPONENTS } from '../../src/components/index.ts';
import { ONLINE_KEYS } from '../../src/components/online-keys.generated.ts';
import type { ConfigPart } from '../../src/config/index.ts';
import { Field, NOWHERE, Problems } from '../../src/problem/index.ts';
import { checkConfigKeys } from '../../src/validate/config-keys/index.ts';
import type { MapValue, Value } from '../../src/yaml/index.ts';
import { type ConfigFact, readFacts } from '../support/config-facts.ts';

const server = readFacts('server-config-keys.txt');
const operator = readFacts('operator-config-keys.txt');

const PARTS = COMPONENTS.flatMap((component) =>
  component.listsKeys === undefined ? [] : component.configs.map((part) => ({ component, part })),
);

function messages(part: ConfigPart, config: MapValue): string[] {
  const component = COMPONENTS.find(({ configs }) => configs.some((one) => one === part));
  if (component === undefined) throw new Error('the config must be of a component');
  const problems = new Problems();
  const at = new Field(NOWHERE, problems, ['spec', ...part.path]);
  checkConfigKeys({ component, part, config, reader: 'server', at });
  return problems.all.map(({ message }) => message);
}

/** A config with one key. */
function configOf(path: readonly string[]): MapValue {
  const value: Value = 1;
  const config = path.reduceRight<Value>((inner, name) => ({ [name]: inner }), value);
  return config as MapValue;
}

/** The path of a key; where any may stand, one of them. */
const stepsOf = ({ path }: ConfigFact) =>
  path
    .replaceAll(/\[\]|\{\}/g, '')
    .replace(/\*$/, 'any')
    .split('.');

describe.each(PARTS.map(({ component, part }) => ({ name: part.name, component, part })))(
  'the keys of $name',
  ({ name, component, part }) => {
    const facts = server.get(name) ?? [];
    const others = operator.get(name) ?? [];

    test('are known, those of the facts and all that TiDB Operator has', () => {
      expect(facts.length).toBeGreaterThan(30);
      for (const fact of [...facts, ...others])
        expect(messages(part, configOf(stepsOf(fact))), fact.path).toEqual([]);
    });

    test('are meant by names that are nearly theirs', () => {
      const tops = new Set(component.configFacts?.names);
      for (const fact of facts.filter(({ path }) => !path.endsWith('*'))) {
        const steps = stepsOf(fact);
        const last = steps.at(-1) ?? '';
        const depth = steps.length - 1;
        if (last.length < 5 || (depth === 0 && tops.size > 0)) continue;
        const middle = last.length >> 1;
        const typo = last.slice(0, middle) + last.slice(middle + 1);
        const siblings = facts.map(stepsOf).map((other) => other[depth]);
        const isOpen = facts.some(
          ({ path }) => path.endsWith('.*') && fact.path.startsWith(path.slice(0, -1)),
        );
        if (siblings.includes(typo) || isOpen) continue;
        const [message = '', ...more] = messages(part, configOf([...steps.slice(0, -1), typo]));
        expect(more).toEqual([]);
        expect(message, fact.path).toContain('is not a name that the server knows; did you mean "');
      }
    });

    test('are those at the top that are known without the list', () => {
      const { names } = component.configFacts ?? {};
      if (names === undefined) return;
      const tops = facts.map(({ path }) => path.split('.')[0] ?? '');
      expect(names).toEqual(expect.arrayContaining([...new Set(tops)]));
    });
  },
);

describe('what a running server makes of a changed key', () => {
  const MOUNTED = { 'tiflash.tidb.pingcap.com/mount-cm-in-tiflash-container': 'true' };
  const marked = ['tiproxy', 'tiflash.config'].flatMap((name) =>
    (server.get(name) ?? []).map((fact) => ({ name, ...fact })),
  );

  test.each(marked)('$name: $path', ({ name, path, says }) => {
    const component = name === 'tiproxy' ? 'tiproxy' : 'tiflash';
    const key = path.replace(/\*$/, 'any');
    const taken = ONLINE_KEYS[component]?.taken(key, MOUNTED)?.takes ?? 'start';
    // Nobody knows what becomes of any key.
    if (!path.endsWith('*') || component === 'tiproxy') expect(taken).toBe(says);
  });

  test('TiFlash reloads nothing where an init container has copied the file', () => {
    const taken = (server.get('tiflash.config') ?? []).map(
      ({ path }) => ONLINE_KEYS.tiflash?.taken(path, {})?.takes,
    );
    expect(new Set(taken)).toEqual(new Set([undefined, 'sql']));
  });

  test('TiCDC takes nothing', () => {
    expect(ONLINE_KEYS.ticdc).toBeUndefined();
  });
});

test.each<[what: string, config: MapValue, says: readonly string[]]>([
  [
    'a key in another table',
    { 'worker-pool-size': 3 },
    ['did you mean "kv-client.worker-pool-size", which is in another table?'],
  ],
  [
    'a key with dots',
    { 'kv-client.worker-pool-size': 3 },
    ['write `kv-client: {worker-pool-size: …}` instead'],
  ],
  ['a key that is like none', { frobnicate: 1 }, ['and it does not start with a config that has others']],
  ['keys for debugging, which it does not look at', { debug: { frobnicate: 1 } }, []],
  [
    'keys as TiDB Operator has them in a map',
    { gcTTL: 1, logLevel: 'info', logFile: '', timezone: 'UTC' },
    [],
  ],
])('%s of TiCDC', (_, config, says) => {
  const [part] = byName.ticdc.configs;
  const found = messages(part, config);
  expect(found).toHaveLength(says.length);
  for (const [index, text] of says.entries()) expect(found[index]).toContain(text);
});

test('a config that cannot be read has no keys to check', () => {
  const problems = new Problems();
  const [part] = byName.ticdc.configs;
  const at = new Field(NOWHERE, problems, ['spec', 'config']);
  checkConfigKeys({ component: byName.ticdc, part, config: '= 1', reader: 'server', at });
  expect(problems.all).toEqual([]);
});
