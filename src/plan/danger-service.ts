import { byName, type Keeps } from '../components/index.ts';
import { NETWORK } from '../components/network.generated.ts';
import { textAt } from '../list/index.ts';
import { counted } from '../text/index.ts';
import { renames } from './danger-stores.ts';
import type { Compared, Finding, Rule, Site } from './finding.ts';
import type { Member } from './snapshot.ts';
import { titleOf, type Workload } from './workload.ts';

/** Servers of which none is left; what stops and stays is said elsewhere. */
export const serversRemoved: Rule = (site) => {
  const renamed = new Set(renames(site).map(({ old }) => old));
  return site.compared.flatMap((pair): Finding[] => {
    const old = pair.old?.workload;
    if (old === undefined || old.suspended || renamed.has(old)) return [];
    // Others do the work of those for whom nobody has an address.
    if (!isForClients(old) && areOthersLeft(site, old)) return [];
    if (pair.now !== undefined) return allStopped(old, pair.now.workload);
    return isForClients(old) ? groupRemoved(old, pair) : lastGroupRemoved(old);
  });
};

function areOthersLeft({ compared, cluster }: Site, { component, owner }: Workload): boolean {
  // All servers find PD by the Service of the base, which leads to its own members only.
  if (byName[component].keeps === 'quorum' && owner.kind === 'TidbCluster') return false;
  return compared.some(({ now }) => {
    const its = now?.workload;
    if (its === undefined || its.component !== component || its.cluster !== cluster) return false;
    return titleOf(its.owner) !== titleOf(owner) && its.replicas !== 0 && !its.suspended;
  });
}

/** Of a component of the base it is said that nobody looks after it; what holds data has rules of its own. */
function lastGroupRemoved(old: Workload): Finding[] {
  const { keeps } = byName[old.component];
  if (keeps !== 'nothing' || old.owner.kind === 'TidbCluster' || old.replicas === 0) return [];
  const [lost, instead] = LOST.nothing;
  return [
    {
      code: 'servers-removed',
      workloads: [old],
      message: `${titleOf(old.owner)} goes, and no other server of its kind is left: ${lost}`,
      instead: [instead],
      facts: [titleOf(old.owner)],
    },
  ];
}

function isForClients({ component }: Workload): boolean {
  return NETWORK[component]?.clientPort !== undefined;
}

function groupRemoved(old: Workload, pair: Compared): Finding[] {
  if (old.owner.kind === 'TidbCluster' || old.replicas === 0 || clientService(pair.old) === '') return [];
  return [
    {
      code: 'servers-removed',
      workloads: [old],
      message: `${titleOf(old.owner)} goes with its servers and with the Service ${clientService(pair.old)}: clients that reach them by it can no longer connect`,
      instead: [MOVE_FIRST],
      facts: [titleOf(old.owner)],
    },
  ];
}

/** What is lost with the last server; of stores, the rules on stores say it. */
const LOST: { readonly [keeps in Exclude<Keeps, 'regions'>]: readonly [lost: string, instead: string] } = {
  nothing: [
    'changefeeds stop, so that what is downstream gets no changes any more',
    'See that nothing needs a changefeed any more: `cdc cli changefeed list`.',
  ],
  quorum: [
    'no server of the cluster, or of a group that joins it, finds data or begins a transaction without them',
    'Leave them running as long as any server of the cluster runs; to stop the cluster, suspend it: `spec.suspendAction`.',
  ],
  columns: [
    'queries that are answered from columns fail or take long, and tables keep replicas that nobody has',
    'Take the replicas away first: `ALTER TABLE … SET TIFLASH REPLICA 0;` for each table that has some.',
  ],
  log: [
    'binlogs are written no more, and SQL servers with `binlogEnabled` refuse to write',
    'Set `spec.tidb.binlogEnabled: false` first, and see that Drainer has taken all that there is.',
  ],
};

function allStopped(old: Workload, now: Workload): Finding[] {
  const { keeps } = byName[now.component];
  if (keeps === 'regions') return [];
  if (now.suspended || now.replicas !== 0 || old.replicas === undefined || old.replicas === 0) return [];
  const [lost, instead] = isForClients(now)
    ? ['the connections to them are lost, and nobody answers any more', MOVE_FIRST]
    : LOST[keeps];
  const gone = old.replicas === 1 ? 'its server goes' : `all ${counted(old.replicas, 'server')} go`;
  return [
    {
      code: 'servers-removed',
      workloads: [now],
      message: `${now.set} gets 0 replicas: ${gone}, and ${lost}`,
      instead: [instead],
      facts: [now.set, now.owner.namespace, old.replicas],
    },
  ];
}

const MOVE_FIRST =
  'Move all clients over to other servers, and see that nobody is connected: `SHOW PROCESSLIST;`.';

/** The Service of a group by which clients reach it. What TiDB Operator has made once it leaves where it is. */
export const serviceRemoved: Rule = ({ compared, cluster }) =>
  compared.flatMap(({ old, now }): Finding[] => {
    if (old === undefined || now?.workload.cluster !== cluster) return [];
    const name = clientService(old);
    const isApplied = old.workload.runner === 'Kubernetes' && now.workload.runner === 'Kubernetes';
    if (!isApplied || name === '' || clientService(now) === name) return [];
    const { workload } = now;
    return [
      {
        code: 'service-removed',
        workloads: [workload],
        message: `the Service ${name} goes, and with it its name and its address: clients that reach ${workload.set} by it can no longer connect`,
        instead: [
          'Keep `service` until no client uses it any more.',
          'For another kind of Service, change its `type` and leave it there.',
        ],
        facts: [name, workload.owner.namespace],
      },
    ];
  });

/** Its name; '' where there is none. */
function clientService(member: Member | undefined): string {
  const service = member?.workloads.find(
    ({ kind, metadata }) => kind === 'Service' && textAt(metadata, 'name') === member.workload.set,
  );
  return textAt(service, 'metadata', 'name');
}
