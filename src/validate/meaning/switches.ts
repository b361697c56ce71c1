import { type Annotations, switchOf } from '../../api/index.ts';
import { COMPONENTS } from '../../components/index.ts';
import { SYSCTL_INIT } from '../../expand/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';

/** Annotations of pods that turn something on where they are "true"; TiDB Operator takes any other value for a no. */
const SWITCHES = [SYSCTL_INIT, ...COMPONENTS.flatMap(({ switches = [] }) => switches)];

export function checkSwitches(annotations: Annotations | undefined, at: Field): void {
  if (!annotations) return;
  for (const key of SWITCHES) {
    const value = Object.hasOwn(annotations, key) ? annotations[key] : undefined;
    if (typeof value !== 'string' || switchOf(value) !== undefined) continue;
    const message = `has no effect, because it counts only as "true", but is ${show(value)}; write "true" or remove it`;
    at.to(key).add('no-effect', message);
  }
}
