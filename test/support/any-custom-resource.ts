import fc from 'fast-check';
import { Float, isMap, type MapValue, type Value } from '../../src/yaml/index.ts';

/** Texts that include a valid and a nearly valid value for most formats and quantities. */
const TEXTS = [
  ...[
    '',
    'a',
    'A',
    'abc',
    'a-b',
    '-a',
    'a.b',
    'a_b',
    '1',
    '1.5',
    '-1',
    '1h',
    '30s',
    '10 days',
    '1d',
    'Always',
    'true',
    'x/y',
  ],
  ...[
    '10Gi',
    '500m',
    '1e3',
    '0x1',
    '2020-02-29',
    '2021-02-29',
    '2020-01-01T00:00:00Z',
    '2020-01-01t23:59:59.5+01:00',
  ],
  ...[
    '2020-01-01T24:00:00Z',
    '1.2.3.4',
    '01.2.3.4',
    '1.2.3.4/8',
    '1.2.3.4/33',
    '::1',
    '::1/128',
    'fe80::1%eth0',
    '::ffff:1.2.3.4',
  ],
  ...[
    'http://a.b/c',
    'https://example.com',
    '/a',
    'a:b',
    'YWJj',
    'YWI=',
    'YWI',
    '00:11:22:33:44:55',
    '0011.2233.4455',
    '#fff',
  ],
  ...[
    '9c2b6a4e-5b1c-4d2e-8f3a-1b2c3d4e5f60',
    '9c2b6a4e5b1c3d2e8f3a1b2c3d4e5f60',
    'ä',
    '😀',
    'a\nb',
    'a '.repeat(40),
  ],
];

const NUMBERS = [
  0,
  1,
  -1,
  3,
  10,
  100,
  65_535,
  65_536,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  1.5,
  -0.5,
  1e20,
];

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.constantFrom(...NUMBERS),
  fc.boolean(),
  fc.constant(null),
);

const anything: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Value>({}, [], { a: null }, { a: { b: 1 } }, [null], [{}]).map(copied),
  },
);

/** About one in this many fields violates the schema. */
const WRONG_ONE_IN = 12;

/** Values of a structural schema, most of which are right and some are not. */
export function anyOfSchema(schema: Value | undefined, depth = 0): fc.Arbitrary<Value> {
  if (!isMap(schema)) return anything;
  // The API server accepts a list in place of a string with a format, and clients then fail to read it.
  const wrong = schema.format === undefined ? anything : scalar;
  return fc.oneof(
    { weight: WRONG_ONE_IN, arbitrary: fitting(schema, depth) },
    { weight: depth === 0 ? 0 : 1, arbitrary: wrong },
  );
}

function fitting(schema: MapValue, depth: number): fc.Arbitrary<Value> {
  const { enum: values, items, type } = schema;
  if (Array.isArray(values)) return fc.constantFrom(...values);
  if (schema['x-kubernetes-int-or-string'] === true) return scalar;
  switch (type) {
    case 'string':
      return fc.constantFrom(...TEXTS);
    case 'integer':
      return fc.constantFrom(...NUMBERS.filter(Number.isInteger));
    case 'number':
      return fc.constantFrom(...NUMBERS);
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(anyOfSchema(items, depth + 1), { maxLength: 3 });
    case 'object':
      return anyMap(schema, depth);
    default:
      return anything;
  }
}

function anyMap(
  { properties, required, additionalProperties }: MapValue,
  depth: number,
): fc.Arbitrary<Value> {
  const own = Object.entries(isMap(properties) ? properties : {});
  const needed = Array.isArray(required) ? required : [];
  // Deep schemas and very large ones get few values.
  const one = depth > 6 ? 0.05 : Math.min(0.5, 5 / Math.max(1, own.length));
  const fields = own.map(([name, schema]) => {
    const isIn = fc.double({ min: 0, max: 1, noNaN: true });
    const limit = needed.includes(name) ? 0.97 : one;
    return isIn.chain((chance) =>
      chance < limit
        ? anyOfSchema(schema, depth + 1).map((value): [string, Value][] => [[name, value]])
        : fc.constant<[string, Value][]>([]),
    );
  });
  const isOpen = isMap(additionalProperties);
  const more = fc.array(
    fc.tuple(
      fc.constantFrom('a', 'b-c', 'constructor', 'toString', 'x.y/z', 'metadata', 'kind'),
      isOpen ? anyOfSchema(additionalProperties, depth + 1) : anything,
    ),
    { maxLength: 2 },
  );
  const extra = isOpen
    ? more
    : fc.oneof({ weight: 8, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: more });
  return fc
    .tuple(fc.tuple(...fields), extra)
    .map(([known, unknown]) => Object.fromEntries([...unknown, ...known.flat()]));
}

function copied(value: Value): Value {
  return structuredClone(value);
}

/** A resource as it is read: integers of 64 bits are bigints, and other numbers are floats. */
export function asRead(resource: MapValue): MapValue {
  return JSON.parse(JSON.stringify(resource), (_, value) => {
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
    return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? BigInt(value) : new Float(value);
  });
}
