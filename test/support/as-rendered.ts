import { spawnSync } from 'node:child_process';
import { isMap, type MapValue, type Value } from '../../src/list/index.ts';
import { asShown } from './table.ts';
import { AS_RENDERED } from './tools.ts';

/** What TiDB Operator creates for the TiKV and TiDB of a TidbCluster. */
export interface OperatorRender {
  /** Why it creates nothing. */
  readonly refused?: string;
  readonly resources: readonly MapValue[];
}

/** Asks for all at once: starting the program takes longer than what it does. */
export function asRendered(manifests: readonly string[]): OperatorRender[] {
  const { status, stdout, stderr } = spawnSync(AS_RENDERED.path ?? '', [], {
    input: JSON.stringify(manifests),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** What the operator writes for itself, or walks through in a rollout. */
const OWN = new Set([
  'creationTimestamp',
  'ownerReferences',
  'partition',
  'pingcap.com/last-applied-configuration',
  'resourceVersion',
  'status',
]);

/** As the tables show what is rendered: without what a render leaves out, because nobody walks the rollout. */
export function asShownByOperator(resources: readonly MapValue[]): MapValue {
  return asShown(resources.map((resource) => withoutOwn(resource) as MapValue));
}

function withoutOwn(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutOwn);
  if (!isMap(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !OWN.has(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutOwn(inner)]));
}
