import type { Annotations } from '../api/index.ts';
import { isMap, type MapValue } from '../yaml/index.ts';
import { checkPod } from './check-pod.ts';
import { copy, copyList, fields, unlessEmpty } from './copy.ts';
import { selectorLabels } from './labels.ts';
import type { Member } from './member.ts';
import { mergeContainers } from './merge-container.ts';
import { podSecurity } from './sysctl.ts';
import { topologySpread } from './topology-spread.ts';

/** What is generated into the pod; the user's own containers and volumes come after it. */
export interface Generated {
  readonly containers: readonly MapValue[];
  readonly initContainers: readonly MapValue[];
  readonly volumes: readonly MapValue[];
  /** Those that TiDB Operator puts behind the user's own. */
  readonly lastVolumes?: readonly MapValue[];
  readonly metrics: Metrics;
  /** What the container is called that sets sysctls; absent where TiDB Operator has none, whatever is asked for. */
  readonly sysctlContainer?: string;
}

/** Where Prometheus finds the metrics of a pod. */
interface Metrics {
  readonly port: number;
  /** Default: `/metrics`. */
  readonly path?: string;
  /** More annotations of the same purpose. */
  readonly annotations?: Annotations;
}

export function podTemplate(member: Member, generated: Generated, claims: readonly MapValue[]): MapValue {
  const metadata = { labels: podLabels(member), annotations: podAnnotations(member, generated.metrics) };
  const spec = podSpec(member, generated);
  const claimed = claims.flatMap(({ metadata }) => (isMap(metadata) && metadata.name) || []);
  checkPod(member, spec, claimed);
  return { metadata, spec };
}

/** The user's labels, except those by which the pods are found. */
function podLabels({ component, names, settings }: Member): MapValue {
  const selector = selectorLabels(component, names);
  return { ...selector, ...settings.labels, ...selector };
}

/** Prometheus is told where the metrics are, unless the user tells it something else. */
function podAnnotations({ settings }: Member, { port, path = '/metrics', annotations }: Metrics): MapValue {
  return {
    'prometheus.io/path': path,
    'prometheus.io/port': String(port),
    'prometheus.io/scrape': 'true',
    ...annotations,
    ...settings.annotations,
  };
}

function podSpec(member: Member, generated: Generated): MapValue {
  const { component, names, spec, cluster, settings, safe, at } = member;
  const security = podSecurity(member, generated.sysctlContainer);
  const initContainers = [
    ...security.initContainers,
    ...generated.initContainers,
    ...copyList(spec.initContainers),
  ];
  return fields({
    serviceAccountName: spec.serviceAccount || cluster.serviceAccount || undefined,
    automountServiceAccountToken: copy(spec.automountServiceAccountToken),
    imagePullSecrets: copy(settings.imagePullSecrets),
    priorityClassName: settings.priorityClassName || undefined,
    schedulerName: settings.schedulerName || undefined,
    nodeSelector: unlessEmpty({ ...settings.nodeSelector }),
    affinity: copy(settings.affinity),
    tolerations: copy(settings.tolerations),
    topologySpreadConstraints: topologySpread(
      settings.topologySpreadConstraints,
      selectorLabels(component, names),
    ),
    securityContext: security.securityContext,
    hostNetwork: settings.hostNetwork || undefined,
    dnsPolicy: settings.dnsPolicy,
    dnsConfig: copy(settings.dnsConfig),
    initContainers: unlessEmpty(initContainers),
    containers: mergeContainers(
      generated.containers,
      spec.additionalContainers,
      at.to('spec', 'additionalContainers'),
    ),
    restartPolicy: 'Always',
    terminationGracePeriodSeconds:
      copy(spec.terminationGracePeriodSeconds) ?? safe?.terminationGracePeriodSeconds,
    volumes: unlessEmpty([
      ...generated.volumes,
      ...copyList(spec.additionalVolumes),
      ...(generated.lastVolumes ?? []),
    ]),
  });
}
