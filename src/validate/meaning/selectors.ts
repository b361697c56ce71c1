import type { Affinity } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { mustBeOneOf } from '../structure/one-of.ts';
import { show } from '../structure/show.ts';
import { checkText } from './text.ts';

type NodeTerm = NonNullable<
  NonNullable<Affinity['nodeAffinity']>['requiredDuringSchedulingIgnoredDuringExecution']
>['nodeSelectorTerms'][number];
type PodTerm = NonNullable<
  NonNullable<Affinity['podAffinity']>['requiredDuringSchedulingIgnoredDuringExecution']
>[number];

interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** The expressions by which an affinity selects nodes and pods. */
export function checkAffinity(affinity: Affinity | undefined, at: Field): void {
  const { nodeAffinity: node, podAffinity, podAntiAffinity } = affinity ?? {};
  const nodes = at.to('nodeAffinity');
  node?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms.forEach((term, index) => {
    const place = nodes.to('requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms', index);
    checkNodes(term, place);
    // In a preference Kubernetes accepts any text here.
    term.matchExpressions?.forEach(({ values }, expression) => {
      values?.forEach((value, number) => {
        checkText('label-value', value, place.to('matchExpressions', expression, 'values', number));
      });
    });
  });
  node?.preferredDuringSchedulingIgnoredDuringExecution?.forEach(({ preference }, index) => {
    checkNodes(preference, nodes.to('preferredDuringSchedulingIgnoredDuringExecution', index, 'preference'));
  });
  for (const [name, pods] of Object.entries({ podAffinity, podAntiAffinity })) {
    pods?.requiredDuringSchedulingIgnoredDuringExecution?.forEach((term, index) => {
      checkPods(term, at.to(name, 'requiredDuringSchedulingIgnoredDuringExecution', index));
    });
    pods?.preferredDuringSchedulingIgnoredDuringExecution?.forEach(({ podAffinityTerm: term }, index) => {
      checkPods(
        term,
        at.to(name, 'preferredDuringSchedulingIgnoredDuringExecution', index, 'podAffinityTerm'),
      );
    });
  }
}

/** Of a node's fields, only the name can be selected by. */
const NODE_NAME = 'metadata.name';

function checkNodes(term: NodeTerm, at: Field): void {
  checkSelector(term, at);
  term.matchFields?.forEach(({ key, operator, values }, index) => {
    const here = at.to('matchFields', index);
    if (key !== NODE_NAME) {
      const message = `must be "${NODE_NAME}", but is ${show(key)}; node labels belong in \`matchExpressions\``;
      here.to('key').add('field-enum', message);
    } else if (operator !== 'In' && operator !== 'NotIn') {
      here.to('operator').add('field-enum', mustBeOneOf(['In', 'NotIn'], operator));
    } else if (values?.length !== 1) {
      here.to('values').add('field-choice', 'must have one node name; write an entry for each');
    } else checkText('dns-name', values[0] ?? '', here.to('values', 0));
  });
}

/** Keys whose values are the pod's own are compared in place of those that are written. */
function checkPods(
  { labelSelector, namespaceSelector, matchLabelKeys, mismatchLabelKeys }: PodTerm,
  at: Field,
): void {
  checkSelector(labelSelector, at.to('labelSelector'));
  checkSelector(namespaceSelector, at.to('namespaceSelector'));
  if (!matchLabelKeys?.length && !mismatchLabelKeys?.length) return;
  const selected = new Set([
    ...Object.keys(labelSelector?.matchLabels ?? {}),
    ...(labelSelector?.matchExpressions ?? []).map(({ key }) => key),
  ]);
  const mismatched = new Set(mismatchLabelKeys);
  for (const [name, keys] of Object.entries({ matchLabelKeys, mismatchLabelKeys })) {
    if (keys?.length && !labelSelector) {
      const message = 'requires a `labelSelector`; add one, which may be empty, or remove it';
      at.to(name).add('field-choice', message, 'key');
    }
  }
  matchLabelKeys?.forEach((key, index) => {
    const list = mismatched.has(key) ? 'mismatchLabelKeys' : 'labelSelector';
    if (list === 'labelSelector' && !selected.has(key)) return;
    const message = `is ${show(key)}, which \`${list}\` has too; remove one of them`;
    at.to('matchLabelKeys', index).add('field-choice', message);
  });
}

/** Which operator takes how many values. */
export function checkSelector(
  selector: { readonly matchExpressions?: readonly Expression[] } | undefined,
  at: Field,
): void {
  selector?.matchExpressions?.forEach(({ operator, values: written }, index) => {
    const values = written ?? [];
    const here = at.to('matchExpressions', index, 'values');
    if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length === 0) return;
      here.add('field-choice', `must not be set with \`operator: ${operator}\`; remove it, or write \`In\``);
    } else if (operator === 'Gt' || operator === 'Lt') {
      if (values.length === 1 && /^-?\d+$/.test(values[0] ?? '')) return;
      const found = values.length === 0 ? 'there is none' : `there is ${values.map(show).join(', ')}`;
      here.add('field-choice', `must have one integer for \`operator: ${operator}\`, but ${found}`);
    } else if (values.length === 0) {
      here.add(
        'field-missing',
        `is missing; add it: \`operator: ${operator}\` must have values to compare with`,
      );
    }
  });
}
