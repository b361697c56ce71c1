import { type Kind, refName, refTo, type Schema } from '../../src/api/index.ts';
import type { Path } from '../../src/problem/index.ts';
import { resolve } from './sample.ts';

/** A field of a kind, and its schema. */
export interface Field {
  readonly kind: Kind;
  readonly path: Path;
  readonly schema: Schema;
  /** Whether it is a field of a type that Kubernetes defines. */
  readonly isKubernetes: boolean;
}

/** Fields of groups that say who may reach the servers, and what scales them: no pod is made of these. */
const BESIDE: Path = ['autoscale', 'networkPolicy'];

/** The same of groups, without those. */
export function everyWorkloadField(kinds: readonly Kind[]): Generator<Field> {
  return everyField(kinds, ([, field = '']) => BESIDE.includes(field));
}

/** The path to each field of each type, where it first appears. What is left out does not appear. */
export function* everyField(
  kinds: readonly Kind[],
  isLeftOut: (path: Path) => boolean = () => false,
): Generator<Field> {
  const seen = new Set<string>();
  const queue: Field[] = kinds.map((kind) => ({
    kind,
    path: [],
    schema: { $ref: refTo(kind) },
    isKubernetes: false,
  }));
  for (const { kind, path, schema } of queue) {
    const target = resolve(schema);
    for (const [name, property] of Object.entries(target.properties ?? {})) {
      const isKubernetes = target['x-kubernetes'] === true;
      const at: Field = { kind, path: [...path, name], schema: property, isKubernetes };
      if (isLeftOut(at.path)) continue;
      yield at;
      const inner = property.items ?? property;
      const type = inner.$ref === undefined ? '' : refName(inner.$ref);
      if (type === '' || seen.has(type)) continue;
      seen.add(type);
      queue.push({ ...at, path: property.items === undefined ? at.path : [...at.path, 0], schema: inner });
    }
  }
}
