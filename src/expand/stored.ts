import { refTo, type Schema, storedAmount } from '../api/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { canonicalMap, type Spelling } from './canonical.ts';
import { withDefaults } from './defaults.ts';

/**
 * A workload as the API server would store it, as far as engines would report a difference: values in its spelling,
 * nothing that it drops, and the defaults that it adds within what is compared as a whole. Other defaults are left to
 * the API server. To Kubernetes the workload is the same, so nothing restarts because of it.
 */
export function asStored(workload: MapValue): MapValue {
  const kind = String(workload.kind);
  const schema = Object.hasOwn(WORKLOADS, kind) ? WORKLOADS[kind] : undefined;
  return schema === undefined ? workload : canonicalMap(schema, workload, AS_STORED);
}

const AS_STORED: Spelling = { amount: storedAmount, complete: withDefaults };

const text: Schema = { type: 'string' };

const POD = type({
  affinity: of('Affinity'),
  containers: listOf(of('Container')),
  dnsConfig: of('PodDNSConfig'),
  imagePullSecrets: listOf(of('LocalObjectReference')),
  initContainers: listOf(of('Container')),
  securityContext: of('PodSecurityContext'),
  tolerations: listOf(of('Toleration')),
  volumes: listOf(of('Volume')),
});

/** The fields that users can write something into; what this project writes is as it is stored. */
const WORKLOADS: { readonly [kind: string]: Schema } = {
  Job: type({ spec: type({ template: type({ spec: POD }) }) }),
  Service: type({
    spec: type({
      clusterIP: text,
      externalTrafficPolicy: text,
      loadBalancerIP: text,
      loadBalancerSourceRanges: listOf(text),
      ports: listOf(of('ServicePort')),
      type: text,
    }),
  }),
  StatefulSet: type({
    spec: type({
      template: type({ spec: POD }),
      volumeClaimTemplates: listOf(type({ spec: of('PersistentVolumeClaimSpec') })),
    }),
  }),
};

function type(properties: { [field: string]: Schema }): Schema {
  return { type: 'object', properties, 'x-kubernetes': true };
}

function of(name: string): Schema {
  return { $ref: refTo(name) };
}

function listOf(items: Schema): Schema {
  return { type: 'array', items };
}
