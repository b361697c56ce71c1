import type { Item } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { type MapValue, textAt } from '../yaml/index.ts';
import { SYNC_WAVE } from './keys.ts';

/** The sync wave in an annotation; undefined where there is none, or one that is no integer, which Argo CD does not count. */
export function waveOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[-+]?\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The sync wave that is written in a resource. */
export function waveIn(resource: MapValue | undefined): number | undefined {
  return waveOf(textAt(resource, 'metadata', 'annotations', SYNC_WAVE));
}

/** Warns of sync waves of TidbClusters and groups that are no integers. */
export function checkWaves(items: Iterable<Item>, problems: Problems): void {
  for (const item of items) {
    const text = item.annotation(SYNC_WAVE);
    if (text === undefined || waveOf(text) !== undefined) continue;
    const message = `the annotation "${SYNC_WAVE}" has no effect, because "${text}" is not an integer: Argo CD takes it for wave 0; write a number in quotes, such as "1", or remove it`;
    problems.add('no-effect', item, ['metadata', 'annotations', SYNC_WAVE], message);
  }
}
