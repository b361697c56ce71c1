import { byName, isComponentName } from '../components/index.ts';
import { NETWORK } from '../components/network.generated.ts';
import {
  type Cluster,
  LAYERS,
  type Labels,
  type Layer,
  type Link,
  type ServerComponent,
  type Servers,
  type Service,
  sumOf,
  type Volume,
} from '../system/index.ts';
import { visible } from '../text/index.ts';
import { resourcesText, totalText } from './graph-amounts.ts';

/** The texts of all pictures of a system, each on one line with everything visible. */

/** `TiKV`; of PD's microservices `PD tso`. */
export function componentTitle(component: ServerComponent): string {
  return isComponentName(component) ? byName[component].title : `${byName.pd.title} ${component}`;
}

/** From those who ask to those who answer. */
export const LAYER_NAMES: { readonly [layer in Layer]: string } = {
  clients: 'Clients',
  proxies: 'Proxies',
  sql: 'SQL servers',
  binlogs: 'Binlogs',
  stores: 'Stores',
  changefeeds: 'Change feeds',
  placement: 'Placement',
};

/** Servers as a card shows them. */
export interface Card {
  /** `TiKV hot`. */
  readonly title: string;
  /** `×3`. */
  readonly count: string;
  /** `TiKVGroup · v8.5.7`. */
  readonly subtitle: string;
  readonly facts: readonly Fact[];
}

/** A line of a card: what it is about, which may be empty, and what there is to say. */
export interface Fact {
  readonly about: string;
  readonly text: string;
}

export function cardOf(servers: Servers, { namespace }: Cluster): Card {
  const { component, name, joins, kind, version, suspended } = servers;
  const where = servers.namespace === namespace ? '' : `${servers.namespace}/`;
  return {
    title: visible(`${componentTitle(component)} ${where}${name}`),
    count: `${suspended ? 'suspended ' : ''}×${countOf(servers)}`,
    subtitle: visible([joins ? kind : 'base', version].filter((part) => part !== '').join(' · ')),
    facts: factsOf(servers).map(({ about, text }) => ({ about, text: visible(text) })),
  };
}

/** `3`, or between which numbers an autoscaler keeps them; `?` where that is not known. */
export function countOf({ replicas, autoscaled }: Servers): string {
  if (replicas !== undefined) return String(replicas);
  return autoscaled === undefined ? '?' : `${autoscaled.min}-${autoscaled.max}`;
}

function factsOf(servers: Servers): Fact[] {
  const { component, requests, limits, volumes, placement, services, layer } = servers;
  const { certificates = [], networkPolicy = '' } = servers;
  const { zones, nodes, spreadOver, labels, labelsFromNodes, data } = placement;
  const store = layer === 'stores' ? 'store labels' : 'labels';
  return [
    { about: 'each', text: resourcesText(requests, limits) },
    ...volumes.map((volume) => ({ about: 'volume', text: volumeText(volume, component) })),
    { about: zones.length === 1 ? 'zone' : 'zones', text: zones.join(', ') },
    { about: 'nodes', text: labelsText(nodes) },
    { about: store, text: labelsText(labels) },
    // Whoever gives stores labels may expect that they have only what is asked for by these.
    { about: 'data', text: data === 'none' || Object.keys(labels).length === 0 ? '' : data },
    { about: `${store} from nodes`, text: labelsFromNodes.join(', ') },
    { about: 'spread over', text: spreadOver.join(', ') },
    { about: certificates.length === 1 ? 'certificate' : 'certificates', text: certificates.join(', ') },
    { about: 'NetworkPolicy', text: networkPolicy },
    ...(layer === 'placement'
      ? services.map((service) => ({ about: 'Service', text: `${service.name} ${serviceText(service)}` }))
      : []),
  ].filter(({ text }) => text !== '');
}

