import { imageReference } from '../api/index.ts';
import { MAX_REPLICAS, maxReplicasOf } from '../budget/index.ts';
import { isDnsLabel, tidbClientSecret } from '../expand/index.ts';
import { SYNC_WAVE } from '../gitops/index.ts';
import type { Item } from '../list/index.ts';
import {
  checkPolicies,
  has,
  POLICIES_SINCE,
  type PolicyFault,
  placementJob,
  policiesOf,
  policySql,
  type SqlServer,
  type Stores,
  sqlRelease,
  storeCount,
} from '../placement/index.ts';
import { addressOf, type ClusterObject, nameOf, type Snapshot, titleOf } from '../plan/index.ts';
import { type Path, Problems, type Spot } from '../problem/index.ts';
import { snapshotOf } from '../render/index.ts';
import { asLines } from '../report/index.ts';
import { type Cluster, type Servers, systemOf } from '../system/index.ts';
import { counted, listed, show } from '../text/index.ts';
import { isMap, mapAt, textAt } from '../yaml/index.ts';
import { writeMap } from '../yaml-write/index.ts';
import { loadResources } from './load.ts';
import { Misuse } from './misuse.ts';
import { bytesOf, settingsIn, settingsToRender } from './settings.ts';

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
  const said = () => asLines(problems.all.filter(({ severity }) => severity !== 'info'));
  if (problems.errorCount > 0) return { problems: said() };
  const cluster = clusterIn(systemOf(snapshot).clusters, wanted);
  const object = snapshot.clusters.find((one) => addressOf(nameOf(one)) === addressOf(cluster));
  const stores = { cluster, isOperated: operatedIn(snapshot) };
  for (const item of await loaded.readAll(CONFIG_MAPS, new Problems())) {
    if (item.kind === 'ConfigMap') checkConfigMap(item, stores, problems);
  }
  for (const file of check) checkFile(file, stores, problems);
  const { policies, unlike } = policiesOf(
    cluster,
    object === undefined ? MAX_REPLICAS : maxReplicasOf(object.spec),
  );
  for (const group of unlike) report(group, ['spec'], UNLIKE(group), loaded.items, problems);
  const enough = policies.filter((policy) => {
    const { groups, followers } = policy;
    const [group] = groups;
    const count = storeCount(groups);
    if (count === undefined || count > followers) return true;
    const message =
      `the ${counted(count, 'store')} of the group are fewer than the ${followers + 1} replicas that a placement policy keeps, ` +
      'each on a store of its own, so there is no policy for them; add stores, or give several groups a label in common, and ' +
      'write a policy for that';
    report(group, ['spec', 'replicas'], message, loaded.items, problems);
    return false;
  });
  const release = sqlRelease(cluster);
  if (enough.length > 0 && release !== undefined && !has(release, POLICIES_SINCE)) {
    const message = `placement policies need TiDB v6.0, but the SQL servers of TidbCluster ${addressOf(cluster)} are of v${release.number.join('.')}; upgrade them first`;
    problems.addAt('policy-constraint', {}, message);
  }
  if (problems.errorCount > 0) return { problems: said() };
  const sql = policySql(`TidbCluster ${addressOf(cluster)}`, enough);
  if (image === undefined || secret === undefined) return { problems: said(), output: sql };
  if (imageReference(image) === undefined)
    throw new Misuse(`--image must be the name of an image, but is ${show(image)}`);
  if (!secret.split('.').every(isDnsLabel))
    throw new Misuse(`--secret must be the name of a Secret, but is ${show(secret)}`);
  const wave = waveBehind(snapshot);
  const resources = placementJob({
    cluster: cluster.name,
    namespace: cluster.namespace,
    server: sqlServer(cluster, snapshot, object),
    image,
    secret,
    sql,
    ...(wave !== undefined && { wave }),
  });
  return { problems: said(), output: resources.map((resource) => writeMap(resource)).join('---\n') };
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
function operatedIn({ groups }: Snapshot): Stores['isOperated'] {
  const operated = new Set(
    groups.filter(({ runner }) => runner === 'TiDB Operator').map(({ owner }) => titleOf(owner)),
  );
  return (servers) => servers.kind === 'TidbCluster' || operated.has(titleOf(servers));
}

