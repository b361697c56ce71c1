import { imageReference } from '../api/index.ts';
import { isMap, type MapValue, type Value, valueAt } from '../yaml/index.ts';

/**
 * Defaults that look at what is written beside the field, by `Type.field`. They count instead of those in the table of
 * fields. Source: the files `defaults.go` of Kubernetes' APIs.
 */
export const BESIDE: { readonly [field: string]: (beside: MapValue) => Value | undefined } = {
  'Container.imagePullPolicy': ({ image }) => pullPolicy(image),
  'ImageVolumeSource.pullPolicy': ({ reference }) => pullPolicy(reference),
  'JobSpec.backoffLimit': ({ backoffLimitPerIndex }) =>
    backoffLimitPerIndex === undefined ? 6 : 2 ** 31 - 1,
  'JobSpec.completions': ({ parallelism }) => (parallelism === undefined ? 1 : undefined),
  'JobSpec.podReplacementPolicy': ({ podFailurePolicy }) =>
    podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed',
  'ServiceSpec.allocateLoadBalancerNodePorts': ({ type }) => (type === 'LoadBalancer' ? true : undefined),
  'ServiceSpec.clusterIPs': ({ clusterIP }) => (clusterIP === undefined ? undefined : [clusterIP]),
  'ServiceSpec.externalTrafficPolicy': (spec) => (isReachedFromOutside(spec) ? 'Cluster' : undefined),
  'ServiceSpec.ipFamilyPolicy': ({ type, clusterIP, selector }) =>
    type === 'ExternalName'
      ? undefined
      : clusterIP === 'None' && selector === undefined
        ? 'RequireDualStack'
        : 'SingleStack',
  'ServiceSpec.internalTrafficPolicy': ({ type = 'ClusterIP' }) => (isServed(type) ? 'Cluster' : undefined),
  'StatefulSetUpdateStrategy.rollingUpdate': ({ type }) =>
    type === undefined ? { partition: 0 } : undefined,
  'Volume.emptyDir': ({ name: _, ...source }) => (Object.keys(source).length === 0 ? {} : undefined),
};

/** A value once its defaults are there, where some of its fields must agree. */
export function settled(type: string, value: MapValue): MapValue {
  switch (type) {
    case 'PodSpec':
      return withServiceAccount(value);
    case 'ServicePort':
      return value.targetPort || value.port === undefined ? value : { ...value, targetPort: value.port };
    case 'ServiceSpec':
      return withSessions(value);
    case 'StatefulSetSpec':
      return withClaims(value);
    default:
      return value;
  }
}

/** The field has two names. */
function withServiceAccount({
  serviceAccount,
  serviceAccountName = serviceAccount,
  ...spec
}: MapValue): MapValue {
  if (serviceAccountName === undefined) return spec;
  return { ...spec, serviceAccountName, serviceAccount: serviceAccountName };
}

/** How long a client stays with a pod, in seconds, where nobody says it. */
const SESSION = 10_800;

function withSessions({ sessionAffinityConfig, internalTrafficPolicy, ...spec }: MapValue): MapValue {
  const config = sessionConfig(spec.sessionAffinity, sessionAffinityConfig);
  return {
    ...spec,
    ...(config !== undefined && { sessionAffinityConfig: config }),
    ...(spec.type !== 'ExternalName' && internalTrafficPolicy !== undefined && { internalTrafficPolicy }),
  };
}

function sessionConfig(affinity: Value | undefined, written: Value | undefined): Value | undefined {
  if (affinity === 'None') return undefined;
  const isSaid = valueAt(written, 'clientIP', 'timeoutSeconds') !== undefined;
  return affinity === 'ClientIP' && !isSaid ? { clientIP: { timeoutSeconds: SESSION } } : written;
}

/** A claim template says what it is, and has no status that anybody could have written. */
function withClaims({ volumeClaimTemplates, ...spec }: MapValue): MapValue {
  if (!Array.isArray(volumeClaimTemplates)) return spec;
  const claims = volumeClaimTemplates.map((claim): Value => {
    if (!isMap(claim)) return claim;
    const { status: _, ...rest } = claim;
    return { ...rest, apiVersion: 'v1', kind: 'PersistentVolumeClaim' };
  });
  return { ...spec, volumeClaimTemplates: claims };
}

function isServed(type: Value): boolean {
  return type === 'ClusterIP' || type === 'NodePort' || type === 'LoadBalancer';
}

function isReachedFromOutside({ type = 'ClusterIP', externalIPs }: MapValue): boolean {
  return isServed(type) && (type !== 'ClusterIP' || externalIPs !== undefined);
}

/** An image without a fixed tag is pulled again at each start. */
function pullPolicy(image: Value | undefined): string {
  const found = imageReference(typeof image === 'string' ? image : '');
  if (found === undefined) return 'IfNotPresent';
  return found.tag === 'latest' || (found.tag === '' && found.digest === '') ? 'Always' : 'IfNotPresent';
}
