import type { AnySpec } from '../../components/index.ts';
import { getKey, maySet } from '../../config/index.ts';
import { show } from '../structure/show.ts';
import { readQuietly } from './config.ts';
import { addOfKey, type WrittenConfig } from './config-key.ts';

/**
 * Logs that sidecar containers print. In TiDB Operator, each mounts the volume with the name of the path's first
 * directory, whether that volume exists or not.
 */
export function checkPrintedLogs(written: WrittenConfig, spec: AnySpec): void {
  const { component, part, config, reader } = written;
  const { printedLogs = [], otherLogs = [] } = component;
  const keys = [...printedLogs, ...otherLogs].filter((key) => maySet(config, key));
  if (keys.length === 0) return;
  const table = readQuietly(part, config, reader);
  if (table === undefined) return;
  const volumes = [
    ...(spec.storageClaims ?? []).map((_, index) => `data${index}`),
    ...(spec.additionalVolumes ?? []).map(({ name }) => name),
  ];
  for (const key of keys) {
    const path = getKey(table, key);
    if (typeof path !== 'string') continue;
    const [, volume = '', file] = path.split('/');
    if (file !== undefined && (otherLogs.includes(key) || volumes.includes(volume))) continue;
    const why =
      file === undefined
        ? 'which is not in a directory, and TiDB Operator refuses that'
        : `and the container that prints it mounts a volume ${show(volume)}, which the pod does not have`;
    const message = `is ${show(path)}, ${why}; write a path such as "/data0/logs/server.log"`;
    addOfKey('volume-not-found', key.split('.'), message, written, 'value');
  }
}
