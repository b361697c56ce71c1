import { type Annotations, DRAINED_TO, type GroupOutput, ROLLOUT } from '../../api/index.ts';
import { byKind } from '../../components/index.ts';
import { writtenRollout } from '../../expand/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { componentOf, type Group } from './group-of.ts';

/** How a group says that it is to be rendered: by a word that is known, and where it has an effect. */
export function checkRollout(group: Group, output: GroupOutput, at: Field): void {
  const { annotations = {} } = group.object.metadata;
  const written = annotations[ROLLOUT];
  if (written === undefined) return;
  const here = at.to(ROLLOUT);
  if (writtenRollout(annotations) === undefined) {
    here.add('field-enum', `must be "Safe" or "Plain", but is ${show(written)}`);
  } else if (written === 'Safe' && output === 'TidbCluster') {
    here.add(
      'no-effect',
      'has no effect, because TiDB Operator restarts these servers, one at a time; remove it',
    );
  } else if (componentOf(group).group.rollout === undefined) {
    const why = `nothing is added to a ${group.object.kind} for a safe rolling update`;
    here.add('no-effect', `has no effect, because ${why}; remove it`);
  }
}

/** To how many replicas somebody says that stores were drained: to as many as there are to be, and no other number. */
export function checkDrainedTo(group: Group, at: Field): void {
  const { object } = group;
  const written = object.metadata.annotations?.[DRAINED_TO];
  const { replicas } = object.spec;
  if (written === undefined) return;
  if (componentOf(group).keeps !== 'regions') {
    const why = `nothing but the stores of a ${byKind.TiKVGroup.group.kind} is drained to a number`;
    at.to(DRAINED_TO).add('no-effect', `has no effect, because ${why}; remove it`, 'key');
    return;
  }
  if (written === String(replicas)) return;
  const message = `is ${show(written)} and has no effect, because \`spec.replicas\` is ${replicas}: it lets an admission policy pass a change to that very number; write "${replicas}" once the other stores are drained, or remove it`;
  at.to(DRAINED_TO).add('no-effect', message);
}

/** What people write on groups, on a TidbCluster, which TiDB Operator runs. */
export function checkGroupMarks(annotations: Annotations | undefined, at: Field): void {
  for (const key of [ROLLOUT, DRAINED_TO]) {
    if (annotations?.[key] === undefined) continue;
    const message =
      'has no effect on a TidbCluster, whose servers TiDB Operator runs; write it on a group, or remove it';
    at.to(key).add('no-effect', message, 'key');
  }
}
