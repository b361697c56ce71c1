import { MAX_REPLICAS, maxReplicasOf } from '../budget/index.ts';
import { type Policy, policySql, Stores } from '../placement/index.ts';
import { addressOf, type ClusterObject, nameOf, type Snapshot, titleOf } from '../plan/index.ts';
import { type Problem, Problems } from '../problem/index.ts';
import { snapshotOf } from '../render/index.ts';
import { asLines } from '../report/index.ts';
import { type Cluster, type Servers, systemOf } from '../system/index.ts';
import { listed, show } from '../text/index.ts';
import { writeMap } from '../yaml-write/index.ts';
import { type Loaded, loadResources } from './load.ts';
import { Misuse } from './misuse.ts';
import { checkConfigMap, checkFile } from './placement-checks.ts';
import { jobToPrint, sqlServer, waveBehind } from './placement-job.ts';
import { policiesToPrint } from './placement-policies.ts';
import { settingsIn, settingsToRender } from './settings.ts';

interface Options {
  readonly cluster?: string;
  readonly check?: readonly string[];
  readonly image?: string;
  readonly secret?: string;
  readonly config?: string;
  readonly ignore?: readonly string[];
}

/** Nothing else is looked for in them. */
const CONFIG_MAPS = {
  reads: (apiVersion: string, kind: string) => apiVersion === 'v1' && kind === 'ConfigMap',
  names: () => true,
  markers: [],
};

/** What `tidb-groups sql` prints, and the problems in lines; no output after errors. */
export async function placementOutput(
  paths: readonly string[],
  { cluster: wanted, check = [], image, secret, config, ignore = [] }: Options,
): Promise<{ readonly problems: readonly string[]; readonly output?: string }> {
  const problems = new Problems();
  const loaded = await loadResources(paths, problems, { ignore, leavesOutPatches: true });
  const settings = await (config === undefined
    ? settingsToRender(loaded.items, problems)
    : settingsIn(config, problems));
  const snapshot = await snapshotOf(loaded.items, problems, settings);
  // Of what a render warns, only this concerns the question.
  const isSaid = ({ code, severity }: Problem) => severity === 'error' || code === 'policy-group';
  const said = () => asLines(problems.all.filter(isSaid));
  if (problems.errorCount > 0) return { problems: said() };
  const cluster = clusterIn(systemOf(snapshot).clusters, wanted);
  const object = snapshot.clusters.find((one) => addressOf(nameOf(one)) === addressOf(cluster));
  const { policies, sql } = await policiesFor({ cluster, object, snapshot, loaded, check }, problems);
  if (problems.errorCount > 0) return { problems: said() };
  if (image === undefined || secret === undefined) return { problems: said(), output: sql };
  if (policies.length === 0)
    throw new Misuse('no group has a placement policy, so a Job would have nothing to do');
  const server = sqlServer(cluster, snapshot, object);
  const resources = jobToPrint({ cluster, server, image, secret, sql, wave: waveBehind(snapshot) });
  return { problems: said(), output: resources.map((resource) => writeMap(resource)).join('---\n') };
}

/** What policies are printed and checked for. */
export interface Asked {
  readonly cluster: Cluster;
  /** Undefined where it is not among the resources. */
  readonly object: ClusterObject | undefined;
  readonly snapshot: Snapshot;
  readonly loaded: Loaded;
  /** Files of SQL. */
  readonly check: readonly string[];
}

/** The policies for the groups of a cluster, also as SQL; those in ConfigMaps and files are checked. */
export async function policiesFor(
  { cluster, object, snapshot, loaded, check }: Asked,
  problems: Problems,
): Promise<{ readonly policies: readonly Policy[]; readonly sql: string }> {
  const stores = new Stores(cluster, operatedIn(snapshot));
  for (const item of await loaded.readAll(CONFIG_MAPS, new Problems())) {
    if (item.kind === 'ConfigMap') checkConfigMap(item, stores, problems);
  }
  for (const file of check) checkFile(file, stores, problems);
  const maxReplicas = object === undefined ? MAX_REPLICAS : maxReplicasOf(object.spec);
  const policies = policiesToPrint({ cluster, maxReplicas, items: loaded.items }, problems);
  return { policies, sql: policySql(`TidbCluster ${addressOf(cluster)}`, policies) };
}

function clusterIn(clusters: readonly Cluster[], wanted: string | undefined): Cluster {
  const found = clusters.filter(
    (cluster) => wanted === undefined || wanted === cluster.name || wanted === addressOf(cluster),
  );
  const [cluster, ...more] = found;
  if (cluster !== undefined && more.length === 0) return cluster;
  const names = listed((found.length > 0 ? found : clusters).map((one) => show(addressOf(one))));
  if (clusters.length === 0) {
    throw new Misuse('there must be a TidbCluster, but the resources have none; check the paths');
  }
  throw new Misuse(
    wanted === undefined
      ? `the resources have several TidbClusters: ${names}; name one with --cluster`
      : `--cluster must name one TidbCluster, but is ${show(wanted)}; the resources have ${names}`,
  );
}

/** TiDB Operator runs TidbClusters, and groups that are rendered as such. */
function operatedIn({ groups }: Snapshot): (servers: Servers) => boolean {
  const operated = new Set(
    groups.filter(({ runner }) => runner === 'TiDB Operator').map(({ owner }) => titleOf(owner)),
  );
  return (servers) => servers.kind === 'TidbCluster' || operated.has(titleOf(servers));
}
