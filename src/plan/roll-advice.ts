import { SYNC_WAVE } from '../gitops/index.ts';
import { listed } from '../text/index.ts';
import { textAt } from '../yaml/index.ts';
import type { ClusterSides } from './finding.ts';
import type { SourcedWorkload } from './snapshot.ts';
import { isOfBase, titleOf } from './workload.ts';

/** How to restart groups of stores one after another, of some titles. */
export function oneAfterAnother({ compared }: ClusterSides, titles: readonly string[]): string[] {
  const all = new Set(titles);
  const its = compared.flatMap(({ now, change }) => (now && all.has(change.workload) ? [now] : []));
  return [...(areZones(its) ? BY_HAND : BY_GROUPS), ...inWaves(its)];
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
  // TiDB Operator, which restarts the base, waits for no engine.
  const waves = its.map(({ workload }) => textAt(workload.resource, 'metadata', 'annotations', SYNC_WAVE));
  const areInOrder = new Set(waves).size === waves.length && !waves.includes('');
  if (areInOrder && !its.some(({ workload }) => isOfBase(workload))) {
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
