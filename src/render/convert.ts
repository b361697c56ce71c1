import { type Joining, toV2 } from '../convert/index.ts';
import { type Item, manifestOf, type Piece } from '../list/index.ts';
import { type Code, Problems } from '../problem/index.ts';
import { ClusterResolver } from '../resolve/index.ts';
import { reportLeft, SetsOfV1 } from './convert-left.ts';
import { renderedIn } from './convert-rendered.ts';
import { withoutFrame } from './frame.ts';
import type { Gathered } from './gather.ts';
import { isOfTool, type Manifest } from './manifests.ts';
import { render } from './render.ts';

/** Warnings of a render that say that something is not read, so that it is not converted either. */
const UNREAD: readonly Code[] = ['config-key-dropped', 'duplicate-key'];

/**
 * The same resources for TiDB Operator v2: what each TidbCluster and each group becomes stands in its place, and all others
 * are handed on as they are, but for those of tools, and what an earlier render made. Empty if there are errors; undefined if there is
 * no TidbCluster and no group.
 */
export async function convert(items: readonly Item[], problems: Problems): Promise<Manifest[] | undefined> {
  const found = new Problems();
  const { gathered } = await render(items, found);
  for (const problem of found.all) {
    if (problem.severity === 'error' || UNREAD.includes(problem.code)) problems.push(problem);
  }
  const joining: Joining[] = [];
  const resolver = new ClusterResolver(gathered.clusters, new Problems());
  for (const item of gathered.clusters) {
    const cluster = clusterOf(item, gathered, resolver, problems);
    if (cluster !== undefined) joining.push({ item, cluster });
  }
  // Those with zones were divided, and what stands for them is in no file.
  for (const item of new Set(gathered.groups.map((group) => gathered.writtenAs(group)))) {
    const cluster = resolver.resolve(item);
    if (cluster !== undefined) joining.push({ item, cluster });
  }
  const rendered = renderedIn(gathered, problems);
  if (problems.errorCount > 0) return [];
  if (joining.length === 0) return undefined;
  const sets = new SetsOfV1(gathered);
  const converted = toV2(joining, problems);
  const manifests: Manifest[] = [];
  for (const item of items) {
    const made = converted.get(item);
    if (made !== undefined) manifests.push(...made.map((one): Manifest => ({ ...one, origin: item })));
    else if (isOfTool(item)) {
      const message = `\`kind\` is "${item.kind}", which is for a tool and names what was converted; it is left out`;
      problems.add('convert-lost', item, ['kind'], message);
    } else if (!rendered.has(item)) {
      const { kind, name, namespace } = item;
      reportLeft(item, sets, problems);
      manifests.push({ kind, name, namespace, text: withoutFrame(asWritten(item)), origin: item });
    }
  }
  return problems.errorCount > 0 ? [] : manifests;
}

/** Its own bytes, whatever its annotations say; an item of a list becomes a document. */
function asWritten(item: Item): Piece {
  const isPlain = item.form === 'document' && !item.leansOnOthers;
  return isPlain ? item.source.piece(item.start, item.end) : manifestOf(item, []);
}

/** The TidbCluster that a TidbCluster joins; itself if it joins none. */
function clusterOf(
  item: Item,
  gathered: Gathered,
  resolver: ClusterResolver,
  problems: Problems,
): Item | undefined {
  const { name = '', namespace = '' } = gathered.cluster(item)?.object.spec.cluster ?? {};
  if (name === '') return item;
  const found = resolver.lookUp(item, name, namespace);
  if (found === undefined) {
    const message = `\`spec.cluster.name\` is "${name}", but this TidbCluster is not among the resources; name its file too, because all groups of TiDB Operator v2 name its Cluster`;
    problems.add('cluster-not-found', item, ['spec', 'cluster', 'name'], message);
  }
  return found;
}
