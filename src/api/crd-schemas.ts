import type { MapValue } from '../yaml/index.ts';

/** Schemas of a CustomResourceDefinition, as its rules put them together. */
export const NOT_EMPTY = { minLength: 1 };

export function oneOf(...names: string[]): MapValue {
  return { oneOf: names.map((name) => ({ required: [name] })) };
}

export function atMostOne(...names: string[]): MapValue {
  const pairs = names.flatMap((one, index) =>
    names.slice(index + 1).map((other) => ({ required: [one, other] })),
  );
  return { not: { anyOf: pairs } };
}

/** What a field must be, if it is there. */
export function within(name: string, schema: MapValue): MapValue {
  return { properties: { [name]: schema } };
}

export function needs(name: string, schema: MapValue): MapValue {
  return { required: [name], ...within(name, schema) };
}

export function without(name: string): MapValue {
  return { not: { required: [name] } };
}

/** Not all of these fields together. */
export function never(fields: { readonly [name: string]: MapValue }): MapValue {
  const said = Object.entries(fields).filter(([, schema]) => Object.keys(schema).length > 0);
  return { not: { required: Object.keys(fields), properties: Object.fromEntries(said) } };
}

/** Only a profile of the node has a name. */
export function ofLocalhost(): MapValue[] {
  return [
    { anyOf: [{ required: ['localhostProfile'] }, never({ type: { enum: ['Localhost'] } })] },
    never({ type: { enum: ['RuntimeDefault', 'Unconfined'] }, localhostProfile: NOT_EMPTY }),
  ];
}

/** Some operators compare with values, and the others have none. */
export function ofOperator(comparing: string[]): MapValue[] {
  return [
    { anyOf: [needs('values', { minItems: 1 }), never({ operator: { enum: comparing } })] },
    never({ operator: { enum: ['Exists', 'DoesNotExist'] }, values: { minItems: 1 } }),
  ];
}
