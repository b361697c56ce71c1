import type { ComponentName } from '../api/index.ts';

/** The names of a group's resources, like those that TiDB Operator gives to a TidbCluster's. */
export interface Names {
  /** The group's own name, which is also the instance that labels its resources. */
  readonly instance: string;
  /** Undefined if the group leaves it to the tool that applies it. */
  readonly namespace: string | undefined;
  /** StatefulSet, Service for clients, and the beginning of the ConfigMap's name. */
  readonly server: string;
  /** The headless Service that gives each pod its address. */
  readonly peer: string;
}

export function memberNames(
  component: ComponentName,
  metadata: { name?: string; namespace?: string },
): Names {
  const instance = metadata.name ?? '';
  const server = `${instance}-${component}`;
  return { instance, namespace: metadata.namespace || undefined, server, peer: `${server}-peer` };
}

/** The Secret of the certificate by which the cluster knows a component's servers. */
export function clusterSecret(instance: string, component: ComponentName): string {
  return `${instance}-${component}-cluster-secret`;
}

/** The Secret of the certificate by which others ask the cluster's servers. */
export function clientSecret(instance: string): string {
  return `${instance}-cluster-client-secret`;
}

/** What the claim of one of a component's `storageVolumes` is called, and so its volume. */
export function storageVolumeName(component: string, name: string): string {
  return `${component}-${name}`;
}

const LABEL_LENGTH = 63;

/** Whether Kubernetes takes it for the name of a container or a volume. */
export function isDnsLabel(name: string): boolean {
  return name.length <= LABEL_LENGTH && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name);
}
