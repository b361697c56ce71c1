import { spawnSync } from 'node:child_process';
import type { MapValue } from '../../src/list/index.ts';
import { AS_OPERATED, OPERATOR_CRDS } from './tools.ts';

/** What becomes of a manifest of a TidbCluster. */
export interface Operated {
  /** Who does not take it. */
  readonly refusedBy?: 'kubectl' | 'API server' | 'operator';
  readonly why?: string;
  /** Fields that are not stored, because the CRD does not know them. */
  readonly pruned?: readonly string[];
  /** What the operator writes back. */
  readonly written?: MapValue;
}

/** What the operator makes of a text of TOML. */
export interface OperatedToml {
  readonly refused?: string;
  readonly text: string;
}

/** Asks for all at once: starting the program takes longer than what it does. */
export function asOperated(manifests: readonly string[]): Operated[] {
  return ask(`${OPERATOR_CRDS.path}/pingcap.com_tidbclusters.yaml`, manifests);
}

export function asOperatedToml(texts: readonly string[]): OperatedToml[] {
  return ask('toml', texts);
}

/** Why a server in Go would not take each of the configs; '' where it would. */
export function asTyped(configs: readonly { readonly component: string; readonly text: string }[]): string[] {
  return ask('typed', configs);
}

export function operatorKeys(): string {
  return run('keys', '');
}

function ask<Verdict>(what: string, cases: readonly unknown[]): Verdict[] {
  return JSON.parse(run(what, JSON.stringify(cases)));
}

function run(what: string, input: string): string {
  const { status, stdout, stderr } = spawnSync(AS_OPERATED.path ?? '', [what], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
