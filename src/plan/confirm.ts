import { CONFIRM } from '../api/index.ts';
import { allBy } from '../lookup/index.ts';
import { textAt } from '../yaml/index.ts';
import { writeFlow } from '../yaml-write/index.ts';
import { nameOf } from './base.ts';
import type { FoundDanger } from './find-dangers.ts';
import type { Danger } from './plan.ts';
import type { Snapshot } from './snapshot.ts';
import { titleOf } from './workload.ts';

/**
 * Tells whether a danger is confirmed on a side: by its TidbCluster, or by every group that it is about. If the
 * TidbCluster is missing, any other will do.
 */
export function confirmedIn({ clusters, groups }: Snapshot): (danger: FoundDanger) => boolean {
  const said = new Map<string, Set<string>>();
  const titles = new Set(clusters.map((cluster) => titleOf(nameOf(cluster))));
  for (const cluster of clusters) {
    for (const token of confirmedBy(cluster)) say(said, token, titleOf(nameOf(cluster)));
  }
  for (const { owner, source } of groups) {
    if (source === undefined) continue;
    for (const token of confirmedBy(source.group)) say(said, token, titleOf(owner));
  }
  return ({ confirm, cluster, owners }) => {
    const by = said.get(confirm);
    if (by === undefined) return owners.length === 0;
    const title = `TidbCluster ${cluster}`;
    const byCluster = titles.has(title) ? by.has(title) : [...by].some((one) => titles.has(one));
    return byCluster || owners.every((owner) => by.has(titleOf(owner)));
  };
}

function confirmedBy(resource: Parameters<typeof textAt>[0]): string[] {
  return tokensOf(textAt(resource, 'metadata', 'annotations', CONFIRM));
}

function say(said: Map<string, Set<string>>, token: string, by: string): void {
  said.set(token, (said.get(token) ?? new Set()).add(by));
}

/** What an annotation confirms. */
export function tokensOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * The line by which each resource confirms all dangers that are confirmed there, by its title: a key is in a map once. With
 * how many confirmations it has.
 */
export function confirmLines(
  dangers: readonly Danger[],
): Map<string, { readonly line: string; readonly count: number }> {
  const byTitle = allBy(dangers, ({ confirmIn }) => [confirmIn]);
  return new Map(
    [...byTitle].map(([title, its]) => {
      const tokens = [...new Set(its.map(({ confirm }) => confirm))];
      return [title, { line: `${CONFIRM}: ${writeFlow(tokens.join(', '))}`, count: tokens.length }];
    }),
  );
}
