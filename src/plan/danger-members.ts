import { quote } from '../expand/index.ts';
import { ENGINES } from '../gitops/index.ts';
import { counted, listed } from '../text/index.ts';
import { kubectl, pdCtl, podList } from './advice.ts';
import type { ClusterObject } from './base.ts';
import { changedPairs, type Finding, type Rule, type Site } from './finding.ts';
import { keepersOf, leaveText } from './left.ts';
import { hasQuorum, titleOf, type Workload } from './workload.ts';

/** Members of PD that go, of one workload. */
interface Gone {
  readonly old: Workload;
  readonly from: number;
  readonly to: number;
  /** What becomes of them, for people. */
  readonly fate: string;
}

/** How many members of PD may be down while the others still decide. */
function borne(members: number): number {
  return Math.floor((members - 1) / 2);
}

/**
 * Members of PD that go, over base and groups: whoever stops a member does not take it out of the quorum, which goes on to
 * count it, and only TiDB Operator does both.
 */
export const membersGone: Rule = (site) => {
  const gone = goneFrom(site);
  const count = gone.reduce((sum, { from, to }) => sum + from - to, 0);
  if (count === 0) return [];
  const members = membersOf(site, 'old');
  const bears = borne(members);
  const loses =
    count > bears
      ? `PD of ${members} members bears the loss of ${bears}, so it stops, and with it every server of the cluster`
      : `${members} members need ${members - bears} of them, so that ${spare(bears - count)}`;
  const [first] = gone;
  if (first === undefined) return [];
  return [
    {
      code: 'members-gone',
      workloads: gone.map(({ old }) => old),
      message: `${listed(gone.map(({ fate }) => fate))}, and PD goes on to count ${count === 1 ? 'it' : 'them'} in its quorum (base and groups): ${loses}`,
      instead: gone.flatMap((one) => memberSteps(site, one)),
      facts: [site.cluster, ...gone.flatMap(({ old, from, to }) => [titleOf(old.owner), from, to])],
    },
  ];
};

function spare(more: number): string {
  return more === 0 ? 'it stops where one more is lost' : `it stops where ${more + 1} more are lost`;
}

function goneFrom(site: Site): Gone[] {
  return site.compared.flatMap(({ old, now }): Gone[] => {
    const was = old?.workload;
    if (was === undefined || !hasQuorum(was) || was.cluster !== site.cluster || was.suspended) return [];
    const is = now?.workload;
    const isBase = was.owner.kind === 'TidbCluster';
    // The operator takes members out of the quorum that it scales in; what is suspended comes back with what it has.
    const isWalked = isBase || (is !== undefined && is.runner !== 'Kubernetes');
    if (isWalked || is?.suspended) return [];
    const from = was.replicas ?? 0;
    const to = is === undefined ? 0 : (is.replicas ?? from);
    if (to >= from) return [];
    if (is !== undefined)
      return [{ old: was, from, to, fate: `Kubernetes stops ${podList(was.set, from, to)}` }];
    const keepers = keepersOf(old);
    if (keepers.length === ENGINES.length) {
      const fate = `${titleOf(was.owner)} is gone, and ${leaveText(keepers)} its ${counted(from, 'member')} running with nobody to look after them: where anybody deletes them, they are no more`;
      return [{ old: was, from, to, fate }];
    }
    return [{ old: was, from, to, fate: `${titleOf(was.owner)} goes with its ${counted(from, 'member')}` }];
  });
}

/** How many members a cluster has over base and groups. */
function membersOf({ compared, cluster }: Site, side: 'old' | 'now'): number {
  return compared.reduce((sum, pair) => {
    const workload = pair[side]?.workload;
    if (workload === undefined || !hasQuorum(workload) || workload.cluster !== cluster) return sum;
    return sum + (workload.suspended ? 0 : (workload.replicas ?? 0));
  }, 0);
}

