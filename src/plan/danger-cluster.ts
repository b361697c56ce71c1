import { quote } from '../expand/index.ts';
import { keptBy } from '../gitops/index.ts';
import { listed } from '../text/index.ts';
import { textAt } from '../yaml/index.ts';
import { kubectl } from './advice.ts';
import type { ClusterObject } from './base.ts';
import { changedPairs, type Finding, type Rule } from './finding.ts';
import { leaveText } from './left.ts';
import { inOrder, takeOut } from './steps.ts';
import { sizeText, storageOf } from './volumes.ts';
import { isForClients } from './words.ts';
import {
  hasColumns,
  hasQuorum,
  hasRegions,
  isOfBase,
  titleOf,
  type Workload,
  workloadTitle,
} from './workload.ts';
import { removalText } from './zone.ts';

export const clusterRemoved: Rule = ({ old, now, cluster, compared }) => {
  if (old === undefined || now !== undefined) return [];
  const workloads = compared.flatMap((pair) =>
    pair.old?.workload.owner.kind === 'TidbCluster' ? [pair.old.workload] : [],
  );
  const policy = reclaimPolicy(old);
  const keepers = keptBy(old);
  const fate =
    keepers.length === 0
      ? `TidbCluster ${cluster} is removed, and with it`
      : `TidbCluster ${cluster} is no longer rendered: ${leaveText(keepers)} it in the cluster, where it no longer changes; deleting it there deletes`;
  const data = workloads.reduce((sum, workload) => sum + storageOf(workload), 0n);
  const groups = compared.flatMap(({ old: was, now: is }) =>
    was === undefined || is !== undefined || isOfBase(was.workload) ? [] : [was.workload],
  );
  const ofGroups = groups.reduce((sum, workload) => sum + storageOf(workload), 0n);
  const also =
    groups.length === 0
      ? ''
      : `; with it ${groups.length === 1 ? 'goes' : 'go'} ${listed(groups.map(({ owner }) => titleOf(owner)))}, with volumes of ${sizeText(ofGroups)}`;
  return [
    {
      code: 'cluster-removed',
      workloads,
      message: `${fate} all pods that TiDB Operator made for it; its volumes (${sizeText(data)}) have the reclaim policy ${policy}${also}`,
      instead: [
        'Make a backup, and make sure that nobody uses the cluster.',
        policy === 'Retain'
          ? 'The claims stay: delete them once you no longer need them.'
          : 'Set `spec.pvReclaimPolicy: Retain` first, so that the volumes stay.',
      ],
      facts: [cluster],
    },
  ];
};

/** TiDB Operator's own default. */
const RETAIN = 'Retain';

function reclaimPolicy(cluster: ClusterObject): string {
  return textAt(cluster, 'spec', 'pvReclaimPolicy') || RETAIN;
}

/** TiDB Operator sets the policy on all volumes of a TidbCluster, those that have data among them. */
export const reclaimPolicyChanged: Rule = ({ old, now, cluster, compared }) => {
  if (old === undefined || now === undefined) return [];
  const [was, is] = [reclaimPolicy(old), reclaimPolicy(now)];
  if (was !== RETAIN || is === RETAIN) return [];
  const workloads = compared.flatMap(({ now: member }) =>
    member !== undefined && isOfBase(member.workload) && member.workload.claims.length > 0
      ? [member.workload]
      : [],
  );
  if (workloads.length === 0) return [];
  const data = workloads.reduce((sum, workload) => sum + storageOf(workload), 0n);
  return [
    {
      code: 'reclaim-policy-changed',
      workloads,
      message: `the reclaim policy of the volumes of TidbCluster ${cluster} (${sizeText(data)}) changes from ${was} to ${is}: from then on, whoever deletes a claim, or the namespace, deletes the data on its volume`,
      instead: [
        `Leave \`spec.pvReclaimPolicy: ${RETAIN}\`, and delete volumes by hand once nobody needs their data.`,
        'If you mean it, make a backup first.',
      ],
      facts: [cluster, was, is],
    },
  ];
};

