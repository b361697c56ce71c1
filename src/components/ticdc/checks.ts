import type { TiCDCSpec } from '../../api/index.ts';
import type { Path } from '../../problem/index.ts';

export function operatorOnly({ gracefulShutdownTimeout }: TiCDCSpec): [path: Path, why: string][] {
  if (!gracefulShutdownTimeout) return [];
  const why =
    'only TiDB Operator has a server hand over its changefeeds before it stops, and it does not run these; ' +
    'give the servers time in `spec.terminationGracePeriodSeconds`';
  return [[['gracefulShutdownTimeout'], why]];
}
