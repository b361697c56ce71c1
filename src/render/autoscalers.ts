import { autoscaler } from '../autoscale/index.ts';
import { byKind } from '../components/index.ts';
import { besideRunner, runnerIn } from '../gitops/index.ts';
import type { Group } from '../validate/index.ts';
import { textAt } from '../yaml/index.ts';
import type { Made } from './outcome.ts';

/** What was rendered, with a HorizontalPodAutoscaler for each group that has `autoscale`. */
export function withAutoscalers(
  made: readonly Made[],
  groupOf: (made: Made) => Group | undefined,
  copyMetadata: boolean,
): Made[] {
  return made.map((its) => {
    const group = groupOf(its)?.object;
    const set = runnerIn(its.resources);
    if (group?.kind !== 'TiDBGroup' || !group.spec.autoscale || set === undefined) return its;
    const scaled = autoscaler({
      set: textAt(set, 'metadata', 'name'),
      namespace: group.metadata.namespace || undefined,
      container: byKind.TiDBGroup.name,
      spec: group.spec.autoscale,
    });
    return { ...its, resources: [...its.resources, besideRunner(its.groups, set, scaled, copyMetadata)] };
  });
}
