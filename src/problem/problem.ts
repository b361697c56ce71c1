import { CODES, type Code, type Severity } from './codes.ts';

/** The way to a field: `['spec', 'env', 0, 'name']`. */
export type Path = readonly (string | number)[];

/** What a resource is called. `namespace` is '' where none is written. */
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

/** Something that knows where its fields were written. Asked only when a problem is shown. */
export interface Origin {
  readonly id: ResourceId;
  /** The place of the field, or of its nearest ancestor that was written. */
  locate(path: Path, part: Part): Place;
}

export interface Problem {
  readonly code: Code;
  readonly severity: Severity;
  /**
   * One line: what is wrong with the user's value in quotes, and what to do.
   * Field names stand in back-quotes; the resource is not repeated.
   */
  readonly message: string;
  readonly origin?: Origin;
  readonly path?: Path;
  readonly part?: Part;
  /** Set instead of `origin` where no resource could be read, as with broken YAML. */
  readonly place?: Place;
}

/** Collects problems, so that all of them are reported together. */
export class Problems {
  readonly all: Problem[] = [];
  /** How many of them are errors. */
  errorCount = 0;

  /** Adds a problem of the code's own severity about a field of a resource. */
  add(code: Code, origin: Origin, path: Path, message: string, part: Part = 'value'): void {
    this.push({ code, severity: CODES[code], message, origin, path, part });
  }

  /** Adds a problem that belongs to a place and not to a resource. */
  addAt(code: Code, place: Place, message: string): void {
    this.push({ code, severity: CODES[code], message, place });
  }

  private push(problem: Problem): void {
    this.all.push(problem);
    if (problem.severity === 'error') this.errorCount++;
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
