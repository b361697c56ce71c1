import type { TiFlashSpec } from '../../api/index.ts';
import { getKey, readConfig } from '../../config/index.ts';
import { logTailer, type Member, mount } from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { LOGS } from './defaults.ts';

/**
 * Containers that print the server's three logs. Each mounts the volume that is called as the first directory of the path;
 * validation reports a path for which there is none.
 */
export function tiflashLogTailers(member: Member<TiFlashSpec>): MapValue[] {
  const { spec } = member;
  const table = readConfig('tiflash.config', spec.config?.config, 'server', () => undefined);
  return Object.entries(LOGS).map(([name, [key, standard]]) => {
    const said = getKey(table, key);
    const file = typeof said === 'string' ? said : standard;
    const [, volume = ''] = file.split('/');
    return logTailer(name, { file, mount: mount(volume, `/${volume}`) }, spec.logTailer, member);
  });
}
