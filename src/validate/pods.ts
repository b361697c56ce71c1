import type { PodSettings, TidbCluster } from '../api/index.ts';
import { type AnySpec, SECTIONS, type Section } from '../components/index.ts';
import { Field, type Problems, type Subject } from '../problem/index.ts';
import { componentOf, type Group } from './meaning/group-of.ts';
import type { Servers } from './pod/index.ts';

/** A group, and its cluster where that is there and right. */
export interface GroupInCluster {
  readonly group: Group;
  readonly cluster: Subject<TidbCluster> | undefined;
}

/**
 * Adds a problem for what Kubernetes refuses in the pods of clusters and groups. The checks are loaded only if a field
 * needs them, which is rare.
 */
export async function checkPods(
  clusters: readonly Subject<TidbCluster>[],
  groups: readonly GroupInCluster[],
  problems: Problems,
): Promise<void> {
  const settings = clusters.filter(({ object }) => isRuled(object.spec));
  const servers = [
    ...clusters.flatMap((cluster) => serversOf(cluster, problems)),
    ...groups.map((joined) => groupServers(joined, problems)),
  ].filter(({ spec, cluster }) => isRuled(spec) || (cluster !== undefined && isRuled(cluster.spec)));
  if (settings.length + servers.length === 0) return;
  const { checkClusterSettings, checkServers } = await import('./pod/index.ts');
  for (const { object, origin } of settings) {
    checkClusterSettings(object.spec, new Field(origin, problems, ['spec']));
  }
  for (const one of servers) checkServers(one);
}

function serversOf({ object, origin }: Subject<TidbCluster>, problems: Problems): Servers[] {
  const { spec } = object;
  const at = new Field(origin, problems, ['spec']);
  const cluster = { spec, at };
  const servers = (component: Section, its: AnySpec | undefined, place: Field): Servers[] =>
    its ? [{ component, spec: its, at: place, cluster, isGroup: false }] : [];
  return [
    ...SECTIONS.flatMap((component) => servers(component, spec[component], at.to(component))),
    ...(spec.pdms ?? []).flatMap((service, index) => servers('pdms', service, at.to('pdms', index))),
  ];
}

function groupServers({ group, cluster }: GroupInCluster, problems: Problems): Servers {
  return {
    component: componentOf(group).name,
    spec: group.object.spec,
    at: new Field(group.origin, problems, ['spec']),
    cluster: cluster && { spec: cluster.object.spec, at: new Field(cluster.origin, problems, ['spec']) },
    isGroup: true,
  };
}

/** The fields that there are rules about beyond their types. */
const RULED: readonly (keyof AnySpec)[] = [
  ...(['additionalContainers', 'additionalVolumeMounts', 'additionalVolumes', 'claims'] as const),
  ...([
    'customizedStartupProbe',
    'dnsConfig',
    'dnsPolicy',
    'envFrom',
    'hostNetwork',
    'initContainers',
  ] as const),
  ...(['lifecycle', 'securityContext'] as const),
];

const USUAL_AMOUNTS = ['cpu', 'memory', 'storage', 'ephemeral-storage'];

function isRuled(spec: PodSettings & Partial<AnySpec>): boolean {
  if (RULED.some((field) => spec[field])) return true;
  const {
    podSecurityContext: security,
    annotations,
    imagePullSecrets,
    limits,
    requests,
    logTailer,
    slowLogTailer,
    initializer,
  } = spec;
  if (security && Object.keys(security).some((key) => key !== 'sysctls')) return true;
  if ((security?.sysctls?.length ?? 0) > 1 || (imagePullSecrets?.length ?? 0) > 1) return true;
  if (annotations && Object.keys(annotations).some((key) => key.includes('kubernetes.io/'))) return true;
  for (const one of [spec, logTailer, slowLogTailer, initializer]) {
    if (one?.claims || (one !== spec && one?.securityContext)) return true;
  }
  return [
    limits,
    requests,
    logTailer?.limits,
    logTailer?.requests,
    slowLogTailer?.limits,
    slowLogTailer?.requests,
    initializer?.limits,
    initializer?.requests,
  ].some((amounts) => amounts && Object.keys(amounts).some((name) => !USUAL_AMOUNTS.includes(name)));
}
