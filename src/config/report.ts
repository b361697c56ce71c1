import type { Code } from '../problem/index.ts';

/** A problem inside a component's config. */
export interface ConfigProblem {
  readonly code: Extract<Code, 'config-not-toml' | 'config-value' | 'config-overwritten'>;
  /** The way to the value inside the config; empty where the config as a whole is meant. */
  readonly path: readonly (string | number)[];
  /** One line; names the field inside the config. */
  readonly message: string;
  /** Where in the TOML text, from 1; only where the config is text that could not be parsed. */
  readonly line?: number;
  readonly column?: number;
}

export type ReportConfig = (problem: ConfigProblem) => void;
