import { byName } from '../components/index.ts';
import { certificateFiles, PD_PORT, quote, type Release, releaseOf, tlsDirectory } from '../expand/index.ts';
import { mapAt, mapsAt, textAt } from '../yaml/index.ts';
import { serverOf, type Workload } from './workload.ts';

/**
 * `hot-tikv-2, hot-tikv-1`: the pods of some ordinals, from the highest; a long list is shortened in the middle. From an
 * unknown number on it is `hot-tikv-N`.
 */
export function podList(set: string, from: number | undefined, to: number): string {
  if (from === undefined) return `${set}-N`;
  const count = from - to;
  const name = (ordinal: number) => `${set}-${ordinal}`;
  if (count > 4) return `${name(from - 1)} to ${name(to)}`;
  return Array.from({ length: count }, (_, index) => name(from - 1 - index)).join(', ');
}

export function kubectl(namespace: string): string {
  return namespace === '' ? 'kubectl' : `kubectl -n ${quote(namespace)}`;
}

/** The command that asks PD, run in its first pod. */
export function pdCtl({ cluster, tls }: Workload): string {
  const [name = '', namespace = ''] = cluster.split('/').reverse();
  const scheme = tls.cluster ? 'https' : 'http';
  const { ca, cert, key } = certificateFiles(tlsDirectory(byName.pd.name));
  const keys = tls.cluster ? ` --cacert ${ca} --cert ${cert} --key ${key}` : '';
  const pod = quote(`${name === '' ? 'CLUSTER' : name}-pd-0`);
  return `${kubectl(namespace)} exec ${pod} -- /pd-ctl -u ${scheme}://127.0.0.1:${PD_PORT}${keys}`;
}

/** How to see the number of pods if no file has it. */
export function howManyRun({ set, owner }: Workload): string {
  return `Check how many pods are running: \`${kubectl(owner.namespace)} get statefulset ${quote(set)} -o jsonpath={.spec.replicas}\``;
}

/** How to replace a StatefulSet while its pods keep running. */
export function replaceSteps(workload: Workload): string[] {
  const { set, owner, replicas } = workload;
  const away = `Delete the StatefulSet and leave its pods running: \`${kubectl(owner.namespace)} delete statefulset ${quote(set)} --cascade=orphan\`.`;
  const then =
    'Then apply this change: the new StatefulSet takes over the pods, and restarts those that differ one by one.';
  if (replicas !== undefined) return [away, then];
  return [
    `${howManyRun(workload)}. Without \`replicas\` a new StatefulSet has one pod, and stops all others.`,
    away,
    'Create the new StatefulSet yourself (`kubectl create`): use the rendered one, with that number as `spec.replicas`.',
    then,
  ];
}

/** The version in an image's tag. */
export function versionOf(image: string): Release['number'] | undefined {
  return releaseOf(image)?.number;
}

export function labelsOf(workload: Workload): Map<string, string> {
  const labels = new Map<string, string>();
  for (const { table } of workload.configs) {
    const server = table.get('server');
    const written = server instanceof Map ? server.get('labels') : undefined;
    if (written instanceof Map) for (const [key, value] of written) labels.set(key, String(value));
  }
  return labels;
}

/** Labels that the server's environment gives the store, `zone=a,host=b`; they come on top of the config's. */
export function environmentLabels(workload: Workload): Map<string, string> {
  const labels = new Map<string, string>();
  const annotations = mapAt(workload.template, 'metadata', 'annotations');
  const labelsVariable = byName[workload.component].labelsVariable?.(annotations);
  for (const variable of mapsAt(serverOf(workload), 'env')) {
    if (variable.name !== labelsVariable) continue;
    for (const pair of textAt(variable, 'value').split(',')) {
      const [key = '', value = ''] = pair.split('=');
      if (key !== '') labels.set(key.trim(), value.trim());
    }
  }
  return labels;
}
