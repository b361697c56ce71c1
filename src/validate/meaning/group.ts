import type { AnyGroup, GroupOutput } from '../../api/index.ts';
import type { GroupComponent } from '../../components/index.ts';
import { maySet } from '../../config/index.ts';
import { Field, type Problems } from '../../problem/index.ts';
import { readQuietly } from './config.ts';
import { addOfKey } from './config-key.ts';
import { checkConfigOf } from './config-of.ts';
import { checkDeleteSlots } from './delete-slots.ts';
import { checkDrain, checkDrainedTo } from './drain.ts';
import { checkEmpty } from './empty.ts';
import { componentOf, type Group } from './group-of.ts';
import { checkMarks } from './marks.ts';
import { checkOperatorOnly } from './operator-only.ts';
import { checkRollout } from './rollout.ts';
import { checkServer } from './server.ts';

/** Adds a warning of keys of a config that have no effect in a group. Most configs have none of the words. */
function checkIgnoredKeys(component: GroupComponent, spec: AnyGroup['spec'], at: Field): void {
  const { ignoredKeys } = component.group;
  const [part] = component.configs;
  const config = part.in(component.group.as(spec));
  if (ignoredKeys === undefined || !config) return;
  const keys = ignoredKeys.keys.filter((key) => maySet(config, key));
  const table = keys.length === 0 ? undefined : readQuietly(part, config, 'server');
  for (const key of keys) {
    if (table?.get(key) === undefined) continue;
    const written = { config, at: at.to(...part.path) };
    addOfKey('no-effect', [key], `has no effect, because ${ignoredKeys.why}`, written);
  }
}

/** Adds a problem for settings of a group that the structure allows but that cannot work, or have no effect. */
export function checkGroup(group: Group, problems: Problems, output: GroupOutput): void {
  const { object, origin } = group;
  const at = new Field(origin, problems);
  checkMarks(object.metadata.annotations, at.to('metadata', 'annotations'));
  checkDeleteSlots(object.metadata.annotations, at.to('metadata', 'annotations'));
  const component = componentOf(group);
  checkServer(component.name, origin.id.name, object.spec, at.to('spec'));
  checkConfigOf(component, component.group.as(object.spec), 'server', at.to('spec'));
  for (const [path, why] of component.group.ignored?.(object.spec) ?? []) {
    at.to('spec', ...path).add('no-effect', `has no effect, because ${why}`, 'key');
  }
  checkIgnoredKeys(component, object.spec, at.to('spec'));
  checkRollout(group, output, at.to('metadata', 'annotations'));
  checkDrain(group, output, at.to('metadata', 'annotations'));
  checkDrainedTo(group, at.to('metadata', 'annotations'));
  checkEmpty(object, at.to('spec'));
  if (output === 'Workloads') checkOperatorOnly(group, at);
}
