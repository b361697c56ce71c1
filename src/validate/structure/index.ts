import { type GroupKinds, type Kind, refTo, type TidbCluster } from '../../api/index.ts';
import { Field, type Origin, type Path, Problems, type Subject } from '../../problem/index.ts';
import type { MapValue, Value } from '../../yaml/index.ts';
import { checkValue } from './walk.ts';

export { nearestIn } from './nearest.ts';
export { show } from './show.ts';

/** The kinds that a render is about. */
export interface Kinds extends GroupKinds {
  TidbCluster: TidbCluster;
}

/**
 * Adds a problem for every field of a resource that violates its kind's schema: unknown, missing, of a wrong type, out
 * of range, or in a wrong format.
 */
export function checkStructure(resource: Subject<MapValue>, kind: Kind, problems: Problems): void {
  checkValue({ $ref: refTo(kind) }, resource.object, Field.of(resource.origin, problems, kind));
}

/** Whether a resource has the structure of its kind, and so the type that its schema is made from. */
export function isOfKind<K extends keyof Kinds>(
  kind: K,
  object: MapValue,
  origin: Origin,
): object is MapValue & Kinds[K] {
  const problems = new Problems();
  checkStructure({ object, origin }, kind, problems);
  return problems.errorCount === 0;
}

export function isTidbCluster(object: MapValue, origin: Origin): object is MapValue & TidbCluster {
  return isOfKind('TidbCluster', object, origin);
}

/**
 * What `checkStructure` does, for one field of a resource that has no kind of ours: its value must be of the named
 * type.
 */
export function checkPart(
  resource: Subject<MapValue>,
  path: Path,
  value: Value,
  type: string,
  kind: string,
  problems: Problems,
): void {
  checkValue({ $ref: refTo(type) }, value, Field.of(resource.origin, problems, kind).to(...path));
}
