import { byName } from '../components/index.ts';
import { quote } from '../expand/index.ts';
import { kubectl, pdCtl, podList } from './advice.ts';
import type { ClusterObject } from './base.ts';
import { drainFirst } from './drained.ts';
import { isForClients, wordsOn } from './words.ts';
import { canBeGroup, type Drain, hasQuorum, isOfBase, type Workload } from './workload.ts';
import { removalText, replicasText } from './zone.ts';

/** How to take servers out of service, one step each: before a change is applied, and after it. */
export interface Steps {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The step between those that prepare a change, and those that clean up after it. */
export const APPLY = 'Then apply this change.';

/** The same where several dangers have it: the change is applied once for all of them. */
export const APPLY_ONCE =
  'Then apply this change, once the steps before this one are done for every danger that has them.';

/** The steps for several workloads as one list: all are prepared, the change is applied once, and then all is cleaned up. */
export function inOrder(all: readonly Steps[], then = APPLY): string[] {
  if (all.length === 0) return [];
  const [before, after] = [all.flatMap((steps) => steps.before), all.flatMap((steps) => steps.after)];
  return [...new Set(before), then, ...new Set(after)];
}

const CLAIMS_STAY = 'The claims stay: delete them once you no longer need them.';

/**
 * How to take servers that keep data out of service before they go: those from ordinal `to` on. If an autoscaler has their
 * number, N stands for each.
 */
export function takeOut(cluster: ClusterObject | undefined, workload: Workload, to: number): Steps {
  if (workload.replicas !== undefined && workload.replicas <= to) return { before: [], after: [] };
  if (workload.runner === 'TiDB Operator') return scaledByOperator(workload, to);
  if (hasQuorum(workload)) return memberSteps(cluster, workload, to);
  return workload.drain === undefined ? drainSteps(workload, to) : drainedByJob(workload, workload.drain, to);
}

function scaledByOperator(workload: Workload, to: number): Steps {
  const { set, owner, replicas } = workload;
  const done = hasQuorum(workload) ? 'taken the members out of the quorum' : 'moved the data away';
  return {
    before: [
      `Set ${replicasText(workload, to)} first, and wait until TiDB Operator has ${done} and removed the pods: \`${kubectl(owner.namespace)} get pods\` no longer lists ${podList(set, replicas, to)}.`,
    ],
    after: [CLAIMS_STAY],
  };
}

/** The Job of a group drains all that its `replicas` leave out, so a group is removed by way of none. */
function drainedByJob(workload: Workload, { awaitedBy }: Drain, to: number): Steps {
  const { set, owner, replicas } = workload;
  const gone = `Wait until the pods are gone: \`${kubectl(owner.namespace)} get pods\` no longer lists ${podList(set, replicas, to)}.`;
  const drain =
    awaitedBy === ''
      ? [...drainFirst(workload, to), `Apply that. ${gone}`]
      : [
          `Set ${replicasText(workload, to)} first, and apply that: a Job drains the stores before they go.`,
          gone,
        ];
  return { before: drain, after: [CLAIMS_STAY] };
}

function drainSteps(workload: Workload, to: number): Steps {
  const { set, owner, replicas } = workload;
  const command = pdCtl(workload);
  const pods = podList(set, replicas, to);
  const domain = `${set}-peer${owner.namespace === '' ? '' : `.${owner.namespace}`}`;
  return {
    before: [
      `Find the ids of the stores: \`${command} store\`; their addresses begin with ${pods} and end in ${domain}….`,
      `Move their data away, one store at a time: \`${command} store delete ID\`.`,
      `Wait until \`${command} store ID\` says "Tombstone", or finds no such store.`,
    ],
    after: to === 0 ? [CLAIMS_STAY] : [deleteClaims(workload, to)],
  };
}

/** How to delete what stores leave behind that a scale-in has removed. */
export function deleteClaims(workload: Workload, to: number): string {
  const { claims, replicas, set } = workload;
  // Any of them may hold what tells a store who it is, as one that the raft engine has for itself.
  const names = claims.map(({ name }) =>
    replicas === undefined || replicas - to > 1 ? `${name}-${set}-N` : `${name}-${set}-${to}`,
  );
  return deleteClaimsNamed(workload, names, 'what the stores leave behind');
}

function deleteClaimsNamed({ owner }: Workload, names: readonly string[], what: string): string {
  const commands = names.map((name) => `\`${kubectl(owner.namespace)} delete pvc ${quote(name)}\``);
  return `Before you scale out again, delete ${what}: ${commands.join(', ')}.`;
}

/** More members than this are not listed by name. */
const MOST_NAMED = 4;

/** Nothing takes a member out of the quorum by itself, and PD counts it until somebody does. */
function memberSteps(cluster: ClusterObject | undefined, old: Workload, to: number): Steps {
  const command = pdCtl(old);
  const { set, replicas } = old;
  const count = replicas === undefined ? undefined : replicas - to;
  const deletion = (ordinal: number | 'N') =>
    `\`${command} member delete name ${quote(memberName(cluster, old, ordinal))}\``;
  const deletions =
    count === undefined || replicas === undefined
      ? `${deletion('N')} (for each N from ${to} up)`
      : count > MOST_NAMED
        ? `${deletion('N')} (N from ${replicas - 1} down to ${to})`
        : Array.from({ length: count }, (_, index) => deletion(replicas - 1 - index)).join(', ');
  const [out, them] = count === 1 ? ['the member', 'it'] : ['the members, one at a time,', 'them'];
  const claim = `pd-${set}-${count === 1 ? to : 'N'}`;
  return {
    before: [
      `Check which member leads, and that all are healthy: \`${command} member leader show\` and \`${command} health\`. If a member that goes is the leader, make it resign: \`${command} member leader resign\`.`,
      `Take ${out} out of the quorum: ${deletions}, and check that \`${command} member\` no longer lists ${them}.`,
    ],
    after:
      to === 0
        ? [CLAIMS_STAY]
        : [
            deleteClaimsNamed(
              old,
              [claim],
              'what the members leave behind, because PD does not start on the data of a member that was taken out',
            ),
          ],
  };
}

/** A member is called after its pod; those of several Kubernetes clusters, or with a domain, after its full host name. */
export function memberName(
  cluster: ClusterObject | undefined,
  { set, owner }: Workload,
  ordinal: number | 'N',
): string {
  const { clusterDomain: domain, acrossK8s } = cluster?.spec ?? {};
  const pod = `${set}-${ordinal}`;
  if (!acrossK8s && !domain) return pod;
  return `${pod}.${set}-peer.${owner.namespace || 'NAMESPACE'}.svc${domain ? `.${domain}` : ''}`;
}

/** How to get servers of another kind (`what`) where those that run cannot change: others take their place. */
export function replaceServers(
  cluster: ClusterObject | undefined,
  workload: Workload,
  what: string,
): string[] {
  const { component, set } = workload;
  const { keeps } = byName[component];
  const isBase = isOfBase(workload);
  if (isBase && (!canBeGroup(workload) || keeps === 'quorum')) {
    const why = keeps === 'quorum' ? ', because all servers find PD by the members of the TidbCluster' : '';
    return [
      `Create a new cluster with ${what}, and move to it with a backup or TiCDC: no group can replace ${set}${why}.`,
    ];
  }
  const add = `Add a group with another name and ${what}`;
  if (keeps === 'nothing' || keeps === 'log') {
    const move = isForClients(workload)
      ? ', and move all clients to it'
      : ', and wait until its servers are up';
    return [
      `${add}${move}.`,
      isBase
        ? `Then set \`spec.${component}.replicas: 0\` in the TidbCluster.`
        : `Then ${removalText(workload)}.`,
    ];
  }
  const { one } = wordsOn(workload);
  const healthy = one === 'member' ? 'healthy' : 'up';
  const wait = `${add}, and wait until its ${one}s are ${healthy}.`;
  if (isBase) {
    return [
      wait,
      `Then lower \`spec.${component}.replicas\` of the TidbCluster: TiDB Operator moves the data of each store away before it removes the store.`,
    ];
  }
  return [wait, ...inOrder([takeOut(cluster, workload, 0)], `Then ${removalText(workload)}.`)];
}
