import type { AnyGroup } from '../api/index.ts';
import { byKind } from '../components/index.ts';
import { selectorLabels } from '../expand/index.ts';
import { type MapValue, mapAt } from '../yaml/index.ts';
import { networkPolicy, type Policed } from './policy.ts';
import { portsOf } from './ports.ts';

/** The NetworkPolicy of a group, if it asks for one; `workloads` are what the group is expanded into. */
export function policyOf(
  { kind, metadata, spec }: AnyGroup,
  workloads: readonly MapValue[],
  around: Pick<Policed, 'others' | 'isOperated'>,
): MapValue | undefined {
  if (!spec.networkPolicy) return undefined;
  const component = byKind[kind];
  const { name: instance = '', namespace } = metadata;
  const set = workloads.find((one) => one.kind === 'StatefulSet');
  const policed = {
    ...around,
    name: `${instance}-${component.name}`,
    namespace: namespace || undefined,
    selector: { matchLabels: selectorLabels(component.name, { instance }) },
    ports: portsOf(component, mapAt(set, 'spec', 'template')),
  };
  return networkPolicy(policed, spec.networkPolicy);
}