/** How to take members out of the quorum before they go: those from ordinal `to` on. */
function memberSteps({ old: cluster }: Site, { old, from, to }: Pick<Gone, 'old' | 'from' | 'to'>): string[] {
  const command = pdCtl(old);
  const { namespace } = old.owner;
  const suffix = suffixOf(cluster, old);
  const pods =
    from - to > 4
      ? ['NAME']
      : Array.from({ length: from - to }, (_, index) => `${old.set}-${from - 1 - index}`);
  const names = pods.map((pod) => (pod === 'NAME' ? pod : quote(`${pod}${suffix}`)));
  const claim = from - to === 1 ? `pd-${old.set}-${to}` : `pd-${old.set}-N`;
  return [
    `See who leads, and that all members are healthy: \`${command} member leader show\` and \`${command} health\`; where a member that goes leads, have it resign: \`${command} member leader resign\`.`,
    `Take ${from - to === 1 ? 'the member' : 'the members, one at a time,'} out of the quorum: ${names.map((name) => `\`${command} member delete name ${name}\``).join(', ')}; \`${command} member\` lists ${from - to === 1 ? 'it' : 'them'} no more.`,
    ...(to === 0
      ? ['Then apply this change. The claims stay: delete them once you no longer need them.']
      : [
          `Then apply this change, and delete what the members leave behind before you scale out again, because PD does not start on the data of a member that was taken out: \`${kubectl(namespace)} delete pvc ${quote(claim)}\`.`,
        ]),
  ];
}

/** What is behind the pod in a member's name: those of several Kubernetes clusters, or with a domain, go by full names. */
function suffixOf(cluster: ClusterObject | undefined, { set, owner }: Workload): string {
  const { clusterDomain: domain, acrossK8s } = cluster?.spec ?? {};
  if (!acrossK8s && !domain) return '';
  return `.${set}-peer.${owner.namespace}.svc${domain ? `.${domain}` : ''}`;
}

/** A member keeps its name for good. */
export const membersRenamed: Rule = (site) => {
  if (site.old === undefined || site.now === undefined) return [];
  return changedPairs(site).flatMap(({ old, now }): Finding[] => {
    if (!hasQuorum(now) || old.suspended || now.suspended || old.replicas === 0) return [];
    const [was, is] = [`${old.set}-0${suffixOf(site.old, old)}`, `${now.set}-0${suffixOf(site.now, now)}`];
    if (was === is || old.set !== now.set) return [];
    return [
      {
        code: 'members-renamed',
        workloads: [now],
        message: `\`clusterDomain\` and \`acrossK8s\` decide what members of PD are called ("${was}" → "${is}"): each that restarts is another member to PD, and the one that it was stays in the quorum`,
        instead: ['Set both when a cluster is new, and leave them as they are on one that runs.'],
        facts: [site.cluster, was, is],
      },
    ];
  });
};

/** Members of base and groups that restart at the same time, more than the quorum bears. */
export const membersRollTogether: Rule = (site) => {
  const members = membersOf(site, 'now');
  const bears = borne(members);
  return site.restarts.flatMap(({ lanes }): Finding[] => {
    const rolling = lanes.flatMap((lane) =>
      lane.filter(({ component, pods, byHand }) => hasQuorum({ component }) && pods.length > 0 && !byHand),
    );
    if (rolling.length < 2 || rolling.length <= bears) return [];
    const titles = rolling.map(({ workload }) => workload);
    const workloads = site.compared.flatMap(({ now, change }) =>
      now !== undefined && titles.includes(change.workload) ? [now.workload] : [],
    );
    return [
      {
        code: 'members-roll-together',
        workloads,
        message: `${listed(titles)} restart at the same time, each one member after another: PD of ${members} members bears ${bears === 0 ? 'none' : counted(bears, 'member')} down, so that it stops until enough are back, and with it every server of the cluster`,
        instead: [
          'Change the members of one resource at a time, and wait until all are healthy before you change the next.',
          'Have at least five members over base and groups where two of them restart side by side.',
        ],
        facts: [site.cluster, ...titles.toSorted()],
      },
    ];
  });
};
