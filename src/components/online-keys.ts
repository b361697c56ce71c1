import type { MapValue, Value } from '../yaml/index.ts';

/**
 * What a running server makes of a changed config key:
 * - `sql`: it takes the value by a statement, without a restart;
 * - `restart`: it takes the value when it restarts;
 * - `reload`: it sees that its file has changed, and takes the value from there;
 * - `sql-only`: PD keeps the value in its own store from the first start on, and reads the file no more.
 */
export type Takes = 'sql' | 'restart' | 'reload' | 'sql-only';

/** How a server takes a key, and the system variable by which it does where there is one. */
export interface Taken {
  readonly takes: Takes;
  readonly variable?: string;
}

/** What servers of a component that run make of changes of their config. Without it, all takes a restart. */
export interface OnlineKeys {
  /**
   * Undefined if the key takes a restart. Keys of a second config have its name in front: `proxy: …`. `annotations` are
   * those of the pods.
   */
  taken(key: string, annotations: MapValue): Taken | undefined;
  /** Keys with which it does not start on its data where they have changed; each with what holds where it is not written. */
  readonly refused?: { readonly [key: string]: Value };
}