export const componentRemoved: Rule = ({ now, compared }) =>
  compared.flatMap(({ old, now: left }): Finding[] => {
    const workload = old?.workload;
    if (workload === undefined || left !== undefined || now === undefined) return [];
    if (workload.owner.kind !== 'TidbCluster' || workload.replicas === 0) return [];
    return [
      {
        code: 'component-removed',
        workloads: [workload],
        message: `\`spec.${workload.component}\` is removed: TiDB Operator then deletes nothing, and no longer manages the pods of ${workload.set}, which keep running`,
        instead: hasQuorum(workload)
          ? KEEP_PLACEMENT
          : [
              `Set \`spec.${workload.component}.replicas\` to 0 and wait until TiDB Operator has removed all its pods.`,
              `Then remove the section, and delete what is left: \`${kubectl(workload.owner.namespace)} delete statefulset ${quote(workload.set)}\`.`,
            ],
        facts: [workloadTitle(workload)],
      },
    ];
  });

const KEEP_PLACEMENT = [
  'Keep the section: every server of the cluster, and of the groups that join it, needs it to find the data.',
];

export const clusterChanged: Rule = (sides) =>
  changedPairs(sides).flatMap(({ old, now }): Finding[] => {
    if (old.owner.kind === 'TidbCluster' || !joinsAnother(old, now)) return [];
    const [from, to] = [old.cluster || old.pd, now.cluster || now.pd];
    const stores = hasRegions(now) || hasColumns(now);
    const remove = `Then ${removalText(now)}, once nothing needs it.`;
    return [
      {
        code: 'cluster-changed',
        workloads: [now],
        message: stores
          ? `${titleOf(now.owner)} leaves ${from} with the data on its ${old.replicas ?? ''} stores, and cannot join ${to}: a store that has one cluster's data cannot join another`
          : hasQuorum(now)
            ? `${titleOf(now.owner)} stays in the quorum of ${from} with the members that it has, and does not get into ${to}: PD reads whom it joins only where it has no data yet`
            : isForClients(now)
              ? `${titleOf(now.owner)} serves ${to} and no longer ${from}: its clients see another database`
              : `${titleOf(now.owner)} joins ${to} and no longer ${from}: its changefeeds there stop if no other server takes them over`,
        instead: [
          `Add a group with another name for ${to}.`,
          ...(stores || hasQuorum(now) ? inOrder([takeOut(sides.old, old, 0)], remove) : [remove]),
        ],
        facts: [titleOf(now.owner), from, to],
        ...(stores && { movesBytes: storageOf(old) }),
      },
    ];
  });

/** If a side has only PD's address, one cluster may have two names: then the address decides. */
function joinsAnother(old: Workload, now: Workload): boolean {
  return old.pd !== '' && now.pd !== '' && old.pd !== now.pd && old.cluster !== now.cluster;
}

export const tlsSwitched: Rule = (sides) =>
  changedPairs(sides).flatMap(({ old, now }): Finding[] => {
    if (old.suspended || now.suspended) return [];
    const findings: Finding[] = [];
    if (old.tls.cluster !== now.tls.cluster) {
      findings.push({
        code: 'tls-switched',
        workloads: [now],
        message: `TLS between servers is switched ${now.tls.cluster ? 'on' : 'off'}: a server that has restarted and one that has not cannot talk to each other, so the database stops until all have restarted; set \`spec.tlsCluster\` when a cluster is new`,
        instead: [
          'Create a new cluster with this setting, and move the data with a backup or TiCDC.',
          'If the database may stop that long: check that all certificates exist, and restart everything at once.',
        ],
        facts: ['cluster', now.tls.cluster],
      });
    }
    if (old.tls.client !== now.tls.client) {
      findings.push({
        code: 'tls-switched',
        workloads: [now],
        message: `TLS for MySQL clients is switched ${now.tls.client ? 'on' : 'off'}: ${now.tls.client ? 'clients that present no certificate may be refused' : 'clients that insist on TLS can no longer connect, and passwords travel unencrypted'}`,
        instead: [
          now.tls.client
            ? 'Check that the Secret with the server certificate exists and that every client can connect with TLS.'
            : 'Check that every client connects without TLS, and that passwords may travel over your network.',
        ],
        facts: ['client', now.tls.client],
      });
    }
    return findings;
  });
