import { refTo, type Schema, storedAmount } from '../api/index.ts';
import { isMap, type MapValue } from '../yaml/index.ts';
import { canonicalField, type Spelling } from './canonical.ts';
import { withDefaults } from './defaults.ts';
import { mapValues } from './map-values.ts';

/**
 * A workload as the API server would store it, as far as engines would report a difference: values in its spelling,
 * nothing that it drops, and the defaults that it adds within what is compared as a whole. Other defaults are left to
 * the API server. To Kubernetes the workload is the same, so nothing restarts because of it.
 *
 * Only the fields are looked at that users can write something into: what this project writes is as it is stored.
 */
export function asStored(workload: MapValue): MapValue {
  switch (workload.kind) {
    case 'Job':
      return changeMap(workload, 'spec', withPod);
    case 'Service':
      return changeMap(workload, 'spec', (spec) => storedFields(SERVICE, spec));
    case 'StatefulSet':
      return changeMap(workload, 'spec', (spec) => storedFields(STATEFUL_SET, withPod(spec)));
    default:
      return workload;
  }
}

/** A Job's spec, or a StatefulSet's. */
function withPod(spec: MapValue): MapValue {
  return changeMap(spec, 'template', (template) =>
    changeMap(template, 'spec', (pod) => storedFields(POD, pod)),
  );
}

function changeMap(map: MapValue, field: string, change: (inner: MapValue) => MapValue): MapValue {
  return mapValues(map, (value, key) => (key === field && isMap(value) ? change(value) : value));
}

type Fields = { readonly [field: string]: Schema };

function storedFields(fields: Fields, map: MapValue): MapValue {
  return mapValues(map, (value, key) => {
    const schema = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (schema === undefined) return value;
    return value === null ? undefined : canonicalField(schema, value, AS_STORED, key, true);
  });
}

const AS_STORED: Spelling = { amount: storedAmount, complete: withDefaults };

const text: Schema = { type: 'string' };

const POD: Fields = {
  affinity: of('Affinity'),
  containers: listOf(of('Container')),
  dnsConfig: of('PodDNSConfig'),
  imagePullSecrets: listOf(of('LocalObjectReference')),
  initContainers: listOf(of('Container')),
  securityContext: of('PodSecurityContext'),
  tolerations: listOf(of('Toleration')),
  volumes: listOf(of('Volume')),
};

const SERVICE: Fields = {
  clusterIP: text,
  externalTrafficPolicy: text,
  loadBalancerIP: text,
  loadBalancerSourceRanges: listOf(text),
  ports: listOf(of('ServicePort')),
  type: text,
};

const CLAIM: Schema = {
  type: 'object',
  properties: { spec: of('PersistentVolumeClaimSpec') },
  'x-kubernetes': true,
};

const STATEFUL_SET: Fields = { volumeClaimTemplates: listOf(CLAIM) };

function of(name: string): Schema {
  return { $ref: refTo(name) };
}

function listOf(items: Schema): Schema {
  return { type: 'array', items };
}
