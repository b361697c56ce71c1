import type { GroupOutput } from '../../api/index.ts';
import type { Problems } from '../../problem/index.ts';
import { At } from './at.ts';
import { checkConfigOf } from './config-of.ts';
import { checkDeleteSlots } from './delete-slots.ts';
import { componentOf, type Group } from './group-of.ts';
import { checkOperatorOnly } from './operator-only.ts';
import { checkServer } from './server.ts';

/** Adds a problem for settings of a group that the structure allows but that cannot work, or have no effect. */
export function checkGroup(group: Group, problems: Problems, output: GroupOutput): void {
  const { object, origin } = group;
  const at = new At(origin, problems);
  checkDeleteSlots(object.metadata.annotations, at.to('metadata', 'annotations'));
  const component = componentOf(group);
  checkServer(component.name, origin.id.name, object.spec, at.to('spec'));
  checkConfigOf(component, component.group.as(object.spec), 'server', at.to('spec'));
  if (output === 'Workloads') checkOperatorOnly(group, at);
}
