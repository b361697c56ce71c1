import type { AnyGroup } from '../../api/index.ts';
import { byKind, type GroupComponent } from '../../components/index.ts';
import type { Subject } from '../../problem/index.ts';

export type Group = Subject<AnyGroup>;

/** The component that a group's servers are. */
export function componentOf({ object }: Group): GroupComponent {
  return byKind[object.kind];
}
