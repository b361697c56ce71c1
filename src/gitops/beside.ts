import { type Item, withAnnotations } from '../list/index.ts';
import { type MapValue, mapAt, type Value } from '../yaml/index.ts';
import { withMetadataOf } from './group-metadata.ts';
import { OF_ALL } from './keys.ts';

/**
 * A resource that one group has beside its own, or several share: engines order and keep it as a runner of theirs, and it
 * has the labels and annotations that all of them hand on. `keys` are the annotations that it has of the runner.
 */
export function besideRunner(
  groups: readonly Item[],
  runner: MapValue,
  resource: MapValue,
  copyMetadata: boolean,
  keys: readonly string[] = OF_ALL,
): MapValue {
  const annotations = mapAt(runner, 'metadata', 'annotations');
  const told = Object.entries(annotations).filter(([key]) => keys.includes(key));
  const whole = copyMetadata ? withSharedMetadata(groups, resource) : resource;
  return withAnnotations(whole, Object.fromEntries(told));
}

function withSharedMetadata(groups: readonly Item[], resource: MapValue): MapValue {
  const [first, ...others] = groups.map((group) => withMetadataOf([group], resource));
  if (first === undefined) return resource;
  const metadata = { ...mapAt(resource, 'metadata') };
  for (const field of ['labels', 'annotations']) {
    const shared = Object.entries(mapAt(first, 'metadata', field)).filter(([key, value]) =>
      others.every((other) => ownOf(mapAt(other, 'metadata', field), key) === value),
    );
    if (shared.length > 0) metadata[field] = Object.fromEntries(shared);
  }
  return { ...resource, metadata };
}

function ownOf(map: MapValue, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
