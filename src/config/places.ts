import type { Config, TidbCluster } from '../api/index.ts';
import type { Path } from '../problem/index.ts';
import type { ConfigName } from './known-keys.ts';

/** A config where it stands in a TidbCluster, and whose keys it has. */
export interface ConfigPlace {
  readonly name: ConfigName;
  readonly path: Path;
  readonly config: Config;
}

const COMPONENTS = ['pd', 'tikv', 'tidb', 'ticdc', 'tiproxy', 'pump'] as const;

/** All configs that a TidbCluster has. */
export function configPlaces({ spec }: TidbCluster): ConfigPlace[] {
  const all = [
    ...COMPONENTS.map((name) => place(name, ['spec', name, 'config'], spec[name]?.config)),
    // A microservice of PD has PD's config.
    ...(spec.pdms ?? []).map(({ config }, index) => place('pd', ['spec', 'pdms', index, 'config'], config)),
    place('tiflash.config', ['spec', 'tiflash', 'config', 'config'], spec.tiflash?.config?.config),
    place('tiflash.proxy', ['spec', 'tiflash', 'config', 'proxy'], spec.tiflash?.config?.proxy),
  ];
  return all.flatMap((found) => found ?? []);
}

function place(name: ConfigName, path: Path, config: Config | null | undefined): ConfigPlace | undefined {
  return config === undefined || config === null ? undefined : { name, path, config };
}
