/** A store as PD knows it. Times are in seconds of the stand-in's own clock. */
export interface Store {
  readonly id: number;
  readonly address: string;
  labels: Record<string, string>;
  state: 'Up' | 'Offline' | 'Tombstone';
  /** Whether its process runs, and so sends heartbeats. */
  isRunning: boolean;
  startedAt: number;
  lastHeartbeat: number;
  nextHeartbeat: number;
  /** In GiB. */
  capacity: number;
  available: number;
  /** Replicas per minute that PD may add to it. */
  addLimit: number;
}

/** PD treats a store as disconnected after this long without a heartbeat. */
const DISCONNECTED_AFTER = 20;

/** How often a store sends one. */
export const HEARTBEAT = 10;

export type StateName = Store['state'] | 'Disconnected' | 'Down';

/** The state that PD shows; for a store that is Up, also whether it sends heartbeats. */
export function stateName(store: Store, now: number, maxStoreDownTime: number): StateName {
  if (store.state !== 'Up') return store.state;
  const silent = now - store.lastHeartbeat;
  if (silent > maxStoreDownTime) return 'Down';
  return silent > DISCONNECTED_AFTER ? 'Disconnected' : 'Up';
}

export function newStore(id: number, address: string, now: number, more: Partial<Store> = {}): Store {
  return {
    id,
    address,
    labels: {},
    state: 'Up',
    isRunning: true,
    startedAt: now,
    lastHeartbeat: now,
    nextHeartbeat: now + HEARTBEAT,
    capacity: 100,
    available: 80,
    addLimit: 15,
    ...more,
  };
}

/** Whether PD adds nothing to the store for lack of space; a store that is nearly empty may be small. */
export function isLowOnSpace(store: Store, regions: number, lowSpaceRatio: number): boolean {
  if (store.capacity === 0 || (regions < 100 && store.available > 8)) return false;
  return store.available / store.capacity < 1 - lowSpaceRatio;
}
