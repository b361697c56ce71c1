import type { Code } from './codes.ts';
import {
  formatPath,
  type Origin,
  type Part,
  type Path,
  type Problems,
  type Spot,
  type Subject,
} from './problem.ts';

/** What else is known of a resource that is checked against the schema of a kind. */
interface Checked {
  readonly kind: string;
  /** The text of a scalar as it was written, if that is known. */
  written?(path: Path): string | undefined;
}

/** A field of a resource, and where its problems go. */
export class Field {
  constructor(
    private readonly origin: Origin,
    private readonly problems: Problems,
    /** From `above`, or from the top. A path is put together only where something is wrong. */
    private readonly steps: Path = [],
    private readonly above?: Field,
    private readonly checked?: Checked,
  ) {}

  /** A resource as a whole, to be checked against the schema of a kind. */
  static of(subject: Subject<unknown>, problems: Problems, kind: string): Field {
    const checked = { kind, written: (path: Path) => subject.written?.(path) };
    return new Field(subject.origin, problems, [], undefined, checked);
  }

  /** A field further down. */
  to(...steps: Path): Field {
    return new Field(this.origin, this.problems, steps, this, this.checked);
  }

  /** What the resource is, or is checked as. */
  get kind(): string {
    return this.checked?.kind ?? this.origin.id.kind;
  }

  /** Whether it is a field of a resource. */
  isOf(origin: Origin): boolean {
    return this.origin === origin;
  }

  get path(): Path {
    if (this.above === undefined) return this.steps;
    const path: (string | number)[] = [];
    for (let field: Field | undefined = this; field !== undefined; field = field.above) {
      path.push(...field.steps.toReversed());
    }
    return path.reverse();
  }

  /** As messages name the field: `spec.env[0].name`. */
  get name(): string {
    const { path } = this;
    return path.length === 0 ? 'the resource' : `\`${formatPath(path)}\``;
  }

  /** The text of the scalar in it, as it was written, if that is known. */
  written(): string | undefined {
    return this.checked?.written?.(this.path);
  }

  /** Adds a problem; its message continues after the field's name. */
  add(code: Code, message: string, part: Part = 'value'): void {
    this.say(code, `${this.name} ${message}`, part);
  }

  /** Adds a problem whose message names the field itself. */
  say(code: Code, message: string, part: Part = 'value', spot?: Spot): void {
    this.problems.add(code, this.origin, this.path, message, part, spot);
  }
}
