/**
 * Every kind of danger that a comparison knows: a closed list, each with a short description.
 *
 * A code never changes its meaning: confirmations contain it. docs/dangers.md explains each one, and a test compares
 * the two.
 */
export const DANGERS = {
  // Stores, and whoever serves from them.
  'store-scale-in': 'stores are removed without moving their data away',
  'store-removal': 'a whole group of stores is removed without moving its data away',
  'columns-scale-in': 'fewer TiFlash stores than tables may have replicas',
  'members-gone': 'members of PD are removed, and its quorum still counts them',
  'members-renamed': 'members of PD get other names, and PD takes them for new ones',
  'group-renamed': 'a rename is a removal and a creation',
  'too-few-stores': 'fewer stores than replicas of the data',
  'quorum-at-risk': 'more stores stop at once than the data can tolerate',
  'stores-roll-together': 'several groups of stores restart at the same time',
  'members-roll-together': 'more members of PD restart at the same time than its quorum tolerates',
  suspended: 'all pods stop',
  'servers-removed': 'no server of a kind is left',
  'service-removed': 'clients lose the Service by which they reach the servers',
  'service-type-changed': 'clients lose the way by which they reach a Service',
  'service-selects-none': 'a Service leads to no running pod until the pods restart',
  'replicas-handed-over': 'all pods but one stop, until an autoscaler sets the number',
  'replicas-taken-back': 'stores or members that an autoscaler added are removed without preparation',
  'output-switched': 'all pods are deleted before they are created again',

  // The cluster.
  'cluster-removed': 'a whole TidbCluster is removed',
  'component-removed': 'a component is left unmanaged',
  'reclaim-policy-changed': 'volumes are deleted with their claims',
  'cluster-changed': 'servers join another cluster',
  'tls-switched': 'servers with TLS and without cannot talk to each other',

  // What Kubernetes refuses to change.
  'selector-changed': 'Kubernetes refuses another selector',
  'service-name-changed': 'Kubernetes refuses another service name',
  'pod-management-changed': 'Kubernetes refuses another pod management policy',
  'claims-changed': 'Kubernetes refuses other claim templates',
  'service-address-changed': 'Kubernetes refuses another cluster IP',
  'update-refused': 'Kubernetes refuses another value of a field that is fixed',

  // Volumes.
  'volume-shrunk': 'a volume cannot become smaller',
  'volume-moved': 'data stays behind in the old volume',
  'volume-removed': 'data stays behind in a volume that is no longer used',
  'data-directory-moved': 'the server starts without its data',
  'data-out-of-sight': 'data stays behind on a volume that the server no longer sees',
  'volumes-elsewhere': 'pods stay Pending, because their volumes are on other nodes',

  // Versions.
  'version-downgrade': 'data that a newer version wrote is read by an older one',
  'version-skipped': 'an upgrade skips a long-term support release',

  // Config.
  'config-refused': 'the server refuses to start with the changed key',
  'placement-changed': 'labels that decide where data is placed',
} as const;

export type DangerCode = keyof typeof DANGERS;
