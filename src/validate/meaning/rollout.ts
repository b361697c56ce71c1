import { type GroupOutput, ROLLOUT, ROLLOUTS } from '../../api/index.ts';
import { writtenRollout } from '../../expand/index.ts';
import type { Field } from '../../problem/index.ts';
import { mustBeOneOf } from '../structure/one-of.ts';
import { componentOf, type Group } from './group-of.ts';

/** How a group says that it is to be rendered: by a word that is known, and where it has an effect. */
export function checkRollout(group: Group, output: GroupOutput, at: Field): void {
  const { annotations } = group.object.metadata;
  // Either may be null, which is as if it were not written.
  const written = annotations?.[ROLLOUT] ?? undefined;
  if (written === undefined) return;
  const here = at.to(ROLLOUT);
  if (writtenRollout({ [ROLLOUT]: written }) === undefined) {
    here.add('field-enum', mustBeOneOf(ROLLOUTS, written));
  } else if (written === 'Safe' && output === 'TidbCluster') {
    here.add(
      'no-effect',
      'has no effect, because TiDB Operator restarts these servers, one at a time; remove it',
    );
  } else if (componentOf(group).group.safety === undefined) {
    const why = `nothing is added to a ${group.object.kind} for a safe rolling update`;
    here.add('no-effect', `has no effect, because ${why}; remove it`);
  }
}
