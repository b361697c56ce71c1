import type { GroupOutput, TiDBGroup, TiKVGroup } from '../../api/index.ts';
import type { Problems } from '../../problem/index.ts';
import { At, type Subject } from './at.ts';
import { checkConfigOf } from './config-of.ts';
import { checkDataDirectories } from './data-directories.ts';
import { checkDeleteSlots } from './delete-slots.ts';
import { checkOperatorOnly } from './operator-only.ts';
import { checkServer } from './server.ts';

export type Group = Subject<TiKVGroup | TiDBGroup>;

/** The component that a group's servers are. */
export function componentOf({ object }: Group): 'tikv' | 'tidb' {
  return object.kind === 'TiKVGroup' ? 'tikv' : 'tidb';
}

/** Adds a problem for what a group says that its structure allows and that cannot work, or has no effect. */
export function checkGroup(group: Group, problems: Problems, output: GroupOutput): void {
  const { object, origin } = group;
  const at = new At(origin, problems);
  checkDeleteSlots(object.metadata.annotations, at.to('metadata', 'annotations'));
  const component = componentOf(group);
  const { config } = object.spec;
  checkServer(component, origin.id.name, object.spec, at.to('spec'));
  checkConfigOf(component, object.spec, 'server', at.to('spec'));
  checkDataDirectories(
    component,
    object.spec,
    { name: component, config, reader: 'server' },
    at.to('spec', 'config'),
  );
  if (output === 'Workloads') checkOperatorOnly(object, at);
  if (output === 'Workloads' && object.kind === 'TiKVGroup' && object.spec.storeLabels?.length) {
    const message =
      'has no effect, because TiDB Operator copies the labels of nodes only to stores that it runs itself; ' +
      'write the labels in `spec.config.server.labels`';
    at.to('spec', 'storeLabels').add('no-effect', message, 'key');
  }
}
