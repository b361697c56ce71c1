import { defaultRule, isAllowed, isApart, type Rule } from './placement.ts';
import { HEARTBEAT, isLowOnSpace, newStore, type StateName, type Store, stateName } from './store.ts';

/** A region: its replicas by the store that they are on, each with the rule that asked for it. */
export interface Region {
  readonly id: number;
  peers: Peer[];
  /** The store of its leader; undefined while too few replicas are up to elect one. */
  leader: number | undefined;
}

interface Peer {
  store: number;
  readonly rule: Rule;
}

/** The part of PD's configuration that matters here. */
export interface PdConfig {
  maxReplicas: number;
  locationLabels: string[];
  isolationLevel: string;
  strictlyMatchLabel: boolean;
  /** Undefined while placement rules are off. */
  rules: Rule[] | undefined;
  /** In seconds. */
  maxStoreDownTime: number;
  lowSpaceRatio: number;
  replicaScheduleLimit: number;
  replacesOffline: boolean;
  isHalted: boolean;
}

/** The error that PD refuses a request with. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** How often PD looks for what to schedule, in seconds. */
const ROUND = 10;

/**
 * A stand-in for PD with its stores and regions. It moves leaders and replicas as PD does, on its own clock, which only
 * `advance` moves. `pd-server.ts` answers requests for it.
 */
export class Pd {
  now = 1_700_000_000;
  isBootstrapped = true;
  readonly stores = new Map<number, Store>();
  readonly regions: Region[] = [];
  /** Stores in the evict-leader-scheduler. */
  readonly evicting = new Set<number>();
  readonly pausedCheckers = new Set<string>();
  /** Whether a region label denies scheduling. */
  isDenied = false;
  /** Replicas that may move in one round. */
  movesInRound = 5;
  leadersInRound = 10;
  readonly config: PdConfig = {
    maxReplicas: 3,
    locationLabels: [],
    isolationLevel: '',
    strictlyMatchLabel: false,
    rules: [defaultRule(3)],
    maxStoreDownTime: 1800,
    lowSpaceRatio: 0.8,
    replicaScheduleLimit: 64,
    replacesOffline: true,
    isHalted: false,
  };
  private lastId = 0;
  private nextRound = this.now + ROUND;

  addStore(address: string, more: Partial<Store> = {}): Store {
    for (const other of this.stores.values()) {
      if (other.address === address && other.state !== 'Tombstone') {
        throw new Refusal(400, `duplicated store address: ${address}, already registered by ${other.id}`);
      }
    }
    const store = newStore(++this.lastId, address, this.now, more);
    this.stores.set(store.id, store);
    return store;
  }

  /** Regions whose replicas are spread over the stores as the rules allow. */
  addRegions(count: number, rules: readonly Rule[] = this.rules): void {
    for (let i = 0; i < count; i++) {
      const region: Region = { id: ++this.lastId, peers: [], leader: undefined };
      for (const rule of rules) {
        for (let replica = 0; replica < rule.count; replica++) {
          const target = this.target(region, rule, i + replica);
          if (target !== undefined) region.peers.push({ store: target.id, rule });
        }
      }
      this.regions.push(region);
      this.elect(region, i);
    }
  }

  /** Gives the stores other ids. */
  rename(idOf: (address: string) => number): void {
    const all = [...this.stores.values()];
    this.stores.clear();
    for (const store of all) this.stores.set(idOf(store.address), { ...store, id: idOf(store.address) });
  }

  get rules(): readonly Rule[] {
    const { rules, maxReplicas, locationLabels, isolationLevel } = this.config;
    return (
      rules ?? [
        defaultRule(maxReplicas, { location_labels: locationLabels, isolation_level: isolationLevel }),
      ]
    );
  }

  store(id: number): Store {
    const store = this.stores.get(id);
    if (store === undefined) throw new Refusal(404, `[PD:core:ErrStoreNotFound]store ${id} not found`);
    return store;
  }

  stateOf(store: Store): StateName {
    return stateName(store, this.now, this.config.maxStoreDownTime);
  }

  regionsOn(id: number): number {
    return this.regions.filter(({ peers }) => peers.some(({ store }) => store === id)).length;
  }

  leadersOn(id: number): number {
    return this.regions.filter(({ leader }) => leader === id).length;
  }

  /** Has the store's data moved away. */
  removeStore(id: number): void {
    const store = this.store(id);
    if (store.state === 'Offline') return;
    if (store.state === 'Tombstone')
      throw new Refusal(410, `[PD:core:ErrStoreRemoved]the store ${id} has been removed`);
    const others = [...this.stores.values()].filter((other) => other.state === 'Up' && other.id !== id);
    const { maxReplicas } = this.config;
    if (others.length < maxReplicas) {
      const message = `[PD:core:ErrStoresNotEnough]can not remove store ${id} since the number of up stores would be ${others.length} while need ${maxReplicas}`;
      throw new Refusal(400, message);
    }
    if (others.every((other) => this.evicting.has(other.id))) {
      const message = `[PD:core:ErrNoStoreForRegionLeader]can not remove store ${id} since there are no extra up store to store the leader`;
      throw new Refusal(400, message);
    }
    store.state = 'Offline';
  }

