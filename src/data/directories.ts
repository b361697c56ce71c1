/** A directory that a server keeps data in, which it must find again after a restart. */
export interface DataDirectory {
  /** The config key that names it, such as `raft-engine.dir`; '' for the data directory itself. */
  readonly key: string;
  readonly path: string;
  /** Whether the config says it. */
  readonly isSaid: boolean;
}
