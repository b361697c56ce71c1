import { SYNC_WAVE } from '../gitops/index.ts';
import { allBy } from '../lookup/index.ts';
import { listed } from '../text/index.ts';
import { textAt } from '../yaml/index.ts';
import { flowEntries } from '../yaml-write/index.ts';
import type { FieldChange } from './fields.ts';
import type { ClusterSides } from './finding.ts';
import { pairsOf } from './servers.ts';
import type { SourcedWorkload } from './snapshot.ts';
import { isOfBase, titleOf } from './workload.ts';

/** How to restart groups of stores one after another, of some titles. */
export function oneAfterAnother(sides: ClusterSides, titles: readonly string[]): string[] {
  const all = new Set(titles);
  const its = pairsOf(sides, all).flatMap(({ now }) => now ?? []);
  return [...(ofCluster(sides, all) ?? (areZones(its) ? BY_HAND : BY_GROUPS)), ...inWaves(its)];
}

/** A field that a group inherits from its TidbCluster, and that restarts it. */
interface Inherited {
  readonly workload: string;
  readonly field: string;
  readonly old: FieldChange['old'];
  readonly isInZone: boolean;
  readonly group: string;
}

/** Found once for all steps of a roll, of which there may be one for each group. */
const INHERITED = new WeakMap<ClusterSides, ReadonlyMap<string, readonly Inherited[]>>();

/** By the titles of the workloads. */
function inheritedIn(sides: ClusterSides): ReadonlyMap<string, readonly Inherited[]> {
  const known = INHERITED.get(sides);
  if (known !== undefined) return known;
  const title = `TidbCluster ${sides.cluster}`;
  const inherited = sides.compared.flatMap(({ now, change }) =>
    now === undefined || isOfBase(now.workload)
      ? []
      : change.fields
          .filter(({ of, effect }) => of === title && effect === 'restart')
          .map(({ field, old }) => ({
            workload: change.workload,
            field,
            old,
            isInZone: now.workload.zone !== undefined,
            group: groupOf(now),
          })),
  );
  const found = allBy(inherited, ({ workload }) => [workload]);
  INHERITED.set(sides, found);
  return found;
}

/** What groups inherit from their TidbCluster changes in all of them at once. Undefined where they inherit no change. */
function ofCluster(sides: ClusterSides, all: ReadonlySet<string>): string[] | undefined {
  const title = `TidbCluster ${sides.cluster}`;
  const inherited = inheritedIn(sides);
  const ofIts = [...all].flatMap((workload) => inherited.get(workload) ?? []);
  if (ofIts.length === 0) return undefined;
  const { old } = ofIts[0] ?? {};
  if (typeof old !== 'string' || ofIts.some(({ field }) => field !== VERSION)) {
    const groups = new Set(ofIts.map(({ group }) => group));
    return [
      `Set \`statefulSetUpdateStrategy: OnDelete\` in ${fewOf(groups)} first, and apply that, which restarts nothing. Then apply this change, wait until the stores of ${title} have restarted, and delete the pods of the others one after another, waiting until each store is up again.`,
    ];
  }
  const hasZones = ofIts.some(({ isInZone }) => isInZone);
  return [
    `First write the version that the groups have now in each of them: \`${flowEntries({ version: old })}\` in the \`spec\` of ${fewOf(groupsWithVersion(inherited))}. Apply that: nothing restarts.`,
    `Then change \`${VERSION}\` of ${title}, and wait until TiDB Operator has restarted its servers.`,
    'Then change `version` in one group after another, those of SQL servers last, and wait until all servers of one are up before you change the next.',
    ...(hasZones
      ? [
          'Where a group has zones, set `statefulSetUpdateStrategy: OnDelete` before that, and delete its pods one after another: the field is in all zones.',
        ]
      : []),
  ];
}

/** The groups that inherit another version, one by one, because only some are named. */
function* groupsWithVersion(inherited: ReadonlyMap<string, readonly Inherited[]>): Iterable<string> {
  for (const its of inherited.values())
    for (const { field, group } of its) if (field === VERSION) yield group;
}

/** More groups than this are not named. */
const MOST_NAMED = 16;

function fewOf(titles: Iterable<string>): string {
  const few = new Set<string>();
  for (const title of titles) {
    few.add(title);
    if (few.size > MOST_NAMED) return `${[...few].slice(0, MOST_NAMED).join(', ')} and all others`;
  }
  return listed([...few]);
}

const VERSION = 'spec.version';

function groupOf({ written, workload }: SourcedWorkload): string {
  return titleOf(written ?? workload.owner);
}

const BY_GROUPS = [
  'Change one group of stores at a time, and wait until all its stores are up before you change the next.',
];

/** A field of a group with zones is in all of them at once. */
const BY_HAND = [
  'Set `statefulSetUpdateStrategy: OnDelete` first, and apply that, which restarts nothing. Then apply this change, and delete the pods one after another, waiting until each store is up again.',
];

function areZones(its: readonly SourcedWorkload[]): boolean {
  const groups = new Set(
    its.map(({ workload: { zone, owner } }) => (zone ? titleOf({ ...owner, name: zone.group }) : '')),
  );
  return groups.size === 1 && !groups.has('');
}

function inWaves(its: readonly SourcedWorkload[]): string[] {
  const groups = its.filter(({ workload }) => !isOfBase(workload));
  const waves = groups.map(({ workload }) => textAt(workload.resource, 'metadata', 'annotations', SYNC_WAVE));
  const areInOrder = new Set(waves).size === waves.length && !waves.includes('');
  if (areInOrder && groups.length < its.length) {
    return [
      `Or let Argo CD keep the order: the groups are rendered with the sync ${waves.length === 1 ? 'wave' : 'waves'} ${listed(waves)}. It goes on to them as soon as the TidbCluster is applied, which TiDB Operator then restarts; only with the health check of docs/argocd-health.yaml does it wait. If it has that, and waits for each wave, confirm this change.`,
    ];
  }
  if (areInOrder) {
    return [
      `Or let Argo CD keep an order: they are rendered with the sync waves ${listed(waves)}. If it applies them, and waits until each is healthy, say so with \`spec.syncWaves: true\` in the function config: then this is no danger.`,
    ];
  }
  const where = areZones(its)
    ? 'give the zones different sync waves, in the `annotations` of each in `spec.zones`'
    : 'give the groups different sync waves';
  return [
    `Or let the engine keep an order: ${where} (\`${SYNC_WAVE}\`), and make it wait until each is healthy.`,
  ];
}
