import { type AnySpec, componentIn, type Section } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';

/** Fields that TiDB Operator reads only beside others, or takes other values for. */
export function checkIgnored(component: Section, spec: AnySpec, at: Field): void {
  for (const [path, why] of componentIn(component)?.ignored?.(spec) ?? []) {
    at.to(...path).add('no-effect', `has no effect ${why}`, 'key');
  }
}
