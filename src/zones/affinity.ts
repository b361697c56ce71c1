import { isIn } from '../expand/index.ts';
import { isMap, type MapValue, mapAt, type Value } from '../yaml/index.ts';

/** The label by which every provider says in which zone a node is. */
export const ZONE_KEY = 'topology.kubernetes.io/zone';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';

/** An affinity that also wants nodes of a zone. Its terms are alternatives, so each of them says so. */
export function affinityInZone(affinity: MapValue, zone: string): MapValue {
  const nodes = mapAt(affinity, 'nodeAffinity');
  const written = mapAt(nodes, REQUIRED).nodeSelectorTerms;
  const terms = Array.isArray(written) && written.length > 0 ? written.map((term) => inZone(term, zone)) : [];
  return {
    ...affinity,
    nodeAffinity: {
      ...nodes,
      [REQUIRED]: {
        ...mapAt(nodes, REQUIRED),
        nodeSelectorTerms: terms.length > 0 ? terms : [{ matchExpressions: [isIn(ZONE_KEY, [zone])] }],
      },
    },
  };
}

function inZone(term: Value, zone: string): Value {
  // Without an expression it matches no node, and one of ours would make it match some.
  if (!isMap(term) || isEmpty(term)) return term;
  const { matchExpressions } = term;
  const own = Array.isArray(matchExpressions) ? matchExpressions : [];
  return { ...term, matchExpressions: [...own, isIn(ZONE_KEY, [zone])] };
}

function isEmpty({ matchExpressions, matchFields }: MapValue): boolean {
  return [matchExpressions, matchFields].every((list) => !Array.isArray(list) || list.length === 0);
}
