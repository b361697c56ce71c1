import {
  type ConfigTable,
  canonical,
  getKey,
  inject,
  integerOf,
  type ReportConfig,
  readConfig,
  setKey,
} from '../../config/index.ts';
import { certificateFiles, tlsDirectory } from '../../expand/index.ts';
import type { Value } from '../../yaml/index.ts';

export interface TikvConfigOptions {
  /** Whether the members of the cluster talk TLS to each other. */
  readonly clusterTls: boolean;
}

const FILES = certificateFiles(tlsDirectory('tikv'));

const CLUSTER_TLS = {
  'security.ca-path': FILES.ca,
  'security.cert-path': FILES.cert,
  'security.key-path': FILES.key,
};

/** Strings of digits under these keys are milliseconds to TiKV before 4.0, which takes integers only. */
const LEGACY_INTEGERS = ['pessimistic-txn.wait-for-lock-timeout', 'pessimistic-txn.wake-up-delay-duration'];

/** The text of a TiKV group's `config-file`. */
export function tikvConfig(
  config: Value | undefined,
  options: TikvConfigOptions,
  report: ReportConfig,
): string {
  const table = readConfig('tikv', config, 'server', report);
  if (options.clusterTls) inject(table, CLUSTER_TLS, report);
  for (const path of LEGACY_INTEGERS) writeDigitsAsInteger(table, path);
  return canonical(table);
}

function writeDigitsAsInteger(table: ConfigTable, path: string): void {
  const value = getKey(table, path);
  if (typeof value !== 'string' || !/^[+-]?\d+$/.test(value)) return;
  const integer = BigInt(value);
  if (BigInt.asIntN(64, integer) === integer) setKey(table, path, integerOf(integer));
}
