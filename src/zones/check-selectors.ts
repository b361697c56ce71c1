import { type AnyGroup, ZONED_GROUP } from '../api/index.ts';
import type { Field, Path } from '../problem/index.ts';
import { show } from '../text/index.ts';
import { INSTANCE } from './services.ts';

/** Selectors of pods that name the group itself: its pods are labeled with the name of their zone's group. */
export function checkPodSelectors({ metadata, spec }: AnyGroup, at: Field): void {
  const name = metadata.name ?? '';
  const { podAffinity, podAntiAffinity } = spec.affinity ?? {};
  const report = (where: Path) => {
    const message = `is ${show(name)}, the instance of none of the pods, or only of some: each zone has a name of its own; write \`${ZONED_GROUP}: ${name}\`, which the pods of all zones have`;
    at.to(...where).add('no-effect', message);
  };
  for (const [field, rules] of Object.entries({ podAffinity, podAntiAffinity })) {
    rules?.requiredDuringSchedulingIgnoredDuringExecution?.forEach(({ labelSelector }, index) => {
      const where = ['affinity', field, 'requiredDuringSchedulingIgnoredDuringExecution', index];
      if (labelSelector?.matchLabels?.[INSTANCE] === name) report([...where, ...IN_SELECTOR]);
    });
    rules?.preferredDuringSchedulingIgnoredDuringExecution?.forEach(({ podAffinityTerm }, index) => {
      const where = ['affinity', field, 'preferredDuringSchedulingIgnoredDuringExecution', index];
      const { labelSelector } = podAffinityTerm;
      if (labelSelector?.matchLabels?.[INSTANCE] === name)
        report([...where, 'podAffinityTerm', ...IN_SELECTOR]);
    });
  }
}

/** The label that the pods of all zones get says which group they are of, and the Service over all zones selects by it. */
export function checkOwnLabel({ metadata, spec }: AnyGroup, at: Field): void {
  const [name, written] = [metadata.name ?? '', spec.labels?.[ZONED_GROUP]];
  if (written === undefined || written === name) return;
  const message = `is ${show(written)}, but \`spec.zones\` sets it to ${show(name)}, the name of the group; write ${show(name)}, or remove it`;
  at.to('labels', ZONED_GROUP).add('zone-conflict', message);
}

const IN_SELECTOR = ['labelSelector', 'matchLabels', INSTANCE];
