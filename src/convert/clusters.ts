import { COMPONENTS, GROUP_COMPONENTS, isSection } from '../components/index.ts';
import { V2 as IN_V2 } from '../components/v2.generated.ts';
import type { Item } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { type Converted, clusterDocument, groupDocument } from './documents.ts';
import { reportLostOfCluster } from './fields.ts';
import { Report } from './report.ts';
import { Section } from './section.ts';
import type { Source } from './source.ts';

/** A TidbCluster or a group, and the TidbCluster that it joins; one that joins none is its own. */
export interface Joining {
  readonly item: Item;
  readonly cluster: Item;
}

/** What is made of a group or a section. */
interface Made {
  readonly source: Source;
  readonly group: Converted;
}

/**
 * What TidbClusters and groups are in TiDB Operator v2, by the resource that each is made of. A TidbCluster is a Cluster and
 * a group for each of its sections; one that joins another is only such groups.
 */
export function toV2(all: readonly Joining[], problems: Problems): Map<Item, Converted[]> {
  const report = new Report(problems);
  const made = new Map<Item, Made[]>();
  const ofCluster = new Map<Item, Made[]>(all.map(({ cluster }) => [cluster, []]));
  const withQuorum = new Set(all.flatMap((one) => (isBase(one) && hasQuorum(one.item) ? [one.item] : [])));
  for (const joining of all) {
    checkNamespace(joining, report);
    const its = sourcesOf(joining).map((source): Made => {
      const { keeps } = source.component;
      const isFirst = !withQuorum.has(joining.cluster);
      if (keeps === 'quorum') withQuorum.add(joining.cluster);
      const joins = keeps === 'quorum' && !isBase(joining) && !isFirst;
      return { source, group: groupDocument({ ...source, joins }, report) };
    });
    made.set(joining.item, its);
    ofCluster.get(joining.cluster)?.push(...its);
  }
  const converted = new Map<Item, Converted[]>();
  for (const joining of all) {
    const { item } = joining;
    const its = (made.get(item) ?? []).map(({ group }) => group);
    if (isCluster(joining)) reportCluster(item, report);
    if (isBase(joining)) its.unshift(baseOf(item, ofCluster.get(item) ?? [], report, problems));
    converted.set(item, its);
  }
  checkNames(converted, report);
  return converted;
}

function isBase({ item, cluster }: Joining): boolean {
  return item === cluster;
}

function isCluster({ item, cluster }: Joining): boolean {
  return item.kind === cluster.kind;
}

function hasQuorum(item: Item): boolean {
  const spec = new Section(item, ['spec']);
  return GROUP_COMPONENTS.some(({ name, keeps }) => keeps === 'quorum' && spec.value(name) !== undefined);
}

function sourcesOf(joining: Joining): Source[] {
  const { item, cluster } = joining;
  const isOfCluster = isCluster(joining);
  const spec = new Section(item, ['spec']);
  return GROUP_COMPONENTS.flatMap((component): Source[] => {
    const inV2 = IN_V2[component.name];
    const isIt = isOfCluster ? spec.value(component.name) !== undefined : item.kind === component.group.kind;
    if (inV2 === undefined || !isIt) return [];
    return [
      {
        component,
        inV2,
        resource: new Section(item, []),
        own: isOfCluster ? new Section(item, ['spec', component.name]) : spec,
        cluster: isOfCluster ? spec : new Section(cluster, ['spec']),
        isSection: isOfCluster,
        name: item.name,
        namespace: item.namespace || cluster.namespace,
        clusterName: cluster.name,
        joins: false,
      },
    ];
  });
}

/** What a TidbCluster has that neither a Cluster nor a group can have. */
function reportCluster(item: Item, report: Report): void {
  const spec = new Section(item, ['spec']);
  reportLostOfCluster(report, spec, isSection);
  for (const { name, title, group } of COMPONENTS) {
    if (group === undefined && spec.value(name) !== undefined)
      report.lost(spec, [name], `it has no ${title}`);
  }
  if (spec.value('cluster', 'clusterDomain') !== undefined)
    report.lost(spec, ['cluster', 'clusterDomain'], 'a Cluster is in one Kubernetes cluster');
  if (spec.value('helper', 'imagePullPolicy') !== undefined)
    report.lost(spec, ['helper', 'imagePullPolicy'], '');
}

function baseOf(item: Item, made: readonly Made[], report: Report, problems: Problems): Converted {
  const message =
    'TiDB Operator v2 takes over no pods and no volumes of v1, so what is written describes a new cluster, without data; docs/convert.md says how to move the data';
  problems.add('convert-new-cluster', item, ['kind'], message);
  const spec = new Section(item, ['spec']);
  const bootstrap = 'bootstrapSQLConfigMapName';
  const [first] = GROUP_COMPONENTS.flatMap(({ name }) => spec.take(name, bootstrap) ?? []);
  return clusterDocument(new Section(item, []), spec, featuresOf(spec, made), first, report);
}

/** The features without which v2 takes no account of what is written. */
function featuresOf(spec: Section, made: readonly Made[]): string[] {
  const features = new Set(made.flatMap(({ group }) => group.features));
  if (made.filter(({ source }) => source.component.keeps === 'quorum').length > 1)
    features.add('MultiPDGroup');
  // v1 has TiDB sign session tokens for the proxies beside it, by the certificate of the cluster.
  const has = (layer: string) =>
    GROUP_COMPONENTS.some((one) => one.layer === layer && spec.value(one.name) !== undefined);
  const signs = has('proxies') && has('sql') && spec.value('tlsCluster', 'enabled') === true;
  if (signs) features.add('SessionTokenSigning');
  return [...features].sort();
}

function checkNamespace({ item, cluster }: Joining, report: Report): void {
  if (item.namespace === '' || cluster.namespace === '' || item.namespace === cluster.namespace) return;
  const why = `is "${item.namespace}", but the groups of TiDB Operator v2 are in the namespace of their Cluster, "${cluster.namespace}"; move it there`;
  report.refused(new Section(item, []), ['metadata', 'namespace'], why);
}

/** The sections of a TidbCluster and groups of one name can meet. */
function checkNames(converted: ReadonlyMap<Item, readonly Converted[]>, report: Report): void {
  const taken = new Map<string, Item>();
  for (const [item, documents] of converted) {
    for (const { kind, namespace, name } of documents) {
      const key = `${kind}/${namespace}/${name}`;
      const other = taken.get(key);
      if (other === undefined) taken.set(key, item);
      else {
        const why = `is "${name}", and the ${other.kind} "${other.name}" becomes a ${kind} of this name too; rename one of them`;
        report.refused(new Section(item, []), ['metadata', 'name'], why);
      }
    }
  }
}
