import { type Code, formatPath, type Part, type Problems, type Subject } from '../../problem/index.ts';
import type { MapValue, Value } from '../../yaml/index.ts';
import { scalarText, show } from './show.ts';

/** Where the check is in a resource, and where its problems go. */
export class Context {
  readonly path: (string | number)[] = [];

  constructor(
    private readonly resource: Subject<MapValue>,
    private readonly problems: Problems,
    readonly kind: string,
  ) {}

  /** Whether the resource is TiDB Operator's own, and not this project's. */
  get isOfOperator(): boolean {
    return this.kind === 'TidbCluster';
  }

  /** Adds a problem of the current field; the message continues after the field's name. */
  add(code: Code, message: string, part: Part = 'value'): void {
    const path = [...this.path];
    const name = path.length === 0 ? 'the resource' : `\`${formatPath(path)}\``;
    this.problems.add(code, this.resource.origin, path, `${name} ${message}`, part);
  }

  /** Runs a check one step further down. */
  within(step: string | number, check: () => void): void {
    this.path.push(step);
    check();
    this.path.pop();
  }

  /** The scalar that the check is at, as the user wrote it. */
  text(value: Value): string {
    return this.resource.written?.(this.path) ?? scalarText(value);
  }

  quote(value: Value): string {
    return show(this.text(value));
  }
}
