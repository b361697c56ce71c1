import type { ConfigTable } from '../config/index.ts';
import type { AnySpec } from './any-spec.ts';
import type { Component } from './component.ts';
import type { Mount } from './mounts.ts';

/** A directory that a server keeps data in, which it must find again after a restart. */
export interface DataDirectory {
  /** The config key that names it, such as `raft-engine.dir`; '' for the data directory itself. */
  readonly key: string;
  readonly path: string;
  /** Whether the config says it. */
  readonly isSaid: boolean;
}

/** Where a server keeps data. `config` is the first of its configs, `dataDir` '' where its command line has none. */
export function dataDirectories(component: Component, config: ConfigTable, dataDir: string): DataDirectory[] {
  const own = dataDir === '' ? [] : [{ key: '', path: dataDir, isSaid: false }];
  return [...own, ...(component.directories?.(config, dataDir) ?? [])];
}

/** Where the claims of its data are mounted in the server's container. */
export function dataMounts({ claims }: Component, { storageClaims }: AnySpec): Mount[] {
  const { data, mountPath, areListed } = claims;
  return [
    ...(data && mountPath ? [{ volume: data, path: mountPath, subPath: '' }] : []),
    ...((areListed && storageClaims) || []).map((_, index) => ({
      volume: `data${index}`,
      path: `/data${index}`,
      subPath: '',
    })),
  ];
}
