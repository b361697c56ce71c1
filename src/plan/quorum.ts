import { tolerated } from '../budget/index.ts';
import { byName } from '../components/index.ts';
import { counted } from '../text/index.ts';
import type { ClusterSides, Compared } from './finding.ts';
import { isLeftRunning } from './left.ts';
import { replicasOf } from './servers.ts';
import { hasQuorum, isOfBase, type Workload } from './workload.ts';

/** The members of PD over base and groups, once a change is applied. */
export interface Quorum {
  /** All that PD counts, those that have stopped among them. */
  readonly members: number;
  /** Those that are suspended, and those that go without being taken out. */
  readonly down: number;
}

/** What becomes of the members of one workload. */
interface Fate extends Quorum {
  /** The workload that they are in, or were. */
  readonly workload: Workload;
  /** How many of them go, and are not taken out of the quorum: from ordinal `from - 1` down to `to`. */
  readonly from: number;
  readonly to: number;
  /** Whether those that go keep running, because all engines leave them. */
  readonly isLeft: boolean;
  /** Whether the files have their number, and not only an autoscaler. */
  readonly isCounted: boolean;
}

export function quorumOf(sides: ClusterSides): Quorum {
  const fates = memberFates(sides);
  return {
    members: fates.reduce((sum, { members }) => sum + members, 0),
    down: fates.reduce((sum, { down }) => sum + down, 0),
  };
}

export function memberFates({ compared, cluster }: ClusterSides): Fate[] {
  return compared.flatMap((pair) => fateOf(pair, cluster));
}

/** A member stays in the quorum that it is in, whatever cluster its group joins from now on. */
function fateOf({ old, now }: Compared, cluster: string): Fate[] {
  const [was, is] = [old?.workload, now?.workload];
  const workload = was ?? is;
  if (workload === undefined || !hasQuorum(workload) || workload.cluster !== cluster) return [];
  // Members of a group that is suspended from the beginning have never joined.
  const isNew = was === undefined && !isOfBase(workload) && is?.suspended;
  const known = replicasOf(old) ?? replicasOf(now);
  const isCounted = known !== undefined;
  // Where only an autoscaler knows how many there are, there is one at least.
  const from = isNew ? 0 : (known ?? 1);
  const to = is === undefined || isNew ? 0 : (replicasOf(now) ?? from);
  // TiDB Operator takes those out that it scales in, and stops nothing where a section of a TidbCluster goes.
  const isOperated = isOfBase(workload) || (is !== undefined && is.runner !== 'Kubernetes');
  if (isOperated && is === undefined)
    return [{ workload, members: from, down: 0, from, to: from, isLeft: true, isCounted }];
  const isSuspended = (is ?? was)?.suspended ?? false;
  if (isOperated) {
    const members = isSuspended ? Math.max(from, to) : to;
    return [{ workload, members, down: isSuspended ? members : 0, from, to: from, isLeft: false, isCounted }];
  }
  const members = Math.max(from, to);
  const isLeft = is === undefined && !isSuspended && isLeftRunning(old);
  const down = isSuspended ? members : isLeft ? 0 : members - to;
  return [{ workload, members, down, from, to: Math.min(from, to), isLeft, isCounted }];
}

/** Whether PD still decides, and how much more it tolerates. */
export function quorumText({ members, down }: Quorum): string {
  const more = tolerated(members) - down;
  const { title } = byName.pd;
  if (more < 0) {
    return `${title} of ${counted(members, 'member')} tolerates the loss of ${tolerated(members)}, so it stops, and with it every server of the cluster`;
  }
  const lost = more === 0 ? 'one more is lost' : `${more + 1} more are lost`;
  return `${counted(members, 'member')} need ${members - tolerated(members)} of them, so ${title} stops if ${lost}`;
}
