import type { AnySpec } from './any-spec.ts';

/** A key that the start script sets by a flag, so that what a config says of it has no effect. */
export interface Flag {
  readonly flag: string;
  /** All that it may be set to; undefined where that is different for each pod or cluster. */
  readonly values?: readonly string[];
}

/** The flags of a server by the keys of its config that they stand for. */
export interface Flags {
  readonly [key: string]: Flag;
}

/** What a config means to a server and its pod; for checks of it. */
export interface ConfigFacts {
  flags(spec: AnySpec): Flags;
  /**
   * What stands at the top of the config: the tables and keys of the newest release, and those that earlier ones had. A
   * name that is near to one of them and is none was meant to be it; one that is near to none may be newer.
   */
  readonly names?: readonly string[];
  /** The ports that a Service and a probe ask at, by the keys that could make the server listen elsewhere. */
  readonly ports?: { readonly [key: string]: number };
  /** The key that turns off the status page, which a probe by a command asks. */
  readonly statusKey?: string;
}