/** Keys that hold SQL, such as `placement.sql` and TiDB Operator's `bootstrap-sql`. */
const SQL_KEY = /(?:^|[.-])sql$/i;

function checkConfigMap(item: Item, stores: Stores, problems: Problems): void {
  const { cluster } = stores;
  if (item.namespace !== '' && cluster.namespace !== '' && item.namespace !== cluster.namespace) return;
  const data = mapAt(item.object, 'data');
  if (!isMap(data)) return;
  for (const [key, sql] of Object.entries(data)) {
    if (typeof sql !== 'string' || !SQL_KEY.test(key)) continue;
    const faults = checkPolicies(sql, stores);
    const spots = spotsIn(sql, faults);
    for (const [index, { code, message }] of faults.entries()) {
      problems.add(code, item, ['data', key], message, 'value', spots[index]);
    }
  }
}

function checkFile(file: string, stores: Stores, problems: Problems): void {
  const sql = bytesOf(file).toString('utf8');
  const faults = checkPolicies(sql, stores);
  const spots = spotsIn(sql, faults);
  for (const [index, { code, message }] of faults.entries()) {
    problems.addAt(code, { file, ...spots[index] }, message);
  }
}

/** The lines and columns of faults, which need not be in the order of the text. */
function spotsIn(text: string, faults: readonly PolicyFault[]): Spot[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return faults.map(({ offset }) => {
    let [line, beyond] = [0, starts.length];
    while (beyond - line > 1) {
      const middle = (line + beyond) >> 1;
      if ((starts[middle] ?? 0) <= offset) line = middle;
      else beyond = middle;
    }
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  });
}

const UNLIKE = ({ name }: Servers) =>
  'its stores have no label that tells them from other stores, so there is no placement policy for them; add one, such as ' +
  `\`config: {server: {labels: {group: ${name}}}}\``;

/** Says it at the group, where that is among the resources. */
function report(
  { kind, name, namespace }: Servers,
  path: Path,
  message: string,
  items: readonly Item[],
  problems: Problems,
): void {
  const item = items.find((one) => one.kind === kind && one.name === name && one.namespace === namespace);
  if (item !== undefined) problems.add('policy-group', item, path, message);
  else problems.addAt('policy-group', {}, `${kind} ${addressOf({ name, namespace })}: ${message}`);
}

/** The wave behind all that is rendered; undefined where nothing has one. */
function waveBehind({ groups }: Snapshot): number | undefined {
  const waves = groups
    .flatMap(({ resources }) => resources)
    .map((resource) => Number.parseInt(textAt(resource, 'metadata', 'annotations', SYNC_WAVE), 10))
    .filter((wave) => !Number.isNaN(wave));
  return waves.length === 0 ? undefined : waves.reduce((last, wave) => Math.max(last, wave)) + 1;
}

/** The first SQL servers that have a Service. */
function sqlServer({ servers }: Cluster, { groups }: Snapshot, object: ClusterObject | undefined): SqlServer {
  for (const server of servers) {
    if (server.layer !== 'sql') continue;
    for (const { name, ports } of server.services) {
      const port = ports.find((one) => one.name === 'mysql-client')?.port;
      if (port === undefined) continue;
      const group = groups.find(({ owner }) => owner.kind === server.kind && owner.name === server.name);
      const spec = server.joins ? group?.source?.group.spec : object?.spec.tidb;
      const tls = spec !== undefined && 'tlsClient' in spec ? spec.tlsClient : undefined;
      const asksForOne = tls?.enabled === true && tls.disableClientAuthn !== true;
      return {
        host: name,
        port,
        clientSecret: asksForOne ? tidbClientSecret(server.name, undefined) : undefined,
      };
    }
  }
  throw new Misuse(
    'the Job needs SQL servers with a Service, but there are none: add `service` to `spec.tidb` of the TidbCluster or to a TiDBGroup',
  );
}
