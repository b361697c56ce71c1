import type { Labels } from '../../api/index.ts';
import type { Section } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';

const PREFIX = 'app.kubernetes.io/';

/** Labels that select pods and Services cannot change. Without a component, the labels are those of all of them. */
export function checkLabels(
  labels: Labels | undefined,
  instance: string,
  component: Section | undefined,
  at: Field,
): void {
  const generated = new Map([
    [`${PREFIX}component`, component],
    [`${PREFIX}instance`, instance],
    [`${PREFIX}managed-by`, 'tidb-operator'],
    [`${PREFIX}name`, 'tidb-cluster'],
  ]);
  for (const [key, value] of Object.entries(labels ?? {})) {
    if (!generated.has(key) || value === generated.get(key)) continue;
    const is = generated.get(key) ?? '';
    const why = is === '' ? 'each component has its own' : `it is always ${show(is)}`;
    const message = `is ${show(value)} and has no effect, because this label selects pods and Services: ${why}; remove it`;
    at.to(key).add('no-effect', message);
  }
}
