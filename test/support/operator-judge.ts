import { spawnSync } from 'node:child_process';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
import { asShown } from './table.ts';
import { OPERATOR_CRDS, OPERATOR_JUDGE } from './tools.ts';

/** What the operator does with a manifest of a TidbCluster. */
export interface Operated {
  /** Who refuses it. */
  readonly refusedBy?: 'kubectl' | 'API server' | 'operator';
  readonly why?: string;
  /** Fields that are not stored, because the CRD does not know them. */
  readonly pruned?: readonly string[];
  /** What the operator writes back. */
  readonly written?: MapValue;
}

/** How the operator reads a TOML text. */
export interface OperatedToml {
  readonly refused?: string;
  readonly text: string;
}

/** Sends all to one process: to start the program takes longer than to answer. */
export function asOperated(manifests: readonly string[]): Operated[] {
  return ask(['clusters', `${OPERATOR_CRDS.path}/pingcap.com_tidbclusters.yaml`], manifests);
}

export function asOperatedToml(texts: readonly string[]): OperatedToml[] {
  return ask(['toml'], texts);
}

/** Why a server in Go would refuse each config; '' if it accepts it. */
export function asTyped(configs: readonly { readonly component: string; readonly text: string }[]): string[] {
  return ask(['typed'], configs);
}

/** A version as the operator's library reads it. Its numbers are text, because they may be larger than JavaScript's. */
export interface OperatedVersion {
  readonly refused?: string;
  readonly major: string;
  readonly minor: string;
  readonly patch: string;
}

export function asVersions(texts: readonly string[]): OperatedVersion[] {
  return ask(['versions'], texts);
}

export function operatorKeys(): string {
  return run(['keys'], '');
}

/** What TiDB Operator creates for the TiKV and TiDB of a TidbCluster. */
export interface OperatorRender {
  /** Why it creates nothing. */
  readonly refused?: string;
  readonly resources: readonly MapValue[];
}

export function asRendered(manifests: readonly string[]): OperatorRender[] {
  return ask(['renders'], manifests);
}

/** What the operator writes for itself, or changes during a rollout. */
const OWN = new Set([
  'creationTimestamp',
  'ownerReferences',
  'pingcap.com/last-applied-configuration',
  'resourceVersion',
  'status',
]);

/** As the tables show renders: without what only a rollout by the operator needs. */
export function asShownByOperator(resources: readonly MapValue[]): MapValue {
  return asShown(resources.map((resource) => withoutOwn(resource) as MapValue));
}

function withoutOwn(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutOwn);
  if (!isMap(value)) return value;
  const kept = Object.entries(value).filter(
    ([key, inner]) => !OWN.has(key) && !(key === 'rollingUpdate' && isMap(inner) && 'partition' in inner),
  );
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutOwn(inner)]));
}

function ask<Verdict>(what: readonly string[], cases: readonly unknown[]): Verdict[] {
  return JSON.parse(run(what, JSON.stringify(cases)));
}

function run(what: readonly string[], input: string): string {
  const { status, stdout, stderr } = spawnSync(OPERATOR_JUDGE.path ?? '', what, {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
