import type { Affinity, AnyGroup, TidbCluster, TopologySpreadConstraint } from '../api/index.ts';
import type { Field } from '../problem/index.ts';
import { show } from '../text/index.ts';
import { ZONE_KEY } from './affinity.ts';
import { zoneValues } from './plain-groups.ts';

/** Other settings that say in which zone the pods of a group run: its own, or those of its cluster. */
export function checkPlaces(group: AnyGroup, cluster: TidbCluster, at: Field): void {
  const { spec } = group;
  const zones = zoneValues(group);
  const own = spec.nodeSelector?.[ZONE_KEY];
  const selected = own ?? cluster.spec.nodeSelector?.[ZONE_KEY];
  const [step, whose] =
    own === undefined
      ? [
          ['zones'],
          `is not where the pods can run: \`spec.nodeSelector\` of ${titleOf(cluster)} wants nodes of `,
        ]
      : [['nodeSelector', ZONE_KEY], 'is '];
  if (selected !== undefined && zones.some((zone) => zone !== selected)) {
    const message = `${whose}the zone ${show(selected)}, but \`spec.zones\` has ${zones.map(show).join(', ')}, whose pods would never be scheduled; remove it from the \`nodeSelector\``;
    at.to(...step).add('zone-conflict', message);
  }
  const affinity = spec.affinity ? at.to('affinity') : at.to('zones');
  checkTerms(spec.affinity ?? cluster.spec.affinity, zones, affinity);
  checkSpread(spec.topologySpreadConstraints, cluster, at);
}

function titleOf({ metadata }: TidbCluster): string {
  return `the TidbCluster ${show(metadata.name ?? '')}`;
}

/** Terms of which none can match a node of some zone. */
function checkTerms(affinity: Affinity | undefined, zones: readonly string[], at: Field): void {
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const terms = required?.nodeSelectorTerms ?? [];
  if (terms.length === 0) return;
  const wanted = terms.map(({ matchExpressions = [] }) =>
    matchExpressions
      .filter(({ key }) => key === ZONE_KEY)
      .map(({ operator, values }) => ({ operator, values: new Set(values) })),
  );
  const lost = zones.filter((zone) =>
    wanted.every((expressions) =>
      expressions.some(({ operator, values }) =>
        operator === 'In' ? !values.has(zone) : operator === 'NotIn' && values.has(zone),
      ),
    ),
  );
  if (lost.length === 0) return;
  const message = `requires nodes that are not in ${lost.map(show).join(' or ')} of \`spec.zones\`, so pods there would never be scheduled; leave out \`${ZONE_KEY}\`, which \`zones\` adds to each term`;
  at.add('zone-conflict', message);
}

/** In one zone there is nothing to spread over; a constraint that counts the nodes of others lets few pods run. */
function checkSpread(
  constraints: readonly TopologySpreadConstraint[] | undefined,
  cluster: TidbCluster,
  at: Field,
): void {
  const isOwn = (constraints?.length ?? 0) > 0;
  (isOwn ? constraints : cluster.spec.topologySpreadConstraints)?.forEach((constraint, index) => {
    const { topologyKey, minDomains = 1, nodeAffinityPolicy } = constraint;
    if (topologyKey !== ZONE_KEY) return;
    const here = isOwn ? at.to('topologySpreadConstraints', index) : at.to('zones');
    const whose = isOwn ? '' : `of ${titleOf(cluster)} is inherited by the group and `;
    const what = isOwn
      ? ''
      : `does not go with a constraint that spreads pods over zones: \`spec.topologySpreadConstraints[${index}]\` `;
    const field = minDomains > 1 ? 'minDomains' : nodeAffinityPolicy === 'Ignore' ? 'nodeAffinityPolicy' : '';
    if (field !== '') {
      const message = `${what}${whose}counts other zones by \`${field}\`, but all pods of a StatefulSet are in one zone, so only some of them would be scheduled; remove \`${field}\`, because \`spec.zones\` spreads the servers already`;
      here.add('zone-conflict', message);
    } else if (isOwn) {
      const message = `has no effect, because all pods of a StatefulSet are in one zone: \`spec.zones\` spreads the servers already; remove it, or spread them over \`kubernetes.io/hostname\``;
      here.add('no-effect', message);
    }
  });
}
