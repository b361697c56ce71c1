import type { TidbCluster } from '../api/index.ts';
import { COMPONENTS, GROUP_COMPONENTS, type GroupComponent } from '../components/index.ts';
import { type AdoptedGroup, groupOf, groupText, lostFields } from '../heterogeneous/index.ts';
import { type Item, openStream } from '../list/index.ts';
import { formatPath, type Path, Problems, type Subject } from '../problem/index.ts';
import { ClusterResolver } from '../resolve/index.ts';
import { operatorOnlyFields } from '../validate/index.ts';
import { compareRenders } from './adopt-compare.ts';
import { Gathered } from './gather.ts';
import { INTEREST } from './interest.ts';
import { render } from './render.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

/** A group made from a heterogeneous TidbCluster. */
export interface Adopted {
  readonly cluster: Item;
  readonly component: GroupComponent;
  /** The group, as a manifest. */
  readonly text: string;
  /** What both render, as `StatefulSet hot-tikv`. */
  readonly workloads: readonly string[];
  /** Whether both render the same. */
  readonly isEqual: boolean;
}

interface Candidate {
  readonly item: Item;
  readonly group: AdoptedGroup;
  readonly text: string;
  readonly written: Item | undefined;
  readonly cluster: Subject<TidbCluster>;
}

/**
 * The groups that mean what heterogeneous TidbClusters mean, each held against what the operator renders. What cannot
 * be carried over is reported, and so is every field that would come out in another way. None if there is no
 * heterogeneous TidbCluster.
 */
export async function adopt(items: readonly Item[], problems: Problems): Promise<Adopted[]> {
  const gathered = new Gathered(items, DEFAULT_SETTINGS);
  gathered.check(problems);
  const resolver = new ClusterResolver(gathered.clusters, problems);
  const candidates: Candidate[] = [];
  const going = new Set<Item>();
  for (const item of gathered.clusters) {
    const cluster = gathered.cluster(item);
    const { name = '', namespace = '' } = cluster?.object.spec.cluster ?? {};
    if (cluster === undefined || name === '') continue;
    going.add(item);
    const base = resolver.lookUp(item, name, namespace);
    if (base === undefined) reportMissing(item, name, problems);
    else if (gathered.cluster(base) !== undefined)
      candidates.push(...(await candidatesIn(cluster, item, base, problems)));
  }
  const written = candidates.flatMap((candidate) => candidate.written ?? []);
  const rest = items.filter((item) => !going.has(item));
  const found = new Problems();
  // The metadata that a group copies to its resources restarts nothing.
  const changes = await render([...rest, ...written], found, { ...DEFAULT_SETTINGS, copyMetadata: false });
  passOn(found, written, problems);
  return candidates.map((candidate) => {
    const { item, cluster, group, text } = candidate;
    const rendered = (candidate.written && changes.additions.get(candidate.written)) ?? [];
    const before = problems.errorCount;
    const titles = compareRenders(cluster, group.component, rendered, problems);
    const isEqual = problems.errorCount === before && rendered.length > 0;
    return { cluster: item, component: group.component, text, workloads: titles, isEqual };
  });
}

/** What is wrong with the groups, and was not with the TidbClusters that they were. */
function passOn(found: Problems, groups: readonly Item[], problems: Problems): void {
  const known = new Set(problems.all.map(({ code }) => code));
  for (const { code, origin, path = [], message, part } of found.all) {
    // Of arguments more is known once both are compared.
    if (code === 'argument-quoted' || known.has(code)) continue;
    if (origin === undefined || !groups.some((group) => group === origin)) continue;
    problems.add(code, origin, path, message, part);
  }
}

function reportMissing(item: Item, name: string, problems: Problems): void {
  const message = `\`spec.cluster.name\` is "${name}", but this TidbCluster is not among the resources; name its file too, because groups inherit settings from it`;
  problems.add('cluster-not-found', item, ['spec', 'cluster', 'name'], message);
}

async function candidatesIn(
  cluster: Subject<TidbCluster>,
  item: Item,
  base: Item,
  problems: Problems,
): Promise<Candidate[]> {
  const { spec } = cluster.object;
  reportWhatStays(cluster, item, problems);
  reportLost(item, base, problems);
  const candidates: Candidate[] = [];
  for (const component of GROUP_COMPONENTS) {
    const its = component.group.of(spec);
    if (!its) continue;
    const left = operatorOnlyFields(component, its);
    for (const [path, why] of left) reportLeft([component.name, ...path], why, item, problems);
    const group = groupOf(
      component,
      item.object,
      base.object,
      left.map(([path]) => path),
    );
    const text = await groupText(group, item);
    const title = `<${group.object.kind} ${item.name}>`;
    const [written] = await openStream(title, Buffer.from(text), INTEREST, problems);
    candidates.push({ item, group, text, written, cluster });
  }
  return candidates;
}

/** The sections that cannot become groups. */
const OTHERS = [
  ...COMPONENTS.filter(({ group }) => group === undefined).map(({ name }) => name),
  'pdms' as const,
];

function reportWhatStays(
  { object: { spec, metadata } }: Subject<TidbCluster>,
  item: Item,
  problems: Problems,
): void {
  for (const component of OTHERS) {
    if (!spec[component]) continue;
    const message = `\`spec.${component}\` cannot be a group; keep a TidbCluster with \`spec.cluster\` and \`spec.${component}\` for it, and remove only what became groups from this one`;
    problems.add('adopt-component', item, ['spec', component], message, 'key');
  }
  const instance = metadata.labels?.['app.kubernetes.io/instance'] ?? item.name;
  if (instance !== item.name) {
    const path = ['metadata', 'labels', 'app.kubernetes.io/instance'];
    const message = `\`${formatPath(path)}\` is "${instance}", and TiDB Operator labels and selects the pods by it; a group uses its name "${item.name}" instead, and a StatefulSet's selector cannot change: leave this TidbCluster as it is, or move its data to a new group`;
    problems.add('adopt-differs', item, path, message);
  }
  if (spec.acrossK8s) {
    const message =
      "`spec.acrossK8s` is true, so the servers ask a discovery service of the operator for PD; a group has PD's full name in its start script instead, so its pods restart when the group takes over";
    problems.add('adopt-differs', item, ['spec', 'acrossK8s'], message);
  }
}

function reportLeft(path: Path, why: string, item: Item, problems: Problems): void {
  const full = ['spec', ...path];
  const message = `\`${formatPath(full)}\` is left out of the group, because ${why}; if you render it with \`output: TidbCluster\`, add it`;
  problems.add('adopt-lost', item, full, message, 'key');
}

function reportLost(item: Item, base: Item, problems: Problems): void {
  for (const { field, own, base: its } of lostFields(item.object, base.object)) {
    const show = (value: unknown) => (value === undefined ? 'not written' : JSON.stringify(value));
    const message = `\`spec.${field}\` is ${show(own)} here and ${show(its)} in the TidbCluster "${base.name}", and a group inherits it from there; check that this is right, or make both equal first`;
    problems.add('adopt-lost', item, ['spec', field], message, own === undefined ? 'value' : 'key');
  }
}
