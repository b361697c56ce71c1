import { DELETION } from '../krm/index.ts';
import { metadataOf } from '../list/index.ts';
import { isMap, type MapValue } from '../yaml/index.ts';
import { FLUX_PRUNE, SYNC_OPTIONS } from './keys.ts';

export const ENGINES = ['Argo CD', 'Flux', 'kpt'] as const;
export type Engine = (typeof ENGINES)[number];

/** The annotation, and its option, that tells an engine not to delete a resource. */
const SIGNS: readonly (readonly [engine: Engine, key: string, option: string])[] = [
  ['Argo CD', SYNC_OPTIONS, 'Prune=false'],
  ['Flux', FLUX_PRUNE, 'disabled'],
  ['kpt', DELETION, 'detach'],
];

/** The engines that leave a resource in the cluster where it is no longer rendered. */
export function keptBy(resource: MapValue): Engine[] {
  const { annotations } = metadataOf(resource);
  if (!isMap(annotations)) return [];
  return SIGNS.filter(([, key, option]) => {
    const value = Object.hasOwn(annotations, key) ? annotations[key] : undefined;
    return typeof value === 'string' && value.split(',').some((one) => one.trim() === option);
  }).map(([engine]) => engine);
}
