import type { Toleration } from '../../api/index.ts';
import { show } from '../structure/show.ts';
import type { At } from './at.ts';

/** The fields of a toleration must fit each other. */
export function checkTolerations(tolerations: readonly Toleration[] | undefined, at: At): void {
  tolerations?.forEach(({ key, operator, value, effect, tolerationSeconds }, index) => {
    const here = at.to(index);
    if (operator === 'Exists' && value) {
      const message = `must not be set, and is ${show(value)}: \`operator: Exists\` takes any value; remove it, or write \`operator: Equal\``;
      here.to('value').add('field-choice', message);
    }
    if (!key && operator !== 'Exists') {
      here.to('key').add('field-missing', 'is missing; add it, or write `operator: Exists` for every taint');
    }
    if ((tolerationSeconds ?? undefined) !== undefined && effect !== 'NoExecute') {
      const message =
        'must stand beside `effect: NoExecute`, which alone evicts pods; write that, or remove it';
      here.to('tolerationSeconds').add('field-choice', message, 'key');
    }
  });
}
