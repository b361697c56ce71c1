import type { AnyGroup } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';

/** Fields with nothing behind them, where a reader would think that they ask for something by being there. */
export function checkEmpty({ spec }: AnyGroup, at: Field): void {
  if (spec.networkPolicy === null)
    report('networkPolicy', 'a NetworkPolicy that lets in the servers of the cluster only', at);
  if ('service' in spec && spec.service === null) report('service', 'a Service of the type ClusterIP', at);
}

function report(field: string, forWhat: string, at: Field): void {
  const message = `has nothing behind it, which is as if it were not written; write \`${field}: {}\` for ${forWhat}, or remove it`;
  at.to(field).add('no-effect', message, 'key');
}
