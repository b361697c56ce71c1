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

const IN_SELECTOR = ['labelSelector', 'matchLabels', INSTANCE];
