import type { Config, TidbCluster } from '../api/index.ts';
import type { ConfigPart, ConfigPlace } from '../config/index.ts';
import type { Path } from '../problem/index.ts';
import { byName } from './registry.generated.ts';

/** Checks and edits ask for the same cluster again. */
const FOUND = new WeakMap<TidbCluster, readonly ConfigPlace[]>();

/** All configs that a TidbCluster has. */
export function configPlaces(cluster: TidbCluster): readonly ConfigPlace[] {
  const found = FOUND.get(cluster) ?? placesIn(cluster);
  FOUND.set(cluster, found);
  return found;
}

function placesIn({ spec }: TidbCluster): ConfigPlace[] {
  return [
    ...Object.values(byName).flatMap(({ name, configs }) =>
      configs.flatMap((part) => place(part, ['spec', name, ...part.path], part.in(spec))),
    ),
    // A microservice of PD has PD's config.
    ...(spec.pdms ?? []).flatMap(({ config }, index) =>
      byName.pd.configs.flatMap((part) => place(part, ['spec', 'pdms', index, ...part.path], config)),
    ),
  ];
}

function place(part: ConfigPart, path: Path, config: Config | null | undefined): ConfigPlace[] {
  return config === undefined || config === null ? [] : [{ part, path, config }];
}
