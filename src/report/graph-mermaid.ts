import type { Cluster, Layer, Servers, System } from '../system/index.ts';
import { visible } from '../text/index.ts';
import {
  absentPD,
  cardOf,
  clientServices,
  clusterFacts,
  clusterTitle,
  description,
  headOf,
  LAYER_NAMES,
  layersOf,
  linkText,
  needsPD,
  serviceText,
  serviceTitle,
} from './graph-words.ts';

/** A flowchart in Mermaid, which GitHub and GitLab draw where it stands in a comment. */
export function graphMermaid({ clusters }: System): string {
  const lines = [
    'flowchart TB',
    `  accTitle: ${plain(clusters.map(clusterTitle).join(', '))}`,
    `  accDescr: ${plain(description(clusters))}`,
    ...clusters.flatMap((cluster, index) => clusterLines(cluster, `c${index + 1}`)),
    '  classDef group stroke:#e8710a,stroke-width:3px',
    '  classDef absent stroke-dasharray:4',
  ];
  return `${lines.join('\n')}\n`;
}

function clusterLines(cluster: Cluster, id: string): string[] {
  const title = [clusterTitle(cluster), clusterFacts(cluster).join(', ')];
  const layers = layersOf(cluster);
  const link = ({ from, to, ...rest }: Cluster['links'][number]) =>
    `  ${id}_${from} -->|${label([linkText({ from, to, ...rest })])}| ${id}_${to}`;
  return [
    `  subgraph ${id}[${label(title)}]`,
    ...layers.flatMap((layer) => layerLines(cluster, layer, id).map((line) => `    ${line}`)),
    '  end',
    ...cluster.links.filter(({ from }) => from !== 'clients').map(link),
  ];
}

function layerLines(cluster: Cluster, layer: Layer, id: string): string[] {
  if (layer === 'clients') return [`${id}_clients([${label([LAYER_NAMES.clients])}])`];
  const all = cluster.servers.map((servers, index) => ({ servers, node: `${id}_s${index + 1}` }));
  const own = all.filter(({ servers }) => servers.layer === layer);
  const isAbsent = layer === 'placement' && needsPD(cluster);
  return [
    `subgraph ${id}_${layer}[${label(headOf(cluster, layer))}]`,
    ...own
      .flatMap(({ servers, node }) => [serversNode(servers, cluster, node), ...serviceNodes(servers, node)])
      .map((line) => `  ${line}`),
    ...(isAbsent ? [`  ${id}_pd[${label([absentPD(cluster), 'not among the resources'])}]:::absent`] : []),
    'end',
    ...own.flatMap(({ servers, node }) => clientLines(servers, node, `${id}_clients`)),
  ];
}

function serversNode(servers: Servers, cluster: Cluster, node: string): string {
  const { title, count, subtitle, facts } = cardOf(servers, cluster);
  const rows = [`${title} ${count}`, subtitle, ...facts.map(({ about, text }) => `${about}: ${text}`)];
  return `${node}[${label(rows)}]${servers.joins ? ':::group' : ''}`;
}

/** Clients reach servers through a Service only. */
function serviceNodes(servers: Servers, node: string): string[] {
  return clientServices(servers).map((service, index) => {
    const text = label([serviceTitle(service), serviceText(service)]);
    return `${node}_v${index + 1}([${text}]) --> ${node}`;
  });
}

function clientLines(servers: Servers, node: string, clients: string): string[] {
  return clientServices(servers).map((_, index) => `${clients} --> ${node}_v${index + 1}`);
}

function label(rows: readonly string[]): string {
  return `"${rows.map(escaped).join('<br/>')}"`;
}

/**
 * Text in which nothing is markup: neither of Mermaid, which has entities of its own, nor of Markdown or HTML, which
 * it reads labels as. Mermaid also takes the ends off entities in what looks like a style to it, and breaks lines at a
 * backslash before an n, which a joiner that takes no room keeps apart.
 */
function escaped(text: string): string {
  return visible(text)
    .replaceAll(/\\(?=n)/g, '\\\u2060')
    .replaceAll(/[^\p{L}\p{N} .,:=·×/()+-]/gu, (character) => `#${character.codePointAt(0)};`)
    .replaceAll('style', '#115;tyle')
    .replaceAll('classDef', '#99;lassDef');
}

/** A text up to the end of the line, which knows no escapes. */
function plain(text: string): string {
  return visible(text).replaceAll(/[^\p{L}\p{N} .,:=·×/()+-]/gu, ' ');
}
