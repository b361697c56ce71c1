import { NETWORK } from '../components/network.generated.ts';
import { textAt } from '../list/index.ts';
import { counted } from '../text/index.ts';
import { renames } from './danger-stores.ts';
import type { Compared, Finding, Rule } from './finding.ts';
import type { Member } from './snapshot.ts';
import { titleOf, type Workload } from './workload.ts';

/** Servers that clients connect to, of which none is left; what stops and stays is said elsewhere. */
export const serversRemoved: Rule = (site) => {
  const renamed = new Set(renames(site).map(({ old }) => old));
  return site.compared.flatMap((pair): Finding[] => {
    const old = pair.old?.workload;
    if (old === undefined || !isForClients(old) || old.suspended || renamed.has(old)) return [];
    return pair.now === undefined ? groupRemoved(old, pair) : allStopped(old, pair.now.workload);
  });
};

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
      instead: MOVE_FIRST,
      facts: [titleOf(old.owner)],
    },
  ];
}

function allStopped(old: Workload, now: Workload): Finding[] {
  if (now.suspended || now.replicas !== 0 || old.replicas === undefined || old.replicas === 0) return [];
  return [
    {
      code: 'servers-removed',
      workloads: [now],
      message: `${now.set} gets 0 replicas: ${old.replicas === 1 ? 'its server goes' : `all ${counted(old.replicas, 'server')} go`} with the connections to them, and nobody answers any more`,
      instead: MOVE_FIRST,
      facts: [now.set, now.owner.namespace, old.replicas],
    },
  ];
}

const MOVE_FIRST = [
  'Move all clients over to other servers, and see that nobody is connected: `SHOW PROCESSLIST;`.',
];

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
