import { isMap, type MapValue, setOwn, type Value } from '../../src/yaml/index.ts';

/** An operation of a JSON Patch (RFC 6902), of the three kinds that the tables use. */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: Value;
}

/** The document with the operations applied; a path that leads nowhere is an error. */
export function patched(document: MapValue, operations: readonly Operation[]): MapValue {
  const result = structuredClone(document);
  for (const operation of operations) apply(result, operation);
  return result;
}

function apply(document: MapValue, { op, path, value = null }: Operation): void {
  const steps = path
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop() ?? '';
  const parent = steps.reduce<Value | undefined>(child, document);
  const missing = child(parent, last) === undefined;
  if (op !== 'add' && missing) throw new Error(`nothing to ${op} at ${path}`);
  if (Array.isArray(parent)) {
    parent.splice(Number(last), op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
  } else if (isMap(parent)) {
    if (op === 'remove') delete parent[last];
    else setOwn(parent, last, value);
  } else throw new Error(`no list or map holds ${path}`);
}

function child(parent: Value | undefined, step: string): Value | undefined {
  if (Array.isArray(parent)) return parent[Number(step)];
  return isMap(parent) ? parent[step] : undefined;
}
