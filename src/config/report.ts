import type { Code, Message } from '../problem/index.ts';

/** The way to a value inside a config. */
export type ConfigPath = readonly (string | number)[];

/** A problem inside a component's config. */
export interface ConfigProblem {
  readonly code: Extract<
    Code,
    | 'config-not-toml'
    | 'config-toml-version'
    | 'config-type'
    | 'config-value'
    | 'config-overwritten'
    | 'config-key-dropped'
    | 'convert-lost'
  >;
  /** Empty if the config as a whole is meant. */
  readonly path: ConfigPath;
  /** What is wrong, on one line: it goes on after the name of the field, or of the config. */
  readonly predicate: Message;
  /** Whether the config as a whole is meant, although a path tells where. */
  readonly isOfWhole?: true;
  /** Whether the key at the end of the path is meant, and not its value. */
  readonly isOfKey?: true;
  /** Of a key that the operator does not know, those that it knows in its place. */
  readonly known?: readonly string[];
  /** Where in the TOML text, from 1; only where the config is text that could not be parsed. */
  readonly line?: number;
  readonly column?: number;
}

export type ReportConfig = (problem: ConfigProblem) => void;
