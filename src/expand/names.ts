export type Component = 'tikv' | 'tidb';

/** What the resources of a group are called; TiDB Operator calls those of a TidbCluster so. */
export interface Names {
  /** The group's own name, which is also the instance that labels its resources. */
  readonly instance: string;
  /** Undefined where the group leaves it to whoever applies it. */
  readonly namespace: string | undefined;
  /** StatefulSet, Service for clients, and the beginning of the ConfigMap's name. */
  readonly server: string;
  /** The headless Service that gives each pod its address. */
  readonly peer: string;
}

export function memberNames(component: Component, metadata: { name?: string; namespace?: string }): Names {
  const instance = metadata.name ?? '';
  const server = `${instance}-${component}`;
  return { instance, namespace: metadata.namespace || undefined, server, peer: `${server}-peer` };
}

const LABEL_LENGTH = 63;

/** Whether Kubernetes takes it for the name of a container or a volume. */
export function isDnsLabel(name: string): boolean {
  return name.length <= LABEL_LENGTH && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name);
}