/** The data volume of a server is called as the server is, which needs no saying. */
function volumeText({ name, size, storageClass }: Volume, component: string): string {
  const parts = [name === component ? '' : name, size || 'of no size', storageClass && `(${storageClass})`];
  return parts.filter((part) => part !== '').join(' ');
}

function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

/** The Services by which clients come, with the ports that are for them; PD's is for servers. */
export function clientServices({ component, layer, services }: Servers): readonly Service[] {
  if (layer === 'placement') return [];
  const { internalPorts = [] } = (isComponentName(component) ? NETWORK[component] : undefined) ?? {};
  return services.map((service) => ({
    ...service,
    ports: service.ports.filter(({ name }) => !internalPorts.includes(name)),
  }));
}

/** `Service hot-tidb`. */
export function serviceTitle({ name }: Service): string {
  return visible(`Service ${name}`);
}

/** `LoadBalancer :4000`. */
export function serviceText({ type, ports }: Service): string {
  const numbers = ports.map(
    ({ port, nodePort }) => `:${port}${nodePort === undefined ? '' : ` (nodes :${nodePort})`}`,
  );
  return visible([type, numbers.join(' ')].filter((part) => part !== '').join(' '));
}

/** `rows, columns :20160 :3930`. */
export function linkText({ purpose, ports }: Link): string {
  return `${purpose} ${portsText(ports)}`;
}

export function portsText(ports: readonly number[]): string {
  return ports.map((port) => `:${port}`).join(' ');
}

/** The totals of all servers of a layer; empty if the resources have none. */
function layerTotal({ servers }: Cluster, layer: Layer): string {
  const own = servers.filter((one) => one.layer === layer);
  return own.length === 0 ? '' : totalText(sumOf(own.map(({ total }) => total)));
}

/** The head of a layer, in lines. */
export function headOf(cluster: Cluster, layer: Layer): string[] {
  return [LAYER_NAMES[layer], layerTotal(cluster, layer)].filter((line) => line !== '');
}

/** `TidbCluster basic`. */
export function clusterTitle({ name }: Cluster): string {
  return visible(name === '' ? 'A TidbCluster that the resources do not name' : `TidbCluster ${name}`);
}

/** What else there is to say of a cluster, in parts. */
export function clusterFacts(cluster: Cluster): string[] {
  const { namespace, isThere, version, tls, locationLabels, total, monitoredBy } = cluster;
  return [
    ...(namespace === '' ? [] : [`namespace ${namespace}`]),
    ...(version === '' ? [] : [version]),
    ...(tls ? ['TLS'] : []),
    totalText(total),
    ...(locationLabels.length === 0 ? [] : [`copies kept apart by ${locationLabels.join(', ')}`]),
    ...(monitoredBy === undefined ? [] : [`monitored by ${monitoredBy}`]),
    ...(isThere ? [] : ['not among the resources']),
  ].map(visible);
}

/** Who says where PD is, where the resources do not hold it. */
export function absentPD({ name }: Cluster): string {
  return visible(name === '' ? 'PD' : `PD ${name}`);
}

/** A sentence or two for readers who cannot see the picture. */
export function description(clusters: readonly Cluster[]): string {
  return clusters
    .map((cluster) => {
      const servers = cluster.servers.map((one) => {
        const { title, count } = cardOf(one, cluster);
        return `${title} ${count}`;
      });
      return `${clusterTitle(cluster)} (${clusterFacts(cluster).join(', ')}): ${servers.join(', ')}.`;
    })
    .join(' ');
}

export function needsPD({ servers, links }: Cluster): boolean {
  return links.some(({ to }) => to === 'placement') && !servers.some(({ layer }) => layer === 'placement');
}

/** The layers that a cluster has, in the order of the picture. */
export function layersOf({ servers, links }: Cluster): Layer[] {
  return (['clients', ...LAYERS] as const).filter(
    (layer) =>
      servers.some((one) => one.layer === layer || (layer === 'clients' && clientServices(one).length > 0)) ||
      links.some(({ from, to }) => from === layer || to === layer),
  );
}
