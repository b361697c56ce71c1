/** A kind that other resources refer to, and its API group; '' for Kubernetes' own. */
export interface Referred {
  readonly kind: string;
  readonly group: string;
}

const CONFIG_MAP: Referred = { kind: 'ConfigMap', group: '' };
const SECRET: Referred = { kind: 'Secret', group: '' };

/** For types that Kubernetes defines, the field that is a name. Its local references all mean Secrets in a pod. */
const IN_TYPES: { readonly [typeAndField: string]: Referred } = {
  'AzureFileVolumeSource.secretName': SECRET,
  'ConfigMapEnvSource.name': CONFIG_MAP,
  'ConfigMapKeySelector.name': CONFIG_MAP,
  'ConfigMapProjection.name': CONFIG_MAP,
  'ConfigMapVolumeSource.name': CONFIG_MAP,
  'LocalObjectReference.name': SECRET,
  'PersistentVolumeClaimVolumeSource.claimName': { kind: 'PersistentVolumeClaim', group: '' },
  'SecretEnvSource.name': SECRET,
  'SecretKeySelector.name': SECRET,
  'SecretProjection.name': SECRET,
  'SecretVolumeSource.secretName': SECRET,
};

/** Fields that are a name, or a list of names, in any type. */
const FIELDS: { readonly [field: string]: Referred } = {
  bootstrapSQLConfigMapName: CONFIG_MAP,
  priorityClassName: { kind: 'PriorityClass', group: 'scheduling.k8s.io' },
  serviceAccount: { kind: 'ServiceAccount', group: '' },
  storageClassName: { kind: 'StorageClass', group: 'storage.k8s.io' },
  tlsClientSecretName: SECRET,
  tlsClientSecretNames: SECRET,
  volumeAttributesClassName: { kind: 'VolumeAttributesClass', group: 'storage.k8s.io' },
};

/** What the text in a field of a type names; undefined if it does not name a resource. */
export function referredBy(type: string, field: string): Referred | undefined {
  const key = `${type}.${field}`;
  if (Object.hasOwn(IN_TYPES, key)) return IN_TYPES[key];
  return Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
}
