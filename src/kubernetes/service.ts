import { type MapValue, mapAt, mapsAt, sameValue, type Value } from '../yaml/index.ts';
import { asCreated } from './as-created.ts';
import type { RefusedField } from './refused.ts';

/** What a Service gets with its addresses, unless it requests something itself. */
const ADDRESSES = ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'];

/**
 * A Service that is applied over another: what was handed out to it stays, also where the new state leaves it out.
 * Source: `patchAllocatedValues` and `dropTypeDependentFields` of Kubernetes' registry of Services.
 */
export function serviceAfter(old: MapValue, now: MapValue): MapValue {
  const after = asCreated(now);
  const [was, is] = [mapAt(asCreated(old), 'spec'), mapAt(after, 'spec')];
  const written = mapAt(now, 'spec');
  const spec: MapValue = { ...is };
  const keep = (field: string) => {
    if (!isSaid(written[field]) && was[field] !== undefined) spec[field] = was[field] ?? null;
  };
  if (hasAddress(was) && hasAddress(is)) ADDRESSES.forEach(keep);
  if (isChecked(was) && isChecked(is)) keep('healthCheckNodePort');
  if (hasNodePorts(was) && hasNodePorts(is))
    spec.ports = withNodePorts(mapsAt(was, 'ports'), mapsAt(is, 'ports'));
  return { ...after, spec };
}

function isSaid(value: Value | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : !!value;
}

function hasAddress({ type }: MapValue): boolean {
  return type !== 'ExternalName';
}

function hasNodePorts({ type, allocateLoadBalancerNodePorts }: MapValue): boolean {
  return type === 'NodePort' || (type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false);
}

/** Whether load balancers ask each node for its health, which takes a port. */
function isChecked({ type, externalTrafficPolicy }: MapValue): boolean {
  return type === 'LoadBalancer' && externalTrafficPolicy === 'Local';
}

/** A port has the node port that the one of its name had, unless another has taken it. */
function withNodePorts(was: readonly MapValue[], is: readonly MapValue[]): Value[] {
  const taken = new Set(is.map(({ nodePort }) => nodePort));
  const before = new Map(was.map(({ name, nodePort }) => [name, nodePort]));
  return is.map((port) => {
    const kept = port.nodePort ?? before.get(port.name);
    return kept === undefined || (port.nodePort === undefined && taken.has(kept))
      ? port
      : { ...port, nodePort: kept };
  });
}

/** The fields that an update of a Service may not change, and does. What was handed out before, no file tells. */
export function refusedInService(old: MapValue, now: MapValue): RefusedField[] {
  const [was, is] = [mapAt(asCreated(old), 'spec'), mapAt(serviceAfter(old, now), 'spec')];
  const refused: RefusedField[] = [];
  const unlessSame = (field: string) => {
    if (!sameValue(was[field], is[field]))
      refused.push({ path: ['spec', field], old: was[field], new: is[field] });
  };
  if (was.type === 'LoadBalancer' && is.type === 'LoadBalancer') unlessSame('loadBalancerClass');
  if (isChecked(was) && isChecked(is)) unlessSame('healthCheckNodePort');
  if (!hasAddress(was) || !hasAddress(is)) return refused;
  unlessSame('clusterIP');
  if (refused.some(({ path }) => path[1] === 'clusterIP')) return refused;
  if (is.clusterIP === 'None') {
    // Omitting the address does not remove "None".
    if (is.type !== 'ClusterIP') {
      refused.push({
        path: ['spec', 'type'],
        old: was.type,
        new: is.type,
        because: `\`clusterIP\` stays "None"`,
      });
    }
    return refused;
  }
  const [family, wanted] = [firstOf(was.ipFamilies), firstOf(is.ipFamilies)];
  if (wanted !== undefined && family !== wanted) unlessSame('ipFamilies');
  return refused;
}

function firstOf(list: Value | undefined): Value | undefined {
  return Array.isArray(list) ? list[0] : undefined;
}
