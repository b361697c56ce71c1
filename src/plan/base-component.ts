import type { TidbCluster } from '../api/index.ts';
import { type Component, dataMounts } from '../components/index.ts';
import { canonical, readConfig } from '../config/index.ts';
import { canonicalQuantity, digest, inheritSettings, storageVolumeName } from '../expand/index.ts';
import { waveIn } from '../gitops/index.ts';
import { isMap, type MapValue, mapAt, mapsAt, type Value, valueAt } from '../yaml/index.ts';
import { besidePods, CLUSTER_FIELDS, NOT_IN_PODS } from './base-fields.ts';
import { claimOf } from './rendered.ts';
import { addressOf, type ConfigFile, type Workload } from './workload.ts';

/**
 * What TiDB Operator makes of a component, field by field: a field counts as part of the pod template unless it is
 * known not to be, so in doubt a restart is predicted.
 */
export function operatedWorkload(cluster: MapValue & TidbCluster, its: Component): Workload {
  const { metadata, spec } = cluster;
  const { name: component } = its;
  const { name = '', namespace = '' } = metadata;
  const own = mapAt(cluster, 'spec', component);
  const settings = inheritSettings(spec[component] ?? {}, spec);
  const configs = configFiles(its, own);
  const rolling = settings.configUpdateStrategy === 'RollingUpdate';
  const { replicas } = own;
  return {
    owner: { kind: 'TidbCluster', namespace, name },
    component,
    cluster: addressOf({ namespace, name }),
    runner: 'TiDB Operator',
    set: `${name}-${component}`,
    replicas: typeof replicas === 'number' ? replicas : undefined,
    suspended: settings.suspendAction?.suspendStatefulSet ?? false,
    updateStrategy: settings.statefulSetUpdateStrategy === 'OnDelete' ? 'OnDelete' : 'RollingUpdate',
    resource: undefined,
    template: podTemplate(cluster, its, settings, rolling ? configs : []),
    fixed: { selector: null, serviceName: null, podManagementPolicy: settings.podManagementPolicy ?? null },
    claims: claims(its, own),
    configs,
    dataDir: its.dataDir?.(spec[component] ?? {}) ?? '',
    pd: '',
    tls: { cluster: spec.tlsCluster?.enabled ?? false, client: false },
    drain: undefined,
    wave: waveIn(cluster) ?? 0,
    replacesVolumes: spec.enablePVCReplace ?? false,
  };
}

/** Named as in a pod where a pod has it, so that it can be compared as Kubernetes stores it. */
function podTemplate(
  cluster: MapValue & TidbCluster,
  component: Component,
  settings: ReturnType<typeof inheritSettings>,
  configs: readonly ConfigFile[],
): MapValue {
  const spec = mapAt(cluster, 'spec');
  const own = mapAt(spec, component.name);
  const written = Object.entries(besidePods(own)).filter(([field]) => !NOT_IN_PODS.has(field));
  const shared = CLUSTER_FIELDS.map((field): [string, Value | undefined] => [field, spec[field]]);
  const helper = component.usesHelper ? spec.helper : undefined;
  const claimed = dataMounts(component, cluster.spec[component.name] ?? {}).map(({ volume, path }) => ({
    name: volume,
    mountPath: path,
  }));
  const volumes = mapsAt(own, 'storageVolumes').map(({ name, mountPath }) => ({
    name: storageVolumeName(component.name, String(name)),
    mountPath,
  }));
  const container = {
    name: component.name,
    image: image(component, own, spec),
    imagePullPolicy: settings.imagePullPolicy,
    resources: { requests: withoutStorage(own.requests), limits: withoutStorage(own.limits) },
    env: own.env,
    envFrom: own.envFrom,
    lifecycle: own.lifecycle,
    readinessProbe: own.readinessProbe,
    securityContext: own.securityContext,
    volumeMounts: [...claimed, ...volumes, ...mapsAt(own, 'additionalVolumeMounts')],
  };
  const pod = {
    affinity: settings.affinity,
    automountServiceAccountToken: own.automountServiceAccountToken,
    dnsConfig: settings.dnsConfig,
    dnsPolicy: settings.dnsPolicy,
    hostNetwork: settings.hostNetwork,
    imagePullSecrets: settings.imagePullSecrets,
    nodeSelector: settings.nodeSelector,
    priorityClassName: settings.priorityClassName,
    schedulerName: settings.schedulerName,
    securityContext: settings.podSecurityContext,
    terminationGracePeriodSeconds: own.terminationGracePeriodSeconds,
    tolerations: settings.tolerations,
    topologySpreadConstraints: settings.topologySpreadConstraints,
    initContainers: own.initContainers,
    containers: [container, ...mapsAt(own, 'additionalContainers')],
    volumes: own.additionalVolumes,
  };
  const fields = {
    metadata: { labels: settings.labels, annotations: settings.annotations },
    spec: pod,
    operator: { own: Object.fromEntries(written), cluster: Object.fromEntries(shared), helper },
    config: configs.length > 0 ? digest(configs.map(({ table }) => canonical(table)).join('\n')) : undefined,
  };
  return plain(fields);
}

/** The same without what is undefined. */
function plain(value: object): MapValue {
  const copy: Value = JSON.parse(
    JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)),
  );
  return isMap(copy) ? copy : {};
}

function image({ name, baseImage }: Component, own: MapValue, spec: MapValue): string {
  const version = own.version ?? (spec.version || undefined);
  const fallback = version === undefined ? own.image : (baseImage ?? `pingcap/${name}`);
  const base = own.baseImage || fallback || '';
  return version ? `${base}:${version}` : String(base);
}

function withoutStorage(amounts: Value | undefined): MapValue | undefined {
  if (!isMap(amounts)) return undefined;
  const { storage: _, ...rest } = amounts;
  return Object.fromEntries(
    Object.entries(rest).map(([name, amount]) => [name, canonicalQuantity(String(amount))]),
  );
}

/** What the operator reads of a config, as far as it can: the render reports what cannot be read. */
function configFiles({ configs }: Component, own: MapValue): ConfigFile[] {
  return configs.map(({ name, file, path }) => ({
    name: file,
    table: readConfig(name, valueAt(own, ...path), 'operator', () => undefined),
  }));
}

/** Claim templates as the operator names them. */
function claims({ name: component, claims: { data } }: Component, own: MapValue): Workload['claims'] {
  const templates = [
    ...(data === undefined ? [] : [template(data, mapAt(own, 'requests').storage, own)]),
    ...mapsAt(own, 'storageClaims').map((claim, index) =>
      template(`data${index}`, mapAt(claim, 'resources', 'requests').storage, claim),
    ),
    ...mapsAt(own, 'storageVolumes').map((volume) =>
      template(storageVolumeName(component, String(volume.name)), volume.storageSize, {
        storageClassName: volume.storageClassName || own.storageClassName || null,
        volumeAttributesClassName: volume.volumeAttributesClassName || own.volumeAttributesClassName || null,
      }),
    ),
  ];
  return templates.map(claimOf);
}

function template(name: string, size: Value | undefined, classes: MapValue): MapValue {
  const requests = size === undefined ? {} : { storage: canonicalQuantity(String(size)) };
  const { storageClassName = null, volumeAttributesClassName = null } = classes;
  return {
    metadata: { name },
    spec: { storageClassName, volumeAttributesClassName, resources: { requests } },
  };
}
