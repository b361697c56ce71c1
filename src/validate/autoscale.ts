import type { GroupOutput } from '../api/index.ts';
import type { Problems } from '../problem/index.ts';
import type { GroupInCluster } from './pods.ts';

/**
 * Adds a problem for an `autoscale` that cannot work, or has no effect. The checks are loaded only if a group has one,
 * which is rare.
 */
export async function checkAutoscale(
  groups: readonly GroupInCluster[],
  output: GroupOutput,
  problems: Problems,
): Promise<void> {
  const scaled = groups.flatMap(({ group: { object, origin } }) => {
    const { metadata, spec } = object;
    return 'autoscale' in spec && spec.autoscale ? [{ object: { metadata, spec }, origin }] : [];
  });
  if (scaled.length === 0) return;
  const { checkAutoscaled } = await import('./meaning/autoscaled.ts');
  for (const group of scaled) checkAutoscaled(group, output, problems);
}
