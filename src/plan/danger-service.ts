import { byName, type Keeps } from '../components/index.ts';
import { allBy } from '../lookup/index.ts';
import { counted } from '../text/index.ts';
import { textAt } from '../yaml/index.ts';
import type { Compared, Finding, Rule } from './finding.ts';
import type { SourcedWorkload } from './snapshot.ts';
import { teamOf } from './teams.ts';
import { isForClients } from './words.ts';
import { isOfBase, titleOf, type Workload, workloadTitle } from './workload.ts';

/** Servers of which none is left; another rule covers suspended ones. */
export const serversRemoved: Rule = (sides) => {
  const renamed = new Set(sides.renames.map(({ old }) => old));
  const running = allBy(sides.compared.filter(isRunningIn(sides.cluster)), ({ now }) =>
    now === undefined ? [] : [workOf(now.workload)],
  );
  return sides.compared.flatMap((pair): Finding[] => {
    const old = pair.old?.workload;
    if (old === undefined || old.suspended || renamed.has(old)) return [];
    // Others do the work of those for whom nobody has an address.
    if (!isForClients(old) && areOthersLeft(old, pair)) return [];
    if (pair.now === undefined)
      return isForClients(old) ? groupRemoved(old, pair, sides.titles) : lastGroupRemoved(old);
    const stopped = allStopped(old, pair.now.workload);
    return stopped.length > 0 ? stopped : workLeft(old, pair.now.workload);
  });

  function areOthersLeft(old: Workload, pair: Compared): boolean {
    // All servers find PD by the Service of the base, which leads to its own members only.
    if (byName[old.component].keeps === 'quorum' && isOfBase(old)) return false;
    const [first, second] = running.get(workOf(old)) ?? [];
    return (first === pair ? second : first) !== undefined;
  }
};

function isRunningIn(cluster: string): (pair: Compared) => boolean {
  return ({ now }) =>
    now !== undefined &&
    now.workload.cluster === cluster &&
    now.workload.replicas !== 0 &&
    !now.workload.suspended;
}

/** Equal for servers that take over each other's work. */
function workOf(workload: Workload): string {
  return `${workload.component} ${teamOf(workload)?.value ?? ''}`;
}

/** Servers that turn to other work, where nobody does what they have done. */
function workLeft(old: Workload, now: Workload): Finding[] {
  const [was, is] = [teamOf(old), teamOf(now)];
  if (was === undefined || is === undefined || was.value === is.value) return [];
  if (old.replicas === 0 || now.suspended) return [];
  const [lost, instead] = LOST.nothing;
  return [
    {
      code: 'servers-removed',
      workloads: [now],
      message: `${workloadTitle(now)} gets another \`${was.key}\` ("${was.value}" → "${is.value}"), and no other server with "${was.value}" is left: ${lost}`,
      instead: [instead],
      facts: [workloadTitle(now), was.key, was.value, is.value],
    },
  ];
}

/** Of a component of the base it is said that nobody looks after it; what holds data has rules of its own. */
function lastGroupRemoved(old: Workload): Finding[] {
  const { keeps } = byName[old.component];
  if (keeps !== 'nothing' || isOfBase(old) || old.replicas === 0) return [];
  const [lost, instead] = LOST.nothing;
  return [
    {
      code: 'servers-removed',
      workloads: [old],
      message: `${titleOf(old.owner)} is removed, and no other server ${teamText(old)} is left: ${lost}`,
      instead: [instead],
      facts: [titleOf(old.owner)],
    },
  ];
}

function teamText(workload: Workload): string {
  const team = teamOf(workload);
  return team === undefined ? 'of its kind' : `with the \`${team.key}\` "${team.value}"`;
}

function groupRemoved(old: Workload, pair: Compared, titles: ReadonlySet<string>): Finding[] {
  const service = clientService(pair.old);
  if (isOfBase(old) || old.replicas === 0 || service === '') return [];
  const stays = titles.has(serviceTitle(old, service));
  return [
    {
      code: 'servers-removed',
      workloads: [old],
      message: stays
        ? `${titleOf(old.owner)} is removed with its servers: clients lose their connections to them, and the Service ${service} leads to others from now on`
        : `${titleOf(old.owner)} is removed with its servers and the Service ${service}: clients that use it can no longer connect`,
      instead: [stays ? LET_GO : MOVE_FIRST],
      facts: [titleOf(old.owner)],
    },
  ];
}

