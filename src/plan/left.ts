import { quote } from '../expand/index.ts';
import { ENGINES, type Engine, FLUX_PRUNE, isOfServers, keptBy, runnerIn } from '../gitops/index.ts';
import { DELETION } from '../krm/index.ts';
import { listed } from '../text/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { kubectl } from './advice.ts';
import { resourceName } from './resources.ts';
import type { SourcedWorkload } from './snapshot.ts';
import { wordsOn } from './words.ts';
import { titleOf } from './workload.ts';

/** `Argo CD, Flux and kpt leave`, or `Flux leaves`. */
export function leaveText(engines: readonly Engine[]): string {
  return `${listed(engines)} ${engines.length === 1 ? 'leaves' : 'leave'}`;
}

/** The engines that leave the servers of a group running when it is no longer rendered. */
export function keepersOf(member: SourcedWorkload | undefined): Engine[] {
  const runner = runnerIn(member?.resources ?? []);
  return runner === undefined ? [] : keptBy(runner);
}

/** Whether no known engine stops the servers of a group that is no longer rendered; only a person can. */
export function isLeftRunning(member: SourcedWorkload | undefined): boolean {
  return keepersOf(member).length === ENGINES.length;
}

/**
 * What engines leave of a workload that is no longer rendered, and how to delete it. What is still `rendered` serves other
 * workloads, such as a budget over all stores.
 */
export function notesOnRemoval(
  { resources, workload }: SourcedWorkload,
  rendered: ReadonlyMap<string, MapValue>,
): string[] {
  const byEngines = new Map<string, MapValue[]>();
  for (const resource of resources) {
    if (rendered.has(titleOf(resourceName(resource)))) continue;
    const engines = keptBy(resource);
    const leave = leaveText(engines);
    if (engines.length > 0) byEngines.set(leave, [...(byEngines.get(leave) ?? []), resource]);
  }
  return [...byEngines].map(([leave, left]) => {
    const names = left.map(resourceName);
    const titles = listed(names.map(({ kind, name }) => `${kind} ${name}`));
    const command = `${kubectl(workload.owner.namespace)} delete ${names.map(({ kind, name }) => quote(`${kind.toLowerCase()}/${name}`)).join(' ')}`;
    return `${leave} ${titles} in the cluster, because of their annotations; ${wordsOn(workload).unused}, delete them: \`${command}\``;
  });
}

/**
 * What happens to the ConfigMap that pods mount until they restart, if another replaces it: Flux prunes before it
 * checks whether they have restarted, and kpt after a timeout.
 */
export function notesOnFiles(old: SourcedWorkload, now: SourcedWorkload): string[] {
  const [was, is] = [filesOf(old), filesOf(now)];
  if (was === undefined || is === undefined) return [];
  const { namespace, name } = resourceName(was);
  if (name === resourceName(is).name) return [];
  const command = kubectl(namespace);
  const afterwards = `once all pods have restarted, delete it: \`${command} delete configmap ${quote(name)}\``;
  const engines = keptBy(was);
  const others = (['Flux', 'kpt'] as const).filter((engine) => !engines.includes(engine));
  if (others.length === 0) {
    return [
      `${leaveText(engines)} the ConfigMap ${name}, which pods mount until they restart; ${afterwards}`,
    ];
  }
  const signs = [
    ...(others.includes('Flux') ? [`${FLUX_PRUNE}=disabled`] : []),
    ...(others.includes('kpt') ? [`${DELETION}=detach`] : []),
  ];
  return [
    `${listed(others)} may delete the ConfigMap ${name} before the pods that mount it have restarted; protect it first: \`${command} annotate configmap ${quote(name)} ${signs.join(' ')} --overwrite\`; ${afterwards}`,
  ];
}

function filesOf({ resources }: SourcedWorkload): MapValue | undefined {
  return resources.find(isOfServers);
}
