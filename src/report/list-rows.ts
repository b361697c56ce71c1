import type { Cluster, Difference, Servers, Total } from '../system/index.ts';
import { visible } from '../text/index.ts';
import { bytesText, cpuText } from './graph-amounts.ts';
import { clusterFacts, clusterTitle, componentTitle, countOf } from './graph-words.ts';

/** The servers of a cluster as rows of a table, whatever prints them. */

/** A table, one cell a column. */
export interface Table {
  readonly head: readonly string[];
  /** In the order of the servers. */
  readonly rows: readonly (readonly string[])[];
  readonly total: readonly string[];
}

/** The servers of a cluster; the column of zones is there where some servers are in one. */
export function tableOf(cluster: Cluster): Table {
  const { servers, total } = cluster;
  const hasZones = servers.some(({ placement }) => placement.zones.length > 0);
  const inZone = (text: string) => (hasZones ? [text] : []);
  return {
    head: ['SERVERS', 'COMPONENT', 'VERSION', ...inZone('ZONE'), 'REPLICAS', 'CPU', 'MEMORY', 'STORAGE'],
    rows: servers.map((one) =>
      [
        addressOf(one, cluster),
        componentTitle(one.component),
        one.version || '-',
        ...inZone(one.placement.zones.join(', ') || '-'),
        one.suspended ? `${countOf(one)}, suspended` : countOf(one),
        ...amounts(one.total),
      ].map(visible),
    ),
    total: ['total', '', '', ...inZone(''), String(total.pods), ...amounts(total)],
  };
}

function addressOf({ joins, kind, namespace, name }: Servers, cluster: Cluster): string {
  if (!joins) return 'base';
  return `${kind} ${namespace === cluster.namespace ? name : `${namespace}/${name}`}`;
}

/** Columns of numbers, which are easier to compare when they end on one line. */
export const NUMBERS: ReadonlySet<string> = new Set(['REPLICAS', 'CPU', 'MEMORY', 'STORAGE']);

/** `TidbCluster basic · namespace shop · v8.5.7`; the sums have a row of their own. */
export function headingOf(cluster: Cluster): string {
  const isSum = (text: string) => /^\d+ pods?\b/.test(text);
  return [clusterTitle(cluster), ...clusterFacts(cluster).filter((fact) => !isSum(fact))].join(' · ');
}

/** What there is to say below the rows. */
export function notesOf(cluster: Cluster): string[] {
  return [openNote(cluster), certificatesNote(cluster), policiesNote(cluster)].filter((note) => note !== '');
}

/** Stores with labels of their own have data of any table, where somebody may expect a tier that has nothing but what is asked for. */
function openNote({ servers, locationLabels }: Cluster): string {
  const places = new Set(locationLabels);
  const open = servers.filter(
    ({ joins, placement }) =>
      joins &&
      placement.data === 'of any table' &&
      Object.keys(placement.labels).some((key) => !places.has(key)),
  );
  if (open.length === 0) return '';
  return visible(
    `PD puts data of any table on ${open.map(nameOf).join(', ')}, whatever placement policies say of others. To keep it out, write \`exclusive: true\` in these groups, and name their label \`$group\` in the policies.`,
  );
}

function certificatesNote({ servers }: Cluster): string {
  const certified = servers.filter(({ certificates }) => certificates !== undefined);
  if (certified.length === 0) return '';
  const names = new Set(certified.map((one) => (one.joins ? nameOf(one) : 'the base')));
  return visible(`Certificates are rendered for ${[...names].join(', ')}.`);
}

function policiesNote({ servers }: Cluster): string {
  const policed = servers.filter(({ networkPolicy }) => networkPolicy !== undefined);
  if (policed.length === 0) return '';
  return visible(`NetworkPolicies say who may reach ${policed.map(nameOf).join(', ')}.`);
}

function nameOf({ kind, name }: Servers): string {
  return `${kind} ${name}`;
}

function amounts({ cpu, memory, storage }: Total): string[] {
  return [
    cpu === '0' ? '-' : cpuText(cpu),
    memory === '0' ? '-' : bytesText(memory),
    storage === '0' ? '-' : bytesText(storage),
  ];
}

const LONGEST = 60;

/** `nodeSelector.disk: unset → nvme`. */
export function differenceText({ field, base, here }: Difference): string {
  return `${visible(field)}: ${valueText(base)} → ${valueText(here)}`;
}

export function valueText(value: string | undefined): string {
  if (value === undefined) return 'unset';
  if (value === '') return '""';
  const text = visible(value.replaceAll(/[ \t\r\n]+/g, ' '));
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
