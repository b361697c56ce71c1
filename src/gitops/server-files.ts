import type { MapValue } from '../yaml/index.ts';
import { textIn } from './delivery.ts';
import { isDrainFiles } from './drain.ts';

/** What the names of ConfigMaps for Prometheus end in: those of servers end in a component or a digest. */
export const SCRAPE_CONFIG = '-scrape-config';

/** What a ConfigMap of this name is for, if it is not for servers; '' if it is. */
export function useOfFiles(name: string): 'drain' | 'scrape-config' | '' {
  if (isDrainFiles(name)) return 'drain';
  return name.endsWith(SCRAPE_CONFIG) ? 'scrape-config' : '';
}

/** Whether a resource of a group is what its servers read. */
export function isOfServers(resource: MapValue): boolean {
  return resource.kind === 'ConfigMap' && useOfFiles(textIn(resource, 'name')) === '';
}
