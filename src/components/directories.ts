import type { ComponentName } from '../api/index.ts';
import type { ConfigTable } from '../config/index.ts';
import type { DataDirectory, Mount } from '../data/index.ts';
import type { AnySpec } from './any-spec.ts';
import type { Component } from './component.ts';
import { byName } from './registry.generated.ts';

/** What is known of a server. */
interface Server {
  readonly component: ComponentName;
  /** Its config files by their names; all but TiFlash have one, `config`. */
  readonly configs: ReadonlyMap<string, ConfigTable>;
  /** Its data directory as its command line has it; '' if none is known. */
  readonly dataDir: string;
}

/** Where a server keeps its data: in its data directory, and where its config says. */
export function dataDirectories({ component, configs, dataDir }: Server): DataDirectory[] {
  const own = dataDir === '' ? [] : [{ key: '', path: dataDir, isSaid: false }];
  const { directories } = byName[component];
  return [...own, ...(directories?.(configs.get('config') ?? new Map(), dataDir) ?? [])];
}

/** Where the claims of its data are mounted in the server's container. */
export function dataMounts({ claims }: Component, { storageClaims }: AnySpec): Mount[] {
  const { data, path, areListed } = claims;
  return [
    ...(data && path ? [{ volume: data, path, subPath: '' }] : []),
    ...((areListed && storageClaims) || []).map((_, index) => ({
      volume: `data${index}`,
      path: `/data${index}`,
      subPath: '',
    })),
  ];
}
