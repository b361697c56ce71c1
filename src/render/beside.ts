import type { CertificatesSpec } from '../api/index.ts';
import { loadExpansions } from '../components/index.ts';
import { autoscaledSets, hasAutoscaler, protectionOf } from '../gitops/index.ts';
import type { Item } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import type { ClusterResolver } from '../resolve/index.ts';
import { withBudgets } from './budgets.ts';
import type { WithCertificates } from './certificates.ts';
import type { Expanded } from './expanded.ts';
import type { Gathered } from './gather.ts';
import type { JoiningCluster } from './joining.ts';
import type { Made } from './outcome.ts';
import type { Settings } from './settings.ts';

/** What is rendered beside the workloads is made from. */
export interface Beside {
  readonly gathered: Gathered;
  readonly joined: readonly Expanded[];
  /** With those of which only a part is sound, which are checked but not rendered. */
  readonly together: readonly Expanded[];
  /** The groups of each TidbCluster. */
  readonly members: ReadonlyMap<Item, readonly Item[]>;
  readonly resolver: ClusterResolver;
  readonly items: readonly Item[];
  /** Those of them that were read. */
  readonly read: readonly Item[];
  readonly settings: Settings;
  /** Whether a group is rendered Safe. */
  readonly hasSafe: boolean;
  /** Whether everything was rendered before, and nothing is now. */
  readonly stays: boolean;
  readonly problems: Problems;
}

/** What was rendered with what is beside it: by group, over several groups, and for TidbClusters themselves. */
export interface WithBeside {
  readonly made: readonly Made[];
  readonly budgets: readonly Made[];
  readonly ofClusters: readonly Made[];
  /** The Secrets that there are Certificates for, as `namespace/name`. */
  readonly secrets: ReadonlySet<string>;
  /** The groups that have all Certificates that are asked for; where none are, all groups. */
  readonly served: readonly Expanded[];
}

/** What was rendered, with what users ask for beside the workloads; each part is loaded where somebody does. */
export async function withBeside(workloads: readonly Made[], beside: Beside): Promise<WithBeside> {
  const { together, settings, hasSafe, stays } = beside;
  const { certificates, output, disruptionBudgets } = settings;
  const {
    made: certified,
    ofClusters,
    secrets,
  } = certificates === undefined || stays
    ? { made: workloads, ofClusters: [], secrets: new Set<string>() }
    : await withCertificates(workloads, certificates, beside);
  const hasPolicies = together.some(({ group }) => group.object.spec.networkPolicy);
  const policed = hasPolicies ? await withNetworkPolicies(certified, beside) : certified;
  const scaled = await withAutoscalers(policed, beside);
  const hasBudgets = output !== 'TidbCluster' && (disruptionBudgets ?? hasSafe);
  const { made, budgets } = hasBudgets ? budgetsFor(scaled, beside) : { made: scaled, budgets: [] };
  const monitors = await monitorsOf(workloads, beside);
  return { made, budgets, ofClusters: [...ofClusters, ...monitors], secrets, served: servedBy(beside) };
}

function servedBy({ together, joined, settings, stays }: Beside): readonly Expanded[] {
  if (settings.certificates === undefined) return together;
  return stays ? [] : joined.filter(({ item }) => item.namespace !== '');
}

/** All TidbClusters, each with the one that it joins. */
function clustersOf({ gathered, resolver }: Beside): JoiningCluster[] {
  return gathered.clusters.flatMap((item) => {
    const cluster = gathered.cluster(item);
    if (cluster === undefined) return [];
    const { name, namespace = '' } = cluster.object.spec.cluster ?? {};
    return [
      { item, ...cluster, joins: name === undefined ? undefined : resolver.lookUp(item, name, namespace) },
    ];
  });
}

/** What was rendered, with budgets. */
function budgetsFor(
  made: readonly Made[],
  beside: Beside,
): { made: readonly Made[]; budgets: readonly Made[] } {
  const { disruptionBudgets, copyMetadata } = beside.settings;
  const areForAll = disruptionBudgets === true;
  const budgeted = { made, clusters: clustersOf(beside), areForAll, copyMetadata };
  return withBudgets(budgeted, beside.read, beside.problems);
}

/** What was rendered, with Certificates. Loaded on demand: most have none, or no TLS. */
async function withCertificates(
  made: readonly Made[],
  certificates: CertificatesSpec,
  beside: Beside,
): Promise<WithCertificates> {
  const its = await import('./certificates.ts');
  await loadExpansions();
  const { joined, members, items, settings, problems } = beside;
  const { output, copyMetadata, protectStores } = settings;
  const isKept = (item: Item) => protectStores && (members.get(item) ?? []).length > 0;
  const clusters = clustersOf(beside).map((cluster) => ({
    ...cluster,
    protection: isKept(cluster.item) ? protectionOf(cluster.item) : {},
  }));
  const certified = { settings: certificates, output, copyMetadata, joined, made, clusters };
  return its.withCertificates(certified, items, problems);
}

/** What was rendered, with NetworkPolicies. Loaded on demand: most groups ask for none. */
async function withNetworkPolicies(made: readonly Made[], beside: Beside): Promise<Made[]> {
  const policies = await import('./network-policies.ts');
  const { together, items, settings, problems } = beside;
  const { output, copyMetadata } = settings;
  const connected = { output, copyMetadata, together, made, clusters: clustersOf(beside) };
  return policies.withNetworkPolicies(connected, items, problems);
}

/** What was rendered, with autoscalers. Loaded on demand: few groups have one. */
async function withAutoscalers(
  made: readonly Made[],
  { together, read, settings, problems }: Beside,
): Promise<readonly Made[]> {
  const { copyMetadata, output } = settings;
  if (output === 'TidbCluster' || !together.some(({ item }) => hasAutoscaler(item))) return made;
  const autoscalers = await import('./autoscalers.ts');
  return autoscalers.withAutoscalers({ copyMetadata, together, made }, autoscaledSets(read), problems);
}

/** What Prometheus finds the servers of TidbClusters by. Loaded on demand: it is off until somebody asks for it. */
async function monitorsOf(made: readonly Made[], beside: Beside): Promise<Made[]> {
  const { settings, stays, read, problems } = beside;
  const { monitoring: spec, copyMetadata } = settings;
  if (!spec || stays) return [];
  const monitoring = await import('./monitoring.ts');
  return monitoring.monitorsOf({ made, clusters: clustersOf(beside), spec, copyMetadata }, read, problems);
}
