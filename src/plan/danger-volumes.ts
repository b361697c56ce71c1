import { quote } from '../expand/index.ts';
import { mapsAt, textAt } from '../yaml/index.ts';
import { drainSteps, kubectl, replaceSteps } from './advice.ts';
import { isHandedOver } from './compare-workload.ts';
import { changedPairs, type Finding, type Rule } from './finding.ts';
import type { VolumeChange, VolumeState } from './volumes.ts';
import { canBeGroup, hasColumns, hasRegions, hasSet, serverOf, titleOf, type Workload } from './workload.ts';

export const volumes: Rule = (sides) =>
  changedPairs(sides).flatMap(({ old, now, change }) =>
    change.volumes.flatMap((volume) => findingsOf(old, now, volume)),
  );

function findingsOf(old: Workload, now: Workload, volume: VolumeChange): Finding[] {
  const { verdict, volume: name } = volume;
  const operated = now.runner === 'TiDB Operator';
  // When workloads are handed over, their StatefulSet is created again, with the new claim templates.
  if (isHandedOver(old, now) && verdict !== 'shrunk' && verdict !== 'moved' && verdict !== 'removed')
    return [];
  const facts = [now.set, now.owner.namespace, name, stateText(volume.old), stateText(volume.new)];
  const found = (code: Finding['code'], message: string, instead: readonly string[]): Finding[] => [
    { code, workloads: [now], message, instead, facts },
  ];
  if (verdict === 'shrunk') {
    const size = `${volume.old?.size || 'no size'} → ${volume.new?.size || 'no size'}`;
    const who = operated ? 'neither TiDB Operator nor the storage' : 'neither Kubernetes nor the storage';
    return found(
      'volume-shrunk',
      `the volume "${name}" of ${now.set} would become smaller (${size}), which ${who} can do`,
      anew(now, 'smaller volumes'),
    );
  }
  if (operated && now.replacesVolumes) return [];
  if (verdict === 'moved') {
    const classes = `${classText(volume.old)} → ${classText(volume.new)}`;
    return found(
      'volume-moved',
      operated
        ? `the volume "${name}" of ${now.set} has another storage class (${classes}); TiDB Operator leaves existing claims as they are unless \`spec.enablePVCReplace\` is set, so new pods get other disks than old ones`
        : `the volume "${name}" of ${now.set} has another storage class (${classes}): Kubernetes refuses it, and existing claims stay where they are, with their data`,
      anew(now, 'volumes of the new class'),
    );
  }
  if (verdict === 'removed') {
    return found(
      'volume-removed',
      `the StatefulSet ${now.set} no longer has the volume "${name}" (${volume.old?.size}): ${operated ? 'TiDB Operator cannot update the StatefulSet' : 'Kubernetes refuses the change'}, and the servers would no longer read what is on the volume`,
      [
        'Move what is on the volume to where the server looks for it, or make sure that nothing needs it.',
        ...replaceSteps(now),
      ],
    );
  }
  if (operated && verdict === 'grown') return [];
  return found('claims-changed', changedText(now, volume, operated), changedSteps(old, now, volume));
}

function changedText(
  { set }: Workload,
  { volume, verdict, old, new: now }: VolumeChange,
  operated: boolean,
): string {
  const what =
    verdict === 'grown'
      ? `the volume "${volume}" of ${set} grows (${old?.size || 'no size'} → ${now?.size})`
      : verdict === 'added'
        ? `the StatefulSet ${set} gets another volume "${volume}" (${now?.size})`
        : `the volume "${volume}" of ${set} has another claim`;
  return operated
    ? `${what}, which TiDB Operator does only with \`spec.enablePVCReplace: true\``
    : `${what}: Kubernetes refuses to change \`spec.volumeClaimTemplates\`, and refuses all other changes to the StatefulSet too`;
}

