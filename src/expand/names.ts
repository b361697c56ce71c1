import type { Report } from './report.ts';

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
/** Kubernetes labels each pod of a StatefulSet with the set's name, a dash and a hash of up to ten characters. */
const SERVER_LENGTH = LABEL_LENGTH - 11;

/** Whether Kubernetes takes it for the name of a container or a volume. */
export function isDnsLabel(name: string): boolean {
  return name.length <= LABEL_LENGTH && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name);
}

/** Reports a group whose workloads could not be named after it; the StatefulSet's limit is the narrowest. */
export function checkNames({ instance, server }: Names, report: Report): void {
  const path = ['metadata', 'name'];
  if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(instance)) {
    const rule = 'lower-case letters, digits and dashes, beginning with a letter and not ending with a dash';
    report('name-not-dns', path, `the name "${instance}" must be a DNS label: ${rule}; rename the group`);
  } else if (server.length > SERVER_LENGTH) {
    const longest = SERVER_LENGTH - (server.length - instance.length);
    report(
      'name-too-long',
      path,
      `the StatefulSet would be called "${server}" (${server.length} characters), but must have at most ` +
        `${SERVER_LENGTH}; use a name of at most ${longest} characters for the group`,
    );
  }
}
