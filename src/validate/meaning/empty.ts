import type { AnyGroup } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';

/** Fields that ask for something by being there, and what for where they say no more. */
const ASKS: readonly (readonly [field: string, forWhat: string])[] = [
  ['networkPolicy', 'a NetworkPolicy that lets in the servers of the cluster only'],
  ['service', 'a Service of the type ClusterIP'],
];

/** Fields with nothing behind them, where a reader would think that they ask for something. */
export function checkEmpty({ spec }: AnyGroup, at: Field): void {
  const written = new Map<string, unknown>(Object.entries(spec));
  for (const [field, forWhat] of ASKS) {
    if (written.get(field) !== null) continue;
    const message = `has nothing behind it, which is as if it were not written; write \`${field}: {}\` for ${forWhat}, or remove it`;
    at.to(field).add('no-effect', message, 'key');
  }
}
