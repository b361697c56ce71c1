import { isMap, type Value } from '../yaml/index.ts';
import { commented, fieldsOf } from '../yaml-write/draft.ts';
import type { Group } from './group.ts';
import { labelsOfPods } from './metadata.ts';
import type { Section } from './section.ts';

/** Where an own setting of a group goes before that of its TidbCluster. */
function sectionOf({ own, source }: Group, field: string): Section | undefined {
  return [own, source.cluster].find((section) => section.value(field) !== undefined);
}

/** The settings of a pod that are more than moved to the overlay. */
export function convertPod(group: Group): void {
  convertUpdates(group);
  convertSpread(group);
  convertNodeSelector(group);
  const network = sectionOf(group, 'hostNetwork')?.value('hostNetwork');
  if (network === true && sectionOf(group, 'dnsPolicy') === undefined)
    group.setInPod(['dnsPolicy'], 'ClusterFirstWithHostNet');
  reportSelectors(group);
  const grace = group.value('terminationGracePeriodSeconds');
  group.setInPod(['terminationGracePeriodSeconds'], group.take('terminationGracePeriodSeconds'));
  if (grace === 0)
    group.changed(['terminationGracePeriodSeconds'], 'an overlay cannot say 0, so the time is its own');
  if (group.value('suspendAction', 'suspendStatefulSet') === true)
    group.lost(['suspendAction', 'suspendStatefulSet'], 'only a whole Cluster is suspended');
}

/** v1 leaves pods alone where nothing is written, and v2 restarts them. */
function convertUpdates(group: Group): void {
  const section = sectionOf(group, 'configUpdateStrategy');
  const isRolling = section?.value('configUpdateStrategy') === 'RollingUpdate';
  const comments = section?.comments('configUpdateStrategy') ?? '';
  group.set(['updateStrategy', 'config'], commented(isRolling ? 'Restart' : 'HotReload', comments));
}

function convertNodeSelector(group: Group): void {
  for (const section of [group.source.cluster, group.own]) {
    for (const key of section.keys('nodeSelector'))
      group.setInPod(['nodeSelector', key], section.take('nodeSelector', key));
  }
}

const COMPONENT = 'app.kubernetes.io/component';
const INSTANCE = 'app.kubernetes.io/instance';

function convertSpread(group: Group): void {
  const field = 'topologySpreadConstraints';
  const section = sectionOf(group, field);
  const constraints = section?.value(field);
  if (section === undefined || !Array.isArray(constraints)) return;
  for (const index of constraints.keys()) {
    const at = [field, index];
    const matchLabels = { ...labelsOfPods(group) };
    for (const key of section.keys(...at, 'matchLabels')) {
      const value = String(section.value(...at, 'matchLabels', key));
      if (key === COMPONENT) matchLabels['pingcap.com/component'] = value;
      else if (key === INSTANCE) matchLabels['pingcap.com/group'] = value;
      else group.report.lost(section, [...at, 'matchLabels', key], 'it has no effect in v1 either');
    }
    const skew = section.value(...at, 'maxSkew');
    group.addToPod(
      field,
      fieldsOf({
        maxSkew: skew ? section.take(...at, 'maxSkew') : 1,
        topologyKey: section.take(...at, 'topologyKey'),
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels },
        minDomains: section.take(...at, 'minDomains'),
        nodeAffinityPolicy: section.take(...at, 'nodeAffinityPolicy'),
      }),
    );
  }
}

/** Pods of v2 have other labels, which an affinity to other pods may go by. */
function reportSelectors(group: Group): void {
  const section = sectionOf(group, 'affinity');
  if (section === undefined) return;
  for (const kind of ['podAffinity', 'podAntiAffinity']) {
    if (!selects(section.value('affinity', kind))) continue;
    const labels = Object.keys(labelsOfPods(group)).map((key) => `\`${key}\``);
    const how = `it selects pods by labels of v1; those of v2 are ${labels.join(', ')}`;
    group.report.changed(section, ['affinity', kind], how);
  }
}

function selects(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.some(selects);
  if (!isMap(value)) return false;
  const isOfV1 = (text: unknown) => typeof text === 'string' && text.startsWith('app.kubernetes.io/');
  return Object.entries(value).some(
    ([key, inner]) => isOfV1(key) || (key === 'key' && isOfV1(inner)) || selects(inner),
  );
}

/** A probe: v2 makes some by itself, and of the others a port is probed. */
export function convertProbe(group: Group): void {
  const { probe } = group.source.inV2;
  const type = group.value('readinessProbe', 'type');
  if (group.value('readinessProbe') === undefined) return;
  if (probe === 'typed') group.set(['probes', 'readiness', 'type'], group.take('readinessProbe', 'type'));
  else if (type === 'command' || (probe === 'own' && type !== undefined)) {
    const why = probe === 'own' ? 'it probes in a way of its own' : 'only the port is probed';
    group.lost(['readinessProbe', 'type'], why);
  }
  if (typeof probe === 'number') group.setInServer(['readinessProbe', 'tcpSocket'], { port: probe });
  for (const field of ['initialDelaySeconds', 'periodSeconds'])
    group.setInServer(['readinessProbe', field], group.take('readinessProbe', field));
}
