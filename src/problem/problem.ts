import { visible } from '../text/index.ts';
import { CODES, type Code, type Severity } from './codes.ts';

/** The way to a field: `['spec', 'env', 0, 'name']`. */
export type Path = readonly (string | number)[];

/** What a resource is called. `namespace` is '' if none is written. */
export interface ResourceId {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** Where something was written; each part only where the input has it. Lines and columns count from 1. */
export interface Place {
  readonly file?: string;
  /** Position among the documents of the file, from 0; kpt counts so. */
  readonly index?: number;
  readonly line?: number;
  readonly column?: number;
  /** Just behind its last character; there only where `line` is. */
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** Which part of a field is meant: the key that names it or the value that it holds. */
export type Part = 'key' | 'value';

/** A spot in the text that a field holds, such as a config's TOML. Lines and columns count from 1. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

/** ` (db/groups.yaml:12)`, for messages that name another resource; empty where no file is known. */
export function inFile({ file, line }: Place): string {
  if (file === undefined) return '';
  return ` (${file}${line === undefined ? '' : `:${line}`})`;
}

/** How a value is written: with brackets or braces, or as a scalar that only its tag makes text, as `!foo 3`. */
export type Style = 'flow' | 'tagged';

/** Knows where its fields were written. Asked only when a problem is shown. */
export interface Origin {
  readonly id: ResourceId;
  /**
   * The place of the field, or of its nearest ancestor that was written; of a spot in the field's text from there to
   * the end of its line, where the text stands in the input line by line.
   */
  locate(path: Path, part: Part, spot?: Spot): Place;
  /** The text of a scalar as it was written, if that is known: `yes`, which YAML reads as true. */
  written?(path: Path): string | undefined;
  styleOf?(path: Path): Style | undefined;
}

/** A resource as read, or as a value that has its kind's structure, and where its fields were written. */
export interface Subject<T> {
  readonly object: T;
  readonly origin: Origin;
}

/** For fields that were written nowhere. */
export const NOWHERE: Origin = {
  id: { apiVersion: '', kind: '', name: '', namespace: '' },
  locate: () => ({}),
};

export interface Problem {
  readonly code: Code;
  readonly severity: Severity;
  /**
   * One line: what is wrong with the user's value in quotes, and what to do.
   * Field names stand in backquotes; the resource is not repeated.
   */
  readonly message: string;
  readonly origin?: Origin;
  readonly path?: Path;
  readonly part?: Part;
  /** Where in the field's text, where the problem is not about all of it. */
  readonly spot?: Spot | undefined;
  /** Set instead of `origin` where no resource could be read, as with broken YAML. */
  readonly place?: Place;
}

/** What a problem says; a function where it quotes the value in the field, which is told how that was written, if known. */
export type Message = string | ((written: string | undefined) => string);

/** Collects problems, so that all are reported together. */
export class Problems {
  readonly all: Problem[] = [];
  /** How many of them are errors. */
  errorCount = 0;
  /** How a problem is told, where resources stand for those that somebody wrote; undefined: it has been told already. */
  retell: (problem: Problem) => Problem | undefined = (problem) => problem;

  /** Adds a problem of the code's own severity about a field of a resource. */
  add(code: Code, origin: Origin, path: Path, message: Message, part: Part = 'value', spot?: Spot): void {
    const text = typeof message === 'string' ? message : message(origin.written?.(path));
    this.push({ code, severity: CODES[code], message: text, origin, path, part, spot });
  }

  /** Adds a problem that belongs to a place and not to a resource. */
  addAt(code: Code, place: Place, message: string): void {
    this.push({ code, severity: CODES[code], message, place });
  }

  /** Adds a problem, of whatever severity. */
  push(problem: Problem): void {
    const told = this.retell(problem);
    if (told === undefined) return;
    this.all.push({ ...told, message: visible(told.message) });
    if (told.severity === 'error') this.errorCount++;
  }
}

/** `spec.env[0].name`; a key that is no plain word is quoted: `metadata.annotations["a.b/c"]`. */
export function formatPath(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}