  /** Cancels the drain of a store. */
  upStore(id: number): void {
    const store = this.store(id);
    if (store.state === 'Tombstone')
      throw new Refusal(410, `[PD:core:ErrStoreRemoved]the store ${id} has been removed`);
    store.state = 'Up';
  }

  setLabels(id: number, labels: Readonly<Record<string, string>>): void {
    const store = this.stores.get(id);
    if (store === undefined)
      throw new Refusal(500, `[PD:cluster:ErrInvalidStoreID]invalid store id ${id}, not found`);
    const merged = Object.fromEntries(
      Object.entries({ ...store.labels, ...labels }).filter(([, value]) => value !== ''),
    );
    const { strictlyMatchLabel, locationLabels } = this.config;
    const unknown = Object.keys(merged).find((key) => !locationLabels.includes(key));
    if (strictlyMatchLabel && unknown !== undefined) {
      throw new Refusal(500, `key matching the label was not found in the PD, store label key: ${unknown} `);
    }
    store.labels = merged;
  }

  evict(id: number): void {
    // The message is quoted because it comes from a nested handler.
    if (!this.stores.has(id)) throw new Refusal(500, `"[PD:core:ErrStoreNotFound]store ${id} not found"\n`);
    this.evicting.add(id);
  }

  /** Lets time pass. */
  advance(seconds: number): void {
    const end = this.now + seconds;
    while (this.now < end) {
      this.now = Math.min(end, this.nextRound);
      for (const store of this.stores.values()) this.hear(store);
      for (const region of this.regions) this.elect(region, region.id);
      if (this.now === this.nextRound) this.schedule();
    }
  }

  private hear(store: Store): void {
    if (!store.isRunning || this.now < store.nextHeartbeat) return;
    store.lastHeartbeat = this.now;
    store.nextHeartbeat = this.now + HEARTBEAT;
  }

  private schedule(): void {
    this.nextRound += ROUND;
    if (!this.config.isHalted) {
      this.moveLeaders();
      this.replaceReplicas();
    }
    for (const store of this.stores.values()) {
      if (store.state === 'Offline' && this.regionsOn(store.id) === 0) store.state = 'Tombstone';
    }
  }

  private moveLeaders(): void {
    const moving = this.regions.filter(({ leader }) => leader !== undefined && this.evicting.has(leader));
    for (const region of moving.slice(0, this.leadersInRound)) this.elect(region, region.id, true);
  }

  /** Moves replicas off stores that are drained, or have been down for long. */
  private replaceReplicas(): void {
    const { replicaScheduleLimit, replacesOffline } = this.config;
    const checker = this.config.rules === undefined ? 'replica' : 'rule';
    if (this.isDenied || this.pausedCheckers.has(checker)) return;
    let moves = Math.min(this.movesInRound, replicaScheduleLimit);
    for (const region of this.regions) {
      if (moves === 0) return;
      const bad = region.peers.find(({ store }) => {
        const state = this.stateOf(this.store(store));
        return state === 'Down' || (state === 'Offline' && replacesOffline);
      });
      if (bad === undefined || region.leader === undefined) continue;
      const target = this.target(region, bad.rule, region.id, bad.store);
      if (target === undefined) continue;
      bad.store = target.id;
      moves--;
      this.elect(region, region.id);
    }
  }

  /** A store that may take a replica, also in place of the one on another store. */
  private target(region: Region, rule: Rule, spread: number, instead?: number): Store | undefined {
    const there = region.peers.filter(({ store }) => store !== instead).map(({ store }) => this.store(store));
    const fit = [...this.stores.values()].filter(
      (store) =>
        this.stateOf(store) === 'Up' &&
        store.id !== instead &&
        store.addLimit >= 1 &&
        isAllowed(store, rule) &&
        !isLowOnSpace(store, this.regionsOn(store.id), this.config.lowSpaceRatio) &&
        there.every((other) => other !== store && isApart(store, other, rule)),
    );
    return fit[spread % fit.length];
  }

  /** Gives the region a leader if it has none, or if it needs another and a store may take over. */
  private elect(region: Region, spread: number, isLeaving = false): void {
    const there = region.peers.map(({ store }) => this.store(store)).filter(({ isRunning }) => isRunning);
    if (there.length * 2 <= region.peers.length) {
      region.leader = undefined;
      return;
    }
    const hasLeader = there.some(({ id }) => id === region.leader);
    if (hasLeader && !isLeaving) return;
    const good = there.filter(({ id, state }) => !this.evicting.has(id) && state === 'Up');
    const candidates = good.length > 0 || hasLeader ? good : there;
    region.leader = candidates[spread % candidates.length]?.id ?? region.leader;
  }
}
