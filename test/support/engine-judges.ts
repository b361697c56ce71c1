import { spawnSync } from 'node:child_process';
import type { MapValue } from '../../src/yaml/index.ts';
import { ARGO_CD_JUDGE, FLUX_KPT_JUDGE, type Tool } from './tools.ts';

/** The health that Argo CD reports for a resource, or why it cannot tell. */
export interface Health {
  readonly status: string;
  readonly message: string;
  readonly error?: string;
}

export function healthOf(script: string, objects: readonly object[]): Health[] {
  return ask(ARGO_CD_JUDGE, 'health', { script, objects });
}

/** What Argo CD has applied, and what is rendered next. */
export interface Sync {
  readonly live: readonly MapValue[];
  readonly rendered: readonly MapValue[];
  /** The script that computes the health of a TidbCluster. */
  readonly healthScript?: string;
}

export interface SyncVerdict {
  /** In order: `applied StatefulSet db/hot-tikv`, `rolled …` once its pods are replaced, `pruned …`. */
  readonly steps: readonly string[];
  /** What is no longer rendered, but stays. */
  readonly left: readonly string[];
  readonly inSync: boolean;
  /** `Succeeded`, or `Running` where it waits forever. */
  readonly phase: string;
  readonly deletedWithApplication: readonly string[];
}

export function syncs(questions: readonly Sync[]): SyncVerdict[] {
  return ask(ARGO_CD_JUDGE, 'sync', questions);
}

/** One render after another. */
export interface History {
  readonly renders: readonly (readonly MapValue[])[];
  /** `kpt live apply --inventory-policy=adopt`. */
  readonly adopts?: boolean;
}

export interface HistoryVerdict {
  readonly changes: readonly {
    readonly applied: readonly string[];
    readonly skipped: readonly string[];
    readonly deleted: readonly string[];
    readonly left: readonly string[];
    readonly error?: string;
  }[];
  /** What is deleted with the Kustomization, or by `kpt live destroy`. */
  readonly deletedWithOwner: readonly string[];
  /** Why `kpt live destroy` deletes nothing. */
  readonly destroyRefused?: string;
}

export function followed(engine: 'flux' | 'kpt', histories: readonly History[]): HistoryVerdict[] {
  return ask(FLUX_KPT_JUDGE, engine, histories);
}

/** Sends all histories to one process: to start the program takes longer than to answer. */
function ask<Answer>({ path = '' }: Tool, what: string, question: unknown): Answer {
  const { status, stdout, stderr } = spawnSync(path, [what], {
    input: JSON.stringify(question, (_, value) => (typeof value === 'bigint' ? Number(value) : value)),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
