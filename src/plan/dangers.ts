/**
 * Every kind of danger that a comparison knows: a closed list, each with what it is in a few words.
 *
 * A code never changes its meaning: confirmations are written with it. docs/dangers.md explains each one, and a test
 * holds the two together.
 */
export const DANGERS = {
  // Stores, and whoever serves from them.
  'store-scale-in': 'stores go without their data being moved away',
  'store-removal': 'a whole group of stores goes without its data being moved away',
  'columns-scale-in': 'fewer TiFlash stores than tables may have replicas',
  'members-gone': 'members of PD go, and its quorum counts them all the same',
  'members-renamed': 'members of PD come under other names, as others',
  'group-renamed': 'a rename is a removal and a creation',
  'too-few-stores': 'fewer stores than replicas of the data',
  'quorum-at-risk': 'more stores are gone at once than the replicas of the data bear',
  'stores-roll-together': 'several groups of stores restart at the same time',
  'members-roll-together': 'more members of PD restart at the same time than its quorum bears',
  suspended: 'all pods stop',
  'servers-removed': 'no server of a kind is left',
  'service-removed': 'clients lose the Service by which they reach the servers',
  'replicas-handed-over': 'all pods but one stop, until an autoscaler has the number',
  'replicas-taken-back': 'stores that an autoscaler added go without their data being moved away',
  'output-switched': 'all pods go before they come again',

  // The cluster.
  'cluster-removed': 'a whole TidbCluster goes',
  'component-removed': 'a component is left to itself',
  'cluster-changed': 'servers join another cluster',
  'tls-switched': 'servers with TLS and without do not understand each other',

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

  // Versions.
  'version-downgrade': 'data that a newer version wrote is read by an older one',
  'version-skipped': 'an upgrade that leaves out a long-term release',

  // Config.
  'config-refused': 'the server refuses to start with a key changed',
  'placement-changed': 'labels that decide where data lies',
} as const;

export type DangerCode = keyof typeof DANGERS;
