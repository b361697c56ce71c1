import type { Component } from '../meaning/server-spec.ts';

/** What TiDB Operator puts into the pods of a component, and so do the workloads of a group. */
export interface Generated {
  /** Containers that are always there; what is added under their name is merged into them. */
  readonly containers: readonly string[];
  readonly initContainers?: readonly string[];
  /** Volumes that are always there, and where the server's container has them. */
  readonly volumes: { readonly [name: string]: string };
  /** Volumes that are there with some settings, such as TLS. */
  readonly others: readonly string[];
}

const PODINFO = { annotations: '/etc/podinfo' };
const SCRIPT = { 'startup-script': '/usr/local/bin' };

/** Of what is not listed, nothing is known. */
export const GENERATED: { readonly [component in Component]?: Generated } = {
  pd: {
    containers: ['pd'],
    volumes: { ...PODINFO, config: '/etc/pd', ...SCRIPT, pd: '/var/lib/pd' },
    others: ['cluster-client-tls', 'pd-tls', 'tidb-client-tls'],
  },
  tikv: {
    containers: ['tikv'],
    volumes: { ...PODINFO, tikv: '/var/lib/tikv', config: '/etc/tikv', ...SCRIPT },
    others: ['cluster-client-tls', 'tikv-tls'],
  },
  tidb: {
    containers: ['tidb'],
    volumes: { ...PODINFO, config: '/etc/tidb', ...SCRIPT },
    others: [
      ...['cluster-client-tls', 'slowlog', 'tidb-auth-token', 'tidb-bootstrap-sql', 'tidb-client-tls'],
      ...['tidb-server-tls', 'tidb-tls'],
    ],
  },
  tiflash: {
    containers: ['clusterlog', 'errorlog', 'serverlog', 'tiflash'],
    initContainers: ['init'],
    volumes: { ...PODINFO, config: '/etc/tiflash', data0: '/data0' },
    others: ['cluster-client-tls', 'startup-script', 'tiflash-tls'],
  },
  ticdc: {
    containers: ['ticdc'],
    volumes: {},
    others: ['annotations', 'cluster-client-tls', 'config', 'startup-script', 'ticdc-tls'],
  },
  tiproxy: {
    containers: ['tiproxy'],
    volumes: { config: '/etc/proxy', ...PODINFO },
    others: ['cluster-client-tls', 'startup-script', 'tidb-client-tls', 'tidb-server-tls', 'tiproxy-tls'],
  },
};
