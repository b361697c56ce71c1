import type { Field } from '../../problem/index.ts';
import type { Value } from '../../yaml/index.ts';
import { scalarText, show } from './show.ts';

/** The scalar in a field, as the user wrote it. */
export function textOf(value: Value, at: Field): string {
  return at.written() ?? scalarText(value);
}

/** The same as a message shows it, in double quotes. */
export function quote(value: Value, at: Field): string {
  return show(textOf(value, at));
}

/** Whether the resource is TiDB Operator's own, and not this project's. */
export function isOfOperator({ kind }: Field): boolean {
  return kind === 'TidbCluster';
}
