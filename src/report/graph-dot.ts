import type { Cluster, Layer, Servers, System } from '../system/index.ts';
import { visible } from '../text/index.ts';
import {
  absentPD,
  cardOf,
  clientServices,
  clusterFacts,
  clusterTitle,
  headOf,
  LAYER_NAMES,
  layersOf,
  linkText,
  needsPD,
  serviceText,
  serviceTitle,
} from './graph-words.ts';

/** A graph for Graphviz: `dot -Tpng`. */
export function graphDot({ clusters }: System): string {
  const lines = [
    'digraph tidb {',
    '  compound=true; rankdir=TB; nodesep=0.5; ranksep=0.9;',
    '  fontname="Helvetica"; node [shape=box, style=rounded, fontname="Helvetica"]; edge [fontname="Helvetica", fontsize=11];',
    ...clusters.flatMap((cluster, index) => clusterLines(cluster, `c${index + 1}`)),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function clusterLines(cluster: Cluster, id: string): string[] {
  const layers = layersOf(cluster);
  return [
    `  subgraph cluster_${id} {`,
    `    label=${centred([clusterTitle(cluster), clusterFacts(cluster).join(', ')])}; style=rounded;`,
    ...layers.flatMap((layer) => layerLines(cluster, layer, id).map((line) => `    ${line}`)),
    ...cluster.links.flatMap((link) => linkLines(cluster, link, id)).map((line) => `    ${line}`),
    '  }',
  ];
}

function nodesOf(cluster: Cluster, layer: Layer, id: string): { servers: Servers; node: string }[] {
  return cluster.servers
    .map((servers, index) => ({ servers, node: `${id}_s${index + 1}` }))
    .filter(({ servers }) => servers.layer === layer);
}

function layerLines(cluster: Cluster, layer: Layer, id: string): string[] {
  if (layer === 'clients')
    return [`${id}_clients [label=${centred([LAYER_NAMES.clients])}, shape=ellipse, style=solid];`];
  const nodes = nodesOf(cluster, layer, id);
  const isAbsent = layer === 'placement' && needsPD(cluster);
  return [
    `subgraph cluster_${id}_${layer} {`,
    `  label=${centred(headOf(cluster, layer))}; style=dashed;`,
    ...nodes
      .flatMap(({ servers, node }) => [serversNode(servers, cluster, node), ...serviceNodes(servers, node)])
      .map((line) => `  ${line}`),
    ...(isAbsent
      ? [`  ${id}_pd [label=${centred([absentPD(cluster), 'not among the resources'])}, style=dashed];`]
      : []),
    '}',
    ...nodes.flatMap(({ servers, node }) => clientLines(servers, node, `${id}_clients`)),
  ];
}

function serversNode(servers: Servers, cluster: Cluster, node: string): string {
  const { title, count, subtitle, facts } = cardOf(servers, cluster);
  const rows = [`${title} ${count}`, subtitle, ...facts.map(({ about, text }) => `${about}: ${text}`)];
  const group = servers.joins ? ', color="#e8710a", penwidth=2' : '';
  return `${node} [label=${aligned(rows)}${group}];`;
}

function serviceNodes(servers: Servers, node: string): string[] {
  return clientServices(servers).flatMap((service, index) => {
    const name = `${node}_v${index + 1}`;
    const label = centred([serviceTitle(service), serviceText(service)]);
    return [`${name} [label=${label}, shape=oval, style=solid];`, `${name} -> ${node};`];
  });
}

function clientLines(servers: Servers, node: string, clients: string): string[] {
  return clientServices(servers).map((_, index) => `${clients} -> ${node}_v${index + 1};`);
}

/** An edge ends at nodes; that it means the whole layer is said by where it is cut off. */
function linkLines(cluster: Cluster, link: Cluster['links'][number], id: string): string[] {
  const { from, to } = link;
  if (from === 'clients') return [];
  const [tail] = nodesOf(cluster, from, id);
  const [head] = nodesOf(cluster, to, id);
  const target = head?.node ?? `${id}_pd`;
  if (tail === undefined) return [];
  const ends = `ltail=cluster_${id}_${from}, lhead=cluster_${id}_${to}`;
  return [`${tail.node} -> ${target} [label=${centred([linkText(link)])}, ${ends}];`];
}

function centred(rows: readonly string[]): string {
  return `"${rows.map(escaped).join('\\n')}"`;
}

/** `\l` ends a line that begins at the left. */
function aligned(rows: readonly string[]): string {
  return `"${rows.map((row) => `${escaped(row)}\\l`).join('')}"`;
}

/** Graphviz reads backslashes in labels, and HTML's entities. */
function escaped(text: string): string {
  return visible(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;');
}
