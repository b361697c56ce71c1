import { CONFIRM } from '../api/index.ts';
import { writeFlow } from '../list/index.ts';
import { nameOf } from './base.ts';
import { textAt } from './fields.ts';
import type { FoundDanger } from './find-dangers.ts';
import type { Danger } from './plan.ts';
import type { Snapshot } from './snapshot.ts';
import { addressOf, titleOf } from './workload.ts';

/** Whether a danger is confirmed: by its TidbCluster, or by every group that it is about. */
export function isConfirmed(
  { confirm, cluster, owners }: FoundDanger,
  { clusters, groups }: Snapshot,
): boolean {
  const named = clusters.filter((candidate) => addressOf(nameOf(candidate)) === cluster);
  if ((named.length > 0 ? named : clusters).some((candidate) => says(candidate, confirm))) return true;
  return owners.every((owner) =>
    groups.some(
      ({ owner: group, source }) =>
        source !== undefined && titleOf(group) === titleOf(owner) && says(source.group, confirm),
    ),
  );
}

function says(resource: Parameters<typeof textAt>[0], confirm: string): boolean {
  return tokensOf(textAt(resource, 'metadata', 'annotations', CONFIRM)).includes(confirm);
}

/** What an annotation confirms. */
export function tokensOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The line by which a resource confirms all dangers that are confirmed there: a key is in a map once. */
export function confirmLine(dangers: readonly Danger[], confirmIn: string): string {
  const tokens = dangers.filter((danger) => danger.confirmIn === confirmIn).map(({ confirm }) => confirm);
  return `${CONFIRM}: ${writeFlow([...new Set(tokens)].join(', '))}`;
}
