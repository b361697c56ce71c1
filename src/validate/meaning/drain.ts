import { DRAIN, DRAIN_TO, DRAINED_TO, type GroupOutput } from '../../api/index.ts';
import { byKind } from '../../components/index.ts';
import { writtenDrain } from '../../expand/index.ts';
import type { Field } from '../../problem/index.ts';
import { mustBeOneOf, SWITCH_VALUES } from '../structure/one-of.ts';
import { show } from '../structure/show.ts';
import { componentOf, type Group } from './group-of.ts';

/** How a group says that it is to be drained: in words and numbers that are known, and where something drains it. */
export function checkDrain(group: Group, output: GroupOutput, at: Field): void {
  const { kind, metadata, spec } = group.object;
  // Either may be null, which is as if it were not written.
  const annotations = metadata.annotations ?? {};
  const { isOn, to } = writtenDrain(annotations);
  for (const key of [DRAIN, DRAIN_TO]) {
    const written = annotations[key] ?? undefined;
    const here = at.to(key);
    if (written === undefined) continue;
    if (componentOf(group).group.drainer === undefined) {
      here.add('field-unknown', `is for TiKVGroups only: nothing drains a ${kind}; remove it`, 'key');
    } else if (key === DRAIN && isOn === undefined) {
      here.add('field-enum', mustBeOneOf(SWITCH_VALUES, written));
    } else if (key === DRAIN_TO && (to === undefined || to > spec.replicas)) {
      const most = `\`spec.replicas\`, ${spec.replicas}`;
      here.add('field-range', `must be a whole number that is at most ${most}, but is ${show(written)}`);
    } else if (output === 'TidbCluster') {
      here.add('no-effect', 'has no effect, because TiDB Operator drains these stores; remove it', 'key');
    } else if (key === DRAIN_TO && isOn === false) {
      here.add('no-effect', `has no effect, because \`${DRAIN}\` is "false"; remove one of them`, 'key');
    }
  }
}

/** To how many replicas somebody says that stores were drained: to as many as there are to be, and no other number. */
export function checkDrainedTo(group: Group, at: Field): void {
  const { object } = group;
  const written = object.metadata.annotations?.[DRAINED_TO] ?? undefined;
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
