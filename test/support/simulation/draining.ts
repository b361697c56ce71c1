import type { Pd } from '../pd/pd.ts';
import type { Store } from '../pd/store.ts';

/** What the Job of a group does in one round: see `src/drain/drain.sh`, which the tests hold it to. */
export type DrainStep =
  | { readonly action: 'done' | 'outdated' }
  | { readonly action: 'release' | 'restore' | 'watch' | 'wait' | 'evict' | 'delete'; readonly store: Store };

export interface Drain {
  /** `hot-tikv`. */
  readonly set: string;
  readonly replicas: number;
  /** Whether the target names this Job. */
  readonly isCurrent: boolean;
  /** Stores that this Job has had PD drain. */
  readonly deleted: ReadonlySet<number>;
  /** A store for whose leaders the Job no longer waits. */
  readonly hasty: number | undefined;
}

const INTERVAL = 10;
const EVICT_LIMIT = 300;
const TAKEN_OVER = 300;

/** What to do next with the stores of a group. */
export function nextStep(pd: Pd, { set, replicas, isCurrent, deleted, hasty }: Drain): DrainStep {
  const all = [...pd.stores.values()].filter(({ state }) => state !== 'Tombstone');
  const own = all.filter((store) => ordinalOf(store, set) !== undefined);
  const wanted = own.filter((store) => (ordinalOf(store, set) ?? 0) < replicas);
  if (!isCurrent) {
    const gone = wanted.find(({ id, state }) => state === 'Offline' && deleted.has(id));
    return gone === undefined ? { action: 'outdated' } : { action: 'restore', store: gone };
  }
  const left = own.find(({ id, state }) => state === 'Offline' && pd.evicting.has(id));
  if (left !== undefined) return { action: 'release', store: left };
  const gone = wanted.find(({ state }) => state === 'Offline');
  if (gone !== undefined) return { action: 'restore', store: gone };
  const leaving = own
    .filter((store) => !wanted.includes(store))
    .sort((a, b) => (ordinalOf(b, set) ?? 0) - (ordinalOf(a, set) ?? 0));
  const going = leaving.find(({ state }) => state === 'Offline');
  if (going !== undefined) return { action: 'watch', store: going };
  const [store] = leaving;
  if (store === undefined) return { action: 'done' };
  const others = all.filter((other) => !leaving.includes(other));
  const staying = others.filter((other) => pd.stateOf(other) === 'Up');
  if (staying.length < others.length || staying.length < pd.config.maxReplicas)
    return { action: 'wait', store };
  const mayWait = pd.stateOf(store) === 'Up' && pd.leadersOn(store.id) > 0 && hasty !== store.id;
  return { action: mayWait ? 'evict' : 'delete', store };
}

function ordinalOf({ address }: Store, set: string): number | undefined {
  const [pod = ''] = address.split('.');
  return pod.startsWith(`${set}-`) ? Number(pod.slice(set.length + 1)) : undefined;
}

/** A running Job. */
export class Draining {
  /** `complete`, or `failed` for good. */
  result: 'complete' | 'failed' | undefined;
  private readonly deleted = new Set<number>();
  private evicting: number | undefined;
  private waited = 0;
  private hasty: number | undefined;
  private outdated = 0;
  private nextRound: number;

  constructor(
    private readonly pd: Pd,
    readonly set: string,
    readonly job: string,
    startsAt: number,
  ) {
    this.nextRound = startsAt;
  }

  /** With the target as its pod sees it, which is a while after it was applied. */
  step(target: { readonly job: string; readonly replicas: number }): void {
    if (this.result !== undefined || this.pd.now < this.nextRound) return;
    this.nextRound = this.pd.now + INTERVAL;
    const { set, deleted, hasty } = this;
    const isCurrent = target.job === this.job;
    const next = nextStep(this.pd, { set, replicas: target.replicas, isCurrent, deleted, hasty });
    if (next.action !== 'evict' && next.action !== 'delete') this.stopEvicting();
    if (next.action !== 'outdated') this.outdated = 0;
    switch (next.action) {
      case 'done':
        this.result = 'complete';
        break;
      case 'outdated':
        this.outdated += INTERVAL;
        if (this.outdated >= TAKEN_OVER) this.result = 'failed';
        break;
      case 'release':
        this.pd.evicting.delete(next.store.id);
        break;
      case 'restore':
        this.pd.upStore(next.store.id);
        break;
      case 'evict':
        this.evict(next.store.id);
        break;
      case 'delete':
        this.pd.removeStore(next.store.id);
        this.deleted.add(next.store.id);
        this.stopEvicting();
    }
  }

  /** The Job is deleted, and has time to clean up. */
  stop(): void {
    this.result ??= 'failed';
    this.stopEvicting();
  }

  private evict(id: number): void {
    if (this.evicting !== id) {
      this.pd.evict(id);
      this.evicting = id;
      this.waited = 0;
    }
    this.waited += INTERVAL;
    if (this.waited >= EVICT_LIMIT) this.hasty = id;
  }

  private stopEvicting(): void {
    if (this.evicting !== undefined) this.pd.evicting.delete(this.evicting);
    this.evicting = undefined;
  }
}
