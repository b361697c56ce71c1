import { CONFIRM, type GroupOutput } from '../api/index.ts';
import { waitsForWaves } from '../gitops/index.ts';
import { isOfKustomize } from '../krm/index.ts';
import { type Changes, type Item, NO_CHANGES } from '../list/index.ts';
import { firstBy } from '../lookup/index.ts';
import { compare, confirmLines, type Danger, type DangerCode, titleOf, tokensOf } from '../plan/index.ts';
import { type Path, Problems } from '../problem/index.ts';
import { Gathered } from './gather.ts';
import { ownersOf } from './generated.ts';
import type { Settings } from './settings.ts';
import { snapshotAfter, snapshotOfEarlier } from './snapshot.ts';

/** A render, and what it finds of an earlier one. */
export interface Guarded {
  readonly items: readonly Item[];
  readonly gathered: Gathered;
  readonly changes: Changes;
  /** What an earlier render wrote and this one will overwrite, which is not among the items. */
  readonly before: readonly Item[];
  readonly output: GroupOutput;
  readonly settings: Pick<Settings, 'drain' | 'syncWaves'>;
}

/**
 * Reports every unconfirmed dangerous change between an earlier render and this one, and confirmations of no change.
 * Only `before` has the earlier TidbClusters.
 */
export function guard(
  { items, gathered, changes, before, output, settings }: Guarded,
  problems: Problems,
): void {
  const now = { ...snapshotAfter(items, changes, gathered, false), isOrdered: waitsForWaves(settings) };
  const there = new Gathered(before, { output });
  // What is wrong with an earlier render is not for this one to report.
  there.check(new Problems());
  const earlier = new Set([...there.generated.values()].flat());
  const owners = new Set([...earlier].flatMap(ownersOf));
  for (const item of leftovers(gathered)) {
    if (!ownersOf(item).some((owner) => owners.has(owner))) earlier.add(item);
  }
  const clusters =
    there.clusters.length > 0 ? snapshotAfter(before, NO_CHANGES, there, true).clusters : now.clusters;
  const { dangers } = compare(snapshotOfEarlier(earlier, clusters), now);
  const groups = new Set(gathered.groups.map((group) => gathered.writtenAs(group)));
  const annotated = [...groups, ...gathered.clusters];
  reportDangers(dangers, annotated, [...earlier, ...before], problems);
  reportUnused(annotated, new Set(dangers.map(({ confirm }) => confirm)), problems);
}

/**
 * The output of earlier renders. In kustomize, rendered items come from a lower layer of the same build that has
 * already expanded the groups: that is not an earlier state.
 */
function leftovers({ generated }: Gathered): Item[] {
  return [...generated.values()].flat().filter((item) => !isOfKustomize(item));
}

/** Of so many confirmations in one resource, each message has the whole line; of more, only the first one has. */
const MOST_CONFIRMED = 20;

function reportDangers(
  dangers: readonly Danger[],
  annotated: readonly Item[],
  others: readonly Item[],
  problems: Problems,
): void {
  const byTitle = firstBy(annotated, titleOf);
  const lines = confirmLines(dangers);
  const cluster = annotated.find(({ kind }) => kind === 'TidbCluster');
  const said = new Set<string>();
  for (const { code, message, confirm, confirmIn, confirmed } of dangers) {
    if (confirmed) continue;
    const annotates = byTitle.get(confirmIn) ?? cluster;
    const origin = annotates ?? others[0];
    if (origin === undefined) continue;
    const { line = '', count = 0 } = lines.get(confirmIn) ?? {};
    const isWhole = count <= MOST_CONFIRMED || !said.has(confirmIn);
    said.add(confirmIn);
    const what = isWhole ? `write \`${line}\`` : `write \`${confirm}\` too into \`${CONFIRM}\``;
    const way =
      annotates !== undefined
        ? `${what} under \`metadata.annotations\` of the ${titleOf(annotates)}`
        : 'set `guard: false` in the function config for this render, because no resource is left that could confirm it';
    const text = `this change is dangerous (\`${code}\`): ${message}; \`tidb-groups explain ${code}\` says what to do instead; if you mean it, ${way}`;
    problems.add('danger-unconfirmed', origin, fieldOf(origin, code), text);
  }
}

/** Where people look for the reason of a danger, if they have written that. */
const FIELDS: { readonly [code in DangerCode]?: Path } = {
  'store-scale-in': ['spec', 'replicas'],
  'quorum-at-risk': ['spec', 'replicas'],
  suspended: ['spec', 'suspendAction'],
  'replicas-handed-over': ['spec', 'replicas'],
  'replicas-taken-back': ['spec', 'replicas'],
  'servers-removed': ['spec', 'replicas'],
  'cluster-changed': ['spec', 'cluster'],
  'pod-management-changed': ['spec', 'podManagementPolicy'],
  'claims-changed': ['spec', 'requests', 'storage'],
  'volume-shrunk': ['spec', 'requests', 'storage'],
  'volume-moved': ['spec', 'storageClassName'],
  'data-directory-moved': ['spec', 'dataSubDir'],
  'version-downgrade': ['spec', 'version'],
  'version-skipped': ['spec', 'version'],
  'config-refused': ['spec', 'config'],
  'placement-changed': ['spec', 'config'],
};

function fieldOf(item: Item, code: DangerCode): Path {
  const path = FIELDS[code];
  return path !== undefined && item.written(path) !== undefined ? path : ['metadata', 'name'];
}

/** A confirmation that is left would hold for the very same change another time. */
function reportUnused(annotated: readonly Item[], used: ReadonlySet<string>, problems: Problems): void {
  for (const item of annotated) {
    for (const token of tokensOf(item.annotation(CONFIRM) ?? '')) {
      if (used.has(token)) continue;
      const path = ['metadata', 'annotations', CONFIRM];
      const message = `\`metadata.annotations["${CONFIRM}"]\` says "${token}", which confirms no change in this render; remove it, so that it does not confirm the same change another time`;
      problems.add('confirm-unused', item, path, message);
    }
  }
}
