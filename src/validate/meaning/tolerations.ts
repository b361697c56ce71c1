import type { Toleration } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { checkText } from './text.ts';

/** Taints have the syntax of labels; whoever compares, compares numbers. */
function checkValue(value: string, operator: string | undefined, at: Field): void {
  if (operator === 'Lt' || operator === 'Gt') {
    const feature = 'TaintTolerationComparisonOperators';
    const message = `uses \`operator: ${operator}\`, which Kubernetes accepts only if its feature ${feature} is on; check that it is`;
    at.add('kubernetes-version', message);
    if (/^(?:0|-?[1-9]\d{0,18})$/.test(value)) return;
    at.add('field-choice', `must be an integer for \`operator: ${operator}\`, but is ${show(value)}`);
  } else checkText('label-value', value, at);
}

/** The fields of a toleration must fit each other. */
export function checkTolerations(tolerations: readonly Toleration[] | undefined, at: Field): void {
  tolerations?.forEach(({ key, operator, value, effect, tolerationSeconds }, index) => {
    const here = at.to(index);
    if (operator === 'Exists' && value) {
      const message = `must not be set, but is ${show(value)}: \`operator: Exists\` takes any value; remove it, or write \`operator: Equal\``;
      here.to('value').add('field-choice', message);
    }
    if (!key && operator !== 'Exists') {
      here.to('key').add('field-missing', 'is missing; add it, or write `operator: Exists` for every taint');
    }
    if ((value || operator === 'Lt' || operator === 'Gt') && operator !== 'Exists') {
      checkValue(value ?? '', operator, here.to('value'));
    }
    if ((tolerationSeconds ?? undefined) !== undefined && effect !== 'NoExecute') {
      const message = 'requires `effect: NoExecute`, which alone evicts pods; write that, or remove it';
      here.to('tolerationSeconds').add('field-choice', message, 'key');
    }
  });
}
