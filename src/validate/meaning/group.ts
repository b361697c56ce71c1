import type { AnyGroup, GroupOutput } from '../../api/index.ts';
import { byKind, type GroupComponent } from '../../components/index.ts';
import type { Problems } from '../../problem/index.ts';
import { At, type Subject } from './at.ts';
import { checkDeleteSlots } from './delete-slots.ts';
import { checkServer } from './server.ts';

export type Group = Subject<AnyGroup>;

/** The component that a group's servers are. */
export function componentOf({ object }: Group): GroupComponent {
  return byKind[object.kind];
}

/** Adds a problem for what a group says that its structure allows and that cannot work, or has no effect. */
export function checkGroup(group: Group, problems: Problems, output: GroupOutput): void {
  const { object, origin } = group;
  const at = new At(origin, problems);
  checkDeleteSlots(object.metadata.annotations, at.to('metadata', 'annotations'));
  checkServer(componentOf(group).name, origin.id.name, object.spec, at.to('spec'));
  if (output === 'Workloads' && componentOf(group).group.as(object.spec).tikv?.storeLabels?.length) {
    const message =
      'has no effect, because TiDB Operator copies the labels of nodes only to stores that it runs itself; ' +
      'write the labels in `spec.config.server.labels`';
    at.to('spec', 'storeLabels').add('no-effect', message, 'key');
  }
}
