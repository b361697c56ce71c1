import { type AnyGroup, DRAIN_TO, DRAINED_TO, type TidbCluster } from '../api/index.ts';
import { byKind } from '../components/index.ts';
import { withoutNulls } from '../expand/index.ts';
import { Field, type Problems, type Subject } from '../problem/index.ts';
import { show } from '../text/index.ts';
import { checkAutoscale } from './autoscale.ts';
import { checkLabelsFree } from './check-labels.ts';
import { checkPlaces } from './check-places.ts';
import { checkOwnLabel, checkPodSelectors } from './check-selectors.ts';
import { zonesOf } from './plain-groups.ts';
import { sharesOf } from './shares.ts';

/** Adds a problem for what keeps a group from being rendered for its zones, or with labels that name it. */
export function checkPlacement(
  group: Subject<AnyGroup>,
  { object: cluster }: Subject<TidbCluster>,
  problems: Problems,
): void {
  const at = new Field(group.origin, problems);
  const written = withoutNulls(group.object);
  const hasZones = zonesOf(written).length > 0;
  checkLabelsFree(group.object, at.to('spec'));
  checkTraffic(written, hasZones, at.to('spec', 'trafficDistribution'));
  if (!hasZones) return;
  checkNames(written, at.to('spec', 'zones'));
  checkShares(written, at.to('spec', 'replicas'));
  checkAutoscale(written, zonesOf(written).length, at.to('spec', 'autoscale'));
  checkCounts(written, at.to('metadata', 'annotations'));
  checkPlaces(written, withoutNulls(cluster), at.to('spec'));
  checkOwnLabel(written, at.to('spec'));
  checkPodSelectors(written, at.to('spec'));
}

function checkNames(group: AnyGroup, at: Field): void {
  const taken = { name: new Map<string, number>(), value: new Map<string, number>() };
  const zones = zonesOf(group).sort((one, other) => one.index - other.index);
  let keeper: string | undefined;
  for (const { spec, index } of zones) {
    const said = { name: spec.name, value: spec.value || spec.name };
    for (const field of ['name', 'value'] as const) {
      const before = taken[field].get(said[field]);
      taken[field].set(said[field], index);
      if (before === undefined) continue;
      const message = `has the ${field} ${show(said[field])}, as \`spec.zones[${before}]\` has; give each zone a ${field} of its own, or remove one`;
      at.to(index).add('name-duplicate', message);
      break;
    }
    if (!spec.keepsName) continue;
    if (keeper !== undefined) {
      const message = `is true, as for the zone ${show(keeper)}, and only one zone can have the group's own name; remove one`;
      at.to(index, 'keepsName').add('name-duplicate', message);
    }
    keeper ??= spec.name;
  }
}

function checkShares(group: AnyGroup, at: Field): void {
  const zones = zonesOf(group).map(({ spec }) => spec);
  const shares = sharesOf(group.spec.replicas, zones);
  if (typeof shares === 'string') at.add('zone-replicas', shares);
}

/** What a group says of one StatefulSet, where each of its zones has one. */
function checkCounts({ kind, metadata }: AnyGroup, at: Field): void {
  const slots = `${byKind[kind].name}.tidb.pingcap.com/delete-slots`;
  for (const key of [DRAIN_TO, DRAINED_TO, slots]) {
    const value = metadata.annotations?.[key];
    if (value === undefined) continue;
    const message = `is ${show(value)}, but counts the servers of one StatefulSet, and each zone has its own; write it as \`annotations\` of a zone in \`spec.zones\``;
    at.to(key).add('zone-conflict', message, 'key');
  }
}

const SINCE_1_34 = ['PreferSameNode', 'PreferSameZone'];

function checkTraffic(group: AnyGroup, hasZones: boolean, at: Field): void {
  const { spec } = group;
  const traffic = 'trafficDistribution' in spec ? spec.trafficDistribution : undefined;
  if (!traffic) return;
  if (!hasZones || !('service' in spec) || !spec.service) {
    const message = `is ${show(traffic)} and has no effect, because only a group with \`zones\` and \`service\` has a Service over all zones; remove it`;
    at.add('no-effect', message, 'key');
  } else if (SINCE_1_34.includes(traffic)) {
    const message = `is ${show(traffic)}, which needs Kubernetes 1.34; before that, write \`PreferClose\``;
    at.add('kubernetes-version', message);
  }
}