function serviceTitle({ owner: { namespace } }: Workload, name: string): string {
  return titleOf({ kind: 'Service', namespace, name });
}

const LET_GO =
  'Add the new servers first, and wait until they are up; then remove these at a time when clients may connect again.';

/** What is lost with the last server; for stores, see the rules on stores. */
const LOST: { readonly [keeps in Exclude<Keeps, 'regions'>]: readonly [lost: string, instead: string] } = {
  nothing: [
    'changefeeds stop, so downstream systems get no more changes',
    'Check that nothing needs a changefeed any more: `cdc cli changefeed list`.',
  ],
  quorum: [
    'without them, no server of the cluster or its groups finds data or begins a transaction',
    'Keep them running as long as any server of the cluster runs; to stop the cluster, suspend it: `spec.suspendAction`.',
  ],
  columns: [
    'queries on columnar replicas fail or become slow, and tables keep replicas that no server has',
    'Remove the replicas first: `ALTER TABLE … SET TIFLASH REPLICA 0;` for each table that has any.',
  ],
  log: [
    'binlogs are no longer written, and SQL servers with `binlogEnabled` refuse to write',
    'Set `spec.tidb.binlogEnabled: false` first, and check that Drainer has taken all binlogs.',
  ],
};

function allStopped(old: Workload, now: Workload): Finding[] {
  const { keeps } = byName[now.component];
  if (keeps === 'regions') return [];
  if (now.suspended || now.replicas !== 0 || old.replicas === undefined || old.replicas === 0) return [];
  const [lost, instead] = isForClients(now)
    ? ['all connections to them are lost, and clients cannot connect again', MOVE_FIRST]
    : LOST[keeps];
  const gone =
    old.replicas === 1 ? 'its server is removed' : `all ${counted(old.replicas, 'server')} are removed`;
  return [
    {
      code: 'servers-removed',
      workloads: [now],
      message: `the StatefulSet ${now.set} gets 0 replicas: ${gone}, and ${lost}`,
      instead: [instead],
      facts: [now.set, now.owner.namespace, old.replicas],
    },
  ];
}

const MOVE_FIRST =
  'Move all clients to other servers, and check that nobody is connected: `SHOW PROCESSLIST;`.';

/** The Services of a group for clients. TiDB Operator never deletes one that it has made. */
export const serviceRemoved: Rule = ({ compared, cluster, titles }) =>
  compared.flatMap(({ old, now }): Finding[] => {
    if (old === undefined || now?.workload.cluster !== cluster) return [];
    const isApplied = old.workload.runner === 'Kubernetes' && now.workload.runner === 'Kubernetes';
    const left = new Set(clientServices(now));
    const { workload } = now;
    return clientServices(old)
      .filter((name) => isApplied && !left.has(name) && !titles.has(serviceTitle(workload, name)))
      .map((name) => ({
        code: 'service-removed',
        workloads: [workload],
        message: `the Service ${name} is removed with its name and address: clients that use it to reach ${workload.set} can no longer connect`,
        instead: [
          'Keep `service` until no client uses it any more.',
          'For another kind of Service, change its `type` instead of removing it.',
        ],
        facts: [name, workload.owner.namespace],
      }));
  });

/** The names of the Services by which others reach servers, also such as they share with those of other groups. */
function clientServices({ workloads }: SourcedWorkload): string[] {
  return workloads
    .filter(({ kind, metadata }) => kind === 'Service' && !textAt(metadata, 'name').endsWith('-peer'))
    .map(({ metadata }) => textAt(metadata, 'name'));
}

/** Its name; '' if there is none. */
function clientService(member: SourcedWorkload | undefined): string {
  const service = member?.workloads.find(
    ({ kind, metadata }) => kind === 'Service' && textAt(metadata, 'name') === member.workload.set,
  );
  return textAt(service, 'metadata', 'name');
}
