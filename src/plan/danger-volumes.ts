import { quote } from '../expand/index.ts';
import { mapsAt, textAt } from '../yaml/index.ts';
import { kubectl, replaceSteps } from './advice.ts';
import type { ClusterObject } from './base.ts';
import { isHandedOver } from './compare-workload.ts';
import { changedPairs, type Finding, type Rule } from './finding.ts';
import { replaceServers } from './steps.ts';
import type { VolumeChange, VolumeState } from './volumes.ts';
import { wordsOn } from './words.ts';
import { hasSet, serverOf, type Workload } from './workload.ts';

export const volumes: Rule = (sides) =>
  changedPairs(sides).flatMap(({ old, now, change }) =>
    change.volumes.flatMap((volume) => findingsOf(sides.old, old, now, volume)),
  );

function findingsOf(
  cluster: ClusterObject | undefined,
  old: Workload,
  now: Workload,
  volume: VolumeChange,
): Finding[] {
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
      replaceServers(cluster, now, 'smaller volumes'),
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
      replaceServers(cluster, now, 'volumes of the new class'),
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
        message: `the servers of ${now.set} look for their data in "${now.dataDir}" and no longer in "${old.dataDir}": ${wordsOn(now).without}`,
        instead: [
          'Leave `dataSubDir` as it is on servers that have data.',
          ...replaceServers(sides.old, now, 'the new directory'),
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

/** The claims that are now mounted at another path; one that is mounted several times, where it is no longer. */
export function movedClaims(old: Workload, now: Workload): { name: string; before: string; path: string }[] {
  const [mounts, after] = [claimMounts(old), claimMounts(now)];
  return [...mounts].flatMap(([name, paths]) => {
    const others = after.get(name) ?? new Set();
    const added = [...others].filter((path) => !paths.has(path));
    const gone = [...paths].filter((path) => !others.has(path));
    return gone.flatMap((before, index) => {
      const path = added[index] ?? added[0];
      return path === undefined ? [] : [{ name, before, path }];
    });
  });
}

/** The volumes that are claims, and where the server's container has them. */
function claimMounts(workload: Workload): ReadonlyMap<string, ReadonlySet<string>> {
  const mounts = new Map(workload.claims.map(({ name }) => [name, new Set<string>()]));
  for (const mount of mapsAt(serverOf(workload), 'volumeMounts')) {
    mounts.get(textAt(mount, 'name'))?.add(textAt(mount, 'mountPath'));
  }
  return mounts;
}
