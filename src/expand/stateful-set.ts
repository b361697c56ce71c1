import { DRAINED_TO, ROLLOUT } from '../api/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { copy, fields, unlessEmpty } from './copy.ts';
import { selectorLabels } from './labels.ts';
import type { Member } from './member.ts';
import { type Generated, podTemplate } from './pod.ts';

/** Which pods of a set are left out: an annotation for the advanced StatefulSet controller. */
const DELETE_SLOTS = 'delete-slots';

/** The StatefulSet, or nothing while it is suspended. No partition is set, because nothing would lower it. */
export function statefulSet(
  member: Member,
  generated: Generated,
  claims: readonly MapValue[],
): MapValue | undefined {
  const { component, names, annotations, spec, settings, safe } = member;
  if (settings.suspendAction?.suspendStatefulSet) return undefined;
  const labels = selectorLabels(component, names);
  const drained = annotations[DRAINED_TO];
  const slots = annotations[`${component}.tidb.pingcap.com/${DELETE_SLOTS}`];
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: fields({
      name: names.server,
      namespace: names.namespace,
      labels,
      annotations: unlessEmpty({
        ...(slots !== undefined && { [DELETE_SLOTS]: slots }),
        ...(drained !== undefined && { [DRAINED_TO]: drained }),
        ...(safe !== undefined && { [ROLLOUT]: member.rollout }),
      }),
    }),
    spec: fields({
      minReadySeconds: safe?.minReadySeconds,
      replicas: copy(spec.replicas),
      // Claims of a group that is deleted stay.
      persistentVolumeClaimRetentionPolicy: member.deletesClaims
        ? { whenDeleted: 'Retain', whenScaled: 'Delete' }
        : undefined,
      podManagementPolicy: settings.podManagementPolicy === 'OrderedReady' ? 'OrderedReady' : 'Parallel',
      selector: { matchLabels: { ...labels } },
      serviceName: names.peer,
      updateStrategy: {
        type: settings.statefulSetUpdateStrategy === 'OnDelete' ? 'OnDelete' : 'RollingUpdate',
      },
      template: podTemplate(member, generated, claims),
      volumeClaimTemplates: unlessEmpty([...claims]),
    }),
  };
}
