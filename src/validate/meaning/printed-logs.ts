import type { AnySpec } from '../../components/index.ts';
import { getKey } from '../../config/index.ts';
import { show } from '../structure/show.ts';
import { readQuietly } from './config.ts';
import { addOfKey, type WrittenConfig } from './config-key.ts';
import { maySet } from './may-set.ts';

/**
 * Logs that containers print beside the server. TiDB Operator has each mount the volume that is called as the first
 * directory of the path, whether there is such a volume or not.
 */
export function checkPrintedLogs(written: WrittenConfig, spec: AnySpec): void {
  const { component, config, reader } = written;
  const { printedLogs = [], otherLogs = [] } = component;
  const keys = [...printedLogs, ...otherLogs].filter((key) => maySet(config, key));
  if (keys.length === 0) return;
  const table = readQuietly(component.configs[0], config, reader);
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
        ? 'which is in no directory, and TiDB Operator refuses that'
        : `and the container that prints it mounts a volume ${show(volume)}, which the pod has not`;
    const message = `is ${show(path)}, ${why}; write a path such as "/data0/logs/server.log"`;
    addOfKey('volume-not-found', key.split('.'), message, written, 'value');
  }
}
