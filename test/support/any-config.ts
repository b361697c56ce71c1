import fc from 'fast-check';
import {
  type ConfigName,
  type KeyTable,
  type KnownKey,
  knownKeys,
  type ShortKey,
  tableOf,
} from '../../src/config/known-keys.ts';

/** Numbers as people and programs spell them in YAML. */
export const NUMBERS: readonly string[] = `
  0 1 -1 45 6.0 6e0 6e+01 1.44e+06 1e+09 60.50 0.6 1.5 -0 -0.0 .5 5. 1e-7 1e21 1e+20 -1.0 0x1F 0o17 017 1_000
  2147483647 2147483648 -2147483648 -2147483649 4294967295 4294967296 9007199254740993 1.2345678901234567e18
  9223372036854775807 9223372036854775808 9.2233720368547748e18 9.2233720368547758e18 -9223372036854775808
  -9223372036854775809 -9.2233720368547758e18 18446744073709551615 18446744073709551616
`.match(/\S+/g) as string[];

/** The number under a key that takes integers of all widths, and the one under a key that takes floats. */
const SMALL = ['0', '1', '45', '6.0', '6e0', '6e+01', '1.44e+06', '1e+09', '017', '1_000', '60.0', '-0'];

const TEXTS = [
  '""',
  '"x"',
  '"45"',
  '"1.5"',
  '"true"',
  '"45s"',
  '"a\\"b"',
  '"C:\\\\p"',
  '"é\\n\\t"',
  '"😀"',
  '"\\uFFFD"',
];
const WORDS = ['true', 'false', 'yes', 'off', 'null', '~', 'plain', '2024-01-02', '.inf', '.nan'];

/** A value of any kind, as YAML in flow style. */
const anyValue: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...NUMBERS, ...TEXTS, ...WORDS),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    entries(fc.tuple(anyName(), tie('value'))),
  ),
})).value;

/** Names that no component has ever had, and names that cause trouble. */
function anyName(): fc.Arbitrary<string> {
  return fc.constantFrom(
    'new-key',
    'new-other',
    'new.dotted',
    'new "quoted"',
    'new é',
    'new-😀',
    'new-',
    '__proto__',
    'constructor',
  );
}

function entries(one: fc.Arbitrary<readonly [name: string, value: string]>): fc.Arbitrary<string> {
  return fc
    .uniqueArray(one, { maxLength: 4, selector: ([name]) => name })
    .map((all) => `{${all.map(([name, value]) => `${JSON.stringify(name)}: ${value}`).join(', ')}}`);
}

/** A config of a component as a map: keys that the operator knows and others, valid and invalid values. */
export function anyMap(name: ConfigName): fc.Arbitrary<string> {
  const known = knownKeys(name);
  return known === undefined ? entries(fc.tuple(anyName(), anyValue)) : anyTable(known);
}

function anyTable(keys: KeyTable): fc.Arbitrary<string> {
  const known = fc.constantFrom(...keys).chain(([key, about]) => {
    const inToml = typeof about === 'string' ? undefined : about.name;
    const name = fc.oneof(
      { weight: 12, arbitrary: fc.constant(key) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          key.toUpperCase(),
          key.toLowerCase(),
          key.replace('k', '\u212a'),
          inToml ?? key,
        ),
      },
    );
    return fc.tuple(name, valueUnder(about));
  });
  return entries(
    fc.oneof({ weight: 6, arbitrary: known }, { weight: 1, arbitrary: fc.tuple(anyName(), anyValue) }),
  );
}

function valueUnder(about: ShortKey): fc.Arbitrary<string> {
  const known: Partial<KnownKey> & Pick<KnownKey, 'type'> =
    typeof about === 'string' ? { type: about } : about;
  return fc.oneof(
    { weight: 12, arbitrary: held(known, known.holds ?? '') },
    { weight: 1, arbitrary: anyValue },
  );
}

function held(known: Partial<KnownKey> & Pick<KnownKey, 'type'>, holds: string): fc.Arbitrary<string> {
  if (holds.startsWith('[]')) {
    return fc.array(held(known, holds.slice(2)), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`);
  }
  if (holds.startsWith('{}')) {
    const value = fc.oneof(
      { weight: 6, arbitrary: held(known, holds.slice(2)) },
      { weight: 1, arbitrary: fc.constant('null') },
    );
    return entries(fc.tuple(fc.constantFrom('zone', 'a.b', 'Zone', 'x "y"', 'é', '__proto__'), value));
  }
  if (known.keys !== undefined) return anyTable(tableOf(known.keys));
  if (known.type === 'string') return fc.constantFrom(...TEXTS);
  if (known.type === 'bool') return fc.constantFrom('true', 'false', 'yes', 'Off');
  return fc.constantFrom(...(known.type === 'float64' ? NUMBERS : SMALL));
}
