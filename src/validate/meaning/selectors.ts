import type { Affinity } from '../../api/index.ts';
import { show } from '../structure/show.ts';
import type { At } from './at.ts';

interface Expression {
  readonly operator: string;
  readonly values?: readonly string[];
}

/** The expressions by which an affinity selects nodes and pods. */
export function checkAffinity(affinity: Affinity | undefined, at: At): void {
  const { nodeAffinity: node, podAffinity, podAntiAffinity } = affinity ?? {};
  const nodes = at.to('nodeAffinity');
  node?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms.forEach((term, index) => {
    check(term, nodes.to('requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms', index));
  });
  node?.preferredDuringSchedulingIgnoredDuringExecution?.forEach(({ preference }, index) => {
    check(preference, nodes.to('preferredDuringSchedulingIgnoredDuringExecution', index, 'preference'));
  });
  for (const [name, pods] of Object.entries({ podAffinity, podAntiAffinity })) {
    pods?.requiredDuringSchedulingIgnoredDuringExecution?.forEach((term, index) => {
      const place = at.to(name, 'requiredDuringSchedulingIgnoredDuringExecution', index, 'labelSelector');
      check(term.labelSelector, place);
    });
    pods?.preferredDuringSchedulingIgnoredDuringExecution?.forEach(({ podAffinityTerm: term }, index) => {
      const place = at.to(name, 'preferredDuringSchedulingIgnoredDuringExecution', index, 'podAffinityTerm');
      check(term.labelSelector, place.to('labelSelector'));
    });
  }
}

/** Which operator takes how many values. */
function check(selector: { readonly matchExpressions?: readonly Expression[] } | undefined, at: At): void {
  selector?.matchExpressions?.forEach(({ operator, values: written }, index) => {
    const values = written ?? [];
    const here = at.to('matchExpressions', index, 'values');
    if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length === 0) return;
      here.add(
        'field-choice',
        `must not be set beside \`operator: ${operator}\`; remove it, or write \`In\``,
      );
    } else if (operator === 'Gt' || operator === 'Lt') {
      if (values.length === 1 && /^-?\d+$/.test(values[0] ?? '')) return;
      const found = values.length === 0 ? 'there is none' : `there is ${values.map(show).join(', ')}`;
      here.add('field-choice', `must hold one integer for \`operator: ${operator}\`, and ${found}`);
    } else if (values.length === 0) {
      here.add(
        'field-missing',
        `is missing; add it: \`operator: ${operator}\` must have values to compare with`,
      );
    }
  });
}
