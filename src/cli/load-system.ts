import type { System } from '../system/index.ts';
import { loadSide, type SideOptions } from './load-side.ts';
import { Misuse } from './misuse.ts';

/** The system that the resources under some paths describe. Undefined after errors, which are printed. */
export async function loadSystem(
  paths: readonly string[],
  options: SideOptions,
): Promise<System | undefined> {
  const snapshot = await loadSide(paths, options);
  if (snapshot === undefined) return undefined;
  const { systemOf } = await import('../system/index.ts');
  const system = systemOf(snapshot);
  if (system.clusters.length > 0) return system;
  throw new Misuse(
    'there must be a TidbCluster, or rendered groups, but the resources have neither; check the paths',
  );
}
