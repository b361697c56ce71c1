import { sizeOf } from '../api/index.ts';
import type { ResourcesInV2 } from '../components/index.ts';
import { capacity } from '../expand/index.ts';
import type { Path } from '../problem/index.ts';
import type { Value } from '../yaml/index.ts';
import type { Draft } from '../yaml-write/draft.ts';
import type { Group } from './group.ts';
import { Tree } from './tree.ts';

const SHORT = ['cpu', 'memory'];

/**
 * What a container may use. v2 has one figure for request and limit; where they differ, or something else is requested,
 * both stand in the overlay. `storage` is not the container's.
 */
export function resources({ own, report }: Group, at: Path): ResourcesInV2 {
  const [short, overlay] = [new Tree(), new Tree()];
  const take = (list: string, name: string): Draft | undefined => own.take(...at, list, name);
  for (const name of SHORT) {
    const [request, limit] = [own.value(...at, 'requests', name), own.value(...at, 'limits', name)];
    if (limit !== undefined && (request === undefined || isSame(request, limit))) {
      short.set([name], take('limits', name));
      continue;
    }
    overlay.set(['requests', name], take('requests', name));
    overlay.set(['limits', name], take('limits', name));
  }
  for (const list of ['requests', 'limits']) {
    for (const name of own.keys(...at, list)) {
      if (name === 'storage') {
        if (at.length > 0) report.lost(own, [...at, list, name], 'the container has no volume');
      } else if (!SHORT.includes(name)) overlay.set([list, name], take(list, name));
    }
  }
  overlay.set(['claims'], own.take(...at, 'claims'));
  const [its, others] = [short.build(), overlay.build()];
  return { short: its.size > 0 ? its : undefined, overlay: others.size > 0 ? others : undefined };
}

function isSame(one: Value, other: Value): boolean {
  return sizeOf(String(one)) === sizeOf(String(other));
}

/** Those of the server, and what `limits.storage` means to a store. */
export function serverResources(group: Group): void {
  const { short, overlay } = group.resources();
  group.set(['resources'], short);
  for (const [key, value] of overlay ?? []) group.setInServer(['resources', key], value);
  const limit = group.value('limits', 'storage');
  if (limit === undefined) return;
  if (group.source.component.keeps === 'regions') {
    group.setConfig('raftstore.capacity', capacity({ limits: { storage: String(limit) } }));
  } else group.lost(['limits', 'storage'], '');
}
