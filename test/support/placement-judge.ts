import { spawnSync } from 'node:child_process';
import type { StoreLabels } from '../../src/placement/constraint.ts';
import { PLACEMENT_JUDGE } from './tools.ts';

/** A placement policy as TiDB's parser reads it, and which stores PD puts data on, by their positions. */
export interface Judged {
  readonly verb: string;
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
  /** By the text of CONSTRAINTS, or of one part where that is a map. */
  readonly matches: Readonly<Record<string, readonly number[]>>;
  /** Why CONSTRAINTS has no meaning. */
  readonly error?: string;
}

/** What TiDB and PD make of texts of SQL, where there are these stores. */
export interface Question {
  readonly texts: readonly string[];
  readonly stores: readonly StoreLabels[];
}

/** Why TiDB refuses a text, or the policies in it. */
export interface Verdict {
  readonly error?: string;
  readonly policies: readonly Judged[];
}

/** One answer for each text of each question. All are asked at once: a start takes longer than an answer. */
export function judgePlacement(questions: readonly Question[]): Verdict[][] {
  const input = questions.map(({ texts, stores }) => ({
    texts,
    stores: stores.map((labels) => Object.entries(labels).map(([key, value]) => ({ key, value }))),
  }));
  const { status, stdout, stderr } = spawnSync(PLACEMENT_JUDGE.path ?? '', [], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
