/**
 * Every kind of problem this project reports: a closed list.
 *
 * A code never changes its meaning; docs/problems.md explains each one, and a test compares the two.
 */
export const CODES = {
  // Without a prototype V8 keeps it as a dictionary; otherwise it would make a hidden class for each code at every start.
  __proto__: null,

  // The list as a whole.
  'not-a-resource-list': 'error',
  'broken-yaml': 'error',
  'not-a-resource': 'error',
  'no-resources': 'error',
  'nested-list': 'error',
  'duplicate-key': 'warning',
  'separator-missing': 'error',
  'duplicate-resource': 'error',
  schema: 'error',
  'kind-unknown': 'warning',

  // The function config.
  'config-kind': 'error',
  'config-not-found': 'error',

  // Which cluster a group means.
  'cluster-missing': 'error',
  'cluster-not-found': 'error',
  'cluster-ambiguous': 'error',
  'cluster-name-conflict': 'error',
  'cluster-name-deprecated': 'warning',
  'cluster-namespace': 'error',

  // What comes out.
  'group-not-expanded': 'error',
  'render-incomplete': 'error',
  'render-renamed': 'error',
  'group-not-found': 'error',
  collision: 'error',
  'member-duplicate': 'error',
  'metadata-conflict': 'error',
  'name-too-long': 'error',
  'name-not-dns': 'error',
  'file-name': 'error',
  'file-path': 'error',
  'version-missing': 'error',
  'version-unclear': 'warning',
  'version-tag': 'warning',
  'env-duplicate': 'error',
  'name-duplicate': 'error',
  'volume-not-found': 'error',
  'key-not-found': 'error',
  'container-merge': 'error',
  'no-effect': 'warning',
  'argument-quoted': 'warning',
  'config-not-toml': 'error',
  'config-toml-version': 'error',
  'config-type': 'error',
  'config-value': 'error',
  'config-overwritten': 'warning',
  'data-not-kept': 'warning',
  'config-key-dropped': 'warning',
  'config-key-unknown': 'warning',
  'config-port': 'error',
  'config-port-unserved': 'warning',

  // A TidbCluster that is to become a group.
  'adopt-component': 'error',
  'adopt-differs': 'error',
  'adopt-lost': 'warning',
  'adopt-restart': 'info',

  // What TiDB Operator v2 has in another way, or not at all.
  'convert-new-cluster': 'info',
  'convert-lost': 'warning',
  'convert-changed': 'warning',
  'convert-refused': 'error',
  'convert-rendered': 'error',

  // What an earlier render made.
  'danger-unconfirmed': 'error',
  'confirm-unused': 'info',
  'rollout-kept': 'info',

  // What a resource says that cannot work.
  'request-over-limit': 'error',
  'autoscale-request': 'error',
  'data-sub-dir': 'error',
  'resource-claim': 'error',
  'env-source': 'error',
  'port-duplicate': 'error',
  'service-field': 'error',
  'node-port-range': 'warning',
  'pd-address': 'error',
  'grace-period': 'warning',
  'delete-slots': 'error',
  'kubernetes-version': 'warning',

  // Resources that do not go together.
  'pd-missing': 'warning',
  'base-image-missing': 'warning',
  'autoscaled-stores': 'warning',
  'autoscaler-target': 'warning',
  'already-there': 'info',
  'budget-duplicate': 'error',
  'budget-namespace': 'info',
  'drain-image': 'info',
  'scrape-namespace': 'error',
  'instance-label': 'warning',
  'version-skew': 'warning',
  'version-inherited': 'warning',
  'across-kubernetes': 'error',
  'session-token-missing': 'warning',
  'store-count': 'warning',
  'store-label-syntax': 'error',
  'store-label-unknown': 'info',
  'store-label-strict': 'error',
  'store-label-spelling': 'warning',
  'zone-replicas': 'error',
  'zone-conflict': 'error',
  'zone-count': 'warning',
  'exclusive-stores': 'warning',
  'neighbour-not-found': 'warning',
  'certificate-namespace': 'error',
  'issuer-not-found': 'warning',
  'network-policy-peer': 'warning',
  'secret-not-found': 'info',
  'hash-missing': 'warning',
  'policy-constraint': 'error',
  'policy-stores': 'error',
  'policy-group': 'warning',

  // A field that is not as its kind has it.
  'field-type': 'error',
  'field-unknown': 'error',
  'field-unknown-kubernetes': 'warning',
  'field-unknown-operator': 'warning',
  'field-missing': 'error',
  'field-enum': 'error',
  'field-range': 'error',
  'field-choice': 'error',

  // A text that is not of its format.
  quantity: 'error',
  duration: 'error',
  ip: 'error',
  cidr: 'error',
  port: 'error',
  'dns-name': 'error',
  'label-syntax': 'error',
  'annotation-syntax': 'error',
  'config-key': 'error',
  'env-name': 'error',
  path: 'error',
  'mount-path': 'warning',
  'text-syntax': 'error',
  'image-reference': 'error',
} as const;

export type Code = Exclude<keyof typeof CODES, '__proto__'>;

export type Severity = 'error' | 'warning' | 'info';
