import type { Code } from './codes.ts';
import {
  formatPath,
  type Message,
  type Origin,
  type Part,
  type Path,
  type Problems,
  type Spot,
  type Style,
} from './problem.ts';

/** A field of a resource, and where its problems go. */
export class Field {
  constructor(
    private readonly origin: Origin,
    private readonly problems: Problems,
    /** From `above`, or from the top. A path is put together only where something is wrong. */
    private readonly steps: Path = [],
    private readonly above?: Field,
    /** Against whose schema the resource is checked, where that is not its own. */
    private readonly checkedAs?: string,
  ) {}

  /** A resource as a whole, to be checked against the schema of a kind. */
  static of(origin: Origin, problems: Problems, kind: string): Field {
    return new Field(origin, problems, [], undefined, kind);
  }

  /** A field further down. */
  to(...steps: Path): Field {
    return new Field(this.origin, this.problems, steps, this, this.checkedAs);
  }

  /** What the resource is, or is checked as. */
  get kind(): string {
    return this.checkedAs ?? this.origin.id.kind;
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

  /** How its value is written, where that is told. */
  get style(): Style | undefined {
    return this.origin.styleOf?.(this.path);
  }

  /** The text of the scalar in it, as it was written, if that is known. */
  written(): string | undefined {
    return this.origin.written?.(this.path);
  }

  /** Adds a problem; its message continues after the field's name. */
  add(code: Code, message: string, part: Part = 'value'): void {
    this.say(code, `${this.name} ${message}`, part);
  }

  /** Adds a problem whose message names the field itself. */
  say(code: Code, message: Message, part: Part = 'value', spot?: Spot): void {
    this.problems.add(code, this.origin, this.path, message, part, spot);
  }
}
