import {
  type Code,
  formatPath,
  type Origin,
  type Part,
  type Path,
  type Problems,
  type Spot,
} from '../../problem/index.ts';

/** A field of a resource, and where its problems go. */
export class At {
  constructor(
    private readonly origin: Origin,
    private readonly problems: Problems,
    readonly path: Path = [],
  ) {}

  /** A field further down. */
  to(...steps: Path): At {
    return new At(this.origin, this.problems, [...this.path, ...steps]);
  }

  /** As messages name the field: `spec.env[0].name`. */
  get name(): string {
    return `\`${formatPath(this.path)}\``;
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
