import { type AnyGroup, ZONED_GROUP } from '../api/index.ts';
import { fields } from '../expand/index.ts';
import { type MapValue, mapAt, mapsAt, textAt } from '../yaml/index.ts';

/** What the Service of one zone has of the written one: not its type and addresses, of which there is one for all zones. */
const IN_EACH_ZONE = ['labels', 'port', 'portName', 'exposeStatus'];

/** The label by which a group's pods are told from those of others. */
export const INSTANCE = 'app.kubernetes.io/instance';

/** The `service` of one zone, where the group has one: for clients that are in the zone themselves. */
export function serviceInZone(service: MapValue): MapValue {
  const kept = Object.entries(service).filter(([field]) => IN_EACH_ZONE.includes(field));
  const ports = mapsAt(service, 'additionalPorts').map(({ nodePort: _, ...port }) => port);
  return {
    type: 'ClusterIP',
    ...(isHeadless(service) && { clusterIP: 'None' }),
    ...Object.fromEntries(kept),
    ...(ports.length > 0 && { additionalPorts: ports }),
  };
}

/** The Service over all zones, made from that of the group as it would be without zones. */
export function serviceAcrossZones(service: MapValue, { metadata, spec: written }: AnyGroup): MapValue {
  const spec = mapAt(service, 'spec');
  const traffic = ('trafficDistribution' in written && written.trafficDistribution) || 'PreferClose';
  const ofAll = (labels: MapValue): MapValue => {
    const { [INSTANCE]: _, ...others } = labels;
    return { ...others, [ZONED_GROUP]: metadata.name ?? '' };
  };
  return {
    ...service,
    metadata: { ...mapAt(service, 'metadata'), labels: ofAll(mapAt(service, 'metadata', 'labels')) },
    spec: {
      ...spec,
      // A name that leads to the pods themselves leaves the choice to the client.
      ...(!isHeadless(spec) && { trafficDistribution: traffic }),
      selector: ofAll(mapAt(spec, 'selector')),
    },
  };
}

/** The Service of the zone whose servers have the name of the Service over all zones: as it is in the other zones. */
export function serviceOfKeeper(service: MapValue, name: string): MapValue {
  const { namespace, labels } = mapAt(service, 'metadata');
  const spec = mapAt(service, 'spec');
  const { clusterIP, ipFamilyPolicy, selector } = spec;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: fields({ name, namespace, labels }),
    spec: fields({
      type: 'ClusterIP',
      clusterIP: isHeadless(spec) ? clusterIP : undefined,
      ipFamilyPolicy,
      ports: mapsAt(spec, 'ports').map(({ nodePort: _, ...port }) => port),
      selector,
    }),
  };
}

/** The Service for clients among the workloads of a group of servers. */
export function clientServiceIn(workloads: readonly MapValue[], set: string): MapValue | undefined {
  return workloads.find(
    (resource) => resource.kind === 'Service' && textAt(resource, 'metadata', 'name') === set,
  );
}

function isHeadless(spec: MapValue): boolean {
  return textAt(spec, 'clusterIP') === 'None';
}