function changedSteps(old: Workload, now: Workload, { volume, verdict, new: state }: VolumeChange): string[] {
  if (now.runner === 'TiDB Operator') {
    return [
      'First set `spec.enablePVCReplace: true` in the TidbCluster, and read what TiDB Operator then does.',
    ];
  }
  const claim = `${volume}-${now.set}-N`;
  const patch = `{"spec":{"resources":{"requests":{"storage":"${state?.size}"}}}}`;
  const grow =
    verdict === 'grown'
      ? [
          `Grow each existing claim (N from 0 to ${Math.max(0, (old.replicas ?? 1) - 1)}; the storage class must allow it): \`${kubectl(now.owner.namespace)} patch pvc ${quote(claim)} -p ${quote(patch)}\`.`,
        ]
      : [];
  return [...grow, ...replaceSteps(now)];
}

/** New stores start next to the old ones, which are then removed. */
export function anew(workload: Workload, what: string): string[] {
  if (workload.owner.kind === 'TidbCluster' && !canBeGroup(workload)) {
    return [
      `Create a new cluster with ${what}, and move to it with a backup or TiCDC: no group can replace ${workload.set}.`,
    ];
  }
  if (!hasRegions(workload) && !hasColumns(workload)) {
    return [`Add a group with another name and ${what}, move to it, and remove ${titleOf(workload.owner)}.`];
  }
  return [
    `Add a group with another name and ${what}, and wait until its stores are up.`,
    ...(workload.runner === 'Kubernetes'
      ? drainSteps(workload, 0)
      : [
          'Then lower the replicas here: TiDB Operator moves the data of each store away before it removes the store.',
        ]),
  ];
}

function stateText(state: VolumeState | undefined): string {
  return state === undefined ? '' : `${state.size} ${state.storageClass} ${state.attributesClass}`;
}

function classText(state: VolumeState | undefined): string {
  return state?.storageClass ? `"${state.storageClass}"` : 'the default';
}

/** Where the server looks for its data, and where its volumes are. */
export const directories: Rule = (sides) =>
  changedPairs(sides).flatMap(({ old, now }): Finding[] => {
    if (!hasSet(old) || !hasSet(now)) return [];
    const findings: Finding[] = [];
    if (old.dataDir !== '' && now.dataDir !== '' && old.dataDir !== now.dataDir) {
      findings.push({
        code: 'data-directory-moved',
        workloads: [now],
        message: `the servers of ${now.set} look for their data in "${now.dataDir}" and no longer in "${old.dataDir}": they start empty, and PD refuses empty stores with addresses that it knows`,
        instead: [
          'Leave `dataSubDir` as it is on servers that have data.',
          'For another directory, add a group with another name, move to it, and remove this one.',
        ],
        facts: [now.set, now.owner.namespace, old.dataDir, now.dataDir],
      });
    }
    for (const { name, before, path } of movedClaims(old, now)) {
      findings.push({
        code: 'volume-moved',
        workloads: [now],
        message: `the volume "${name}" of ${now.set} is mounted at "${path}" and no longer at "${before}": the data in "${before}" stays behind on the volume`,
        instead: [
          'Change the config that names the directory in the same step, so that the server finds its files.',
        ],
        facts: [now.set, now.owner.namespace, name, before, path],
      });
    }
    return findings;
  });

/** The claims that are now mounted at another path. */
export function movedClaims(old: Workload, now: Workload): { name: string; before: string; path: string }[] {
  const mounts = new Map(claimMounts(old));
  return claimMounts(now).flatMap(([name, path]) => {
    const before = mounts.get(name);
    return before === undefined || before === path ? [] : [{ name, before, path }];
  });
}

/** The volumes that are claims, and where the server's container has them. */
function claimMounts(workload: Workload): [string, string][] {
  const names = new Set(workload.claims.map(({ name }) => name));
  return mapsAt(serverOf(workload), 'volumeMounts')
    .map((mount): [string, string] => [textAt(mount, 'name'), textAt(mount, 'mountPath')])
    .filter(([name]) => names.has(name));
}
