import {
  ADDED_CLUSTERS,
  type Annotations,
  AUTOSCALED,
  CONFIRM,
  DRAIN,
  DRAIN_TO,
  DRAINED_TO,
  GENERATED_BY,
  RENDERED,
  ROLLOUT,
  SUSPENDED,
  switchOf,
} from '../../api/index.ts';
import { GROUP_COMPONENTS } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';
import { nearest } from '../structure/nearest.ts';
import { mustBeOneOf, SWITCH_VALUES } from '../structure/one-of.ts';
import { show } from '../structure/show.ts';

/** What begins the names of this project's annotations. */
const PREFIX = 'groups.pingcap.com/';

/** What people write. */
const WRITTEN = [AUTOSCALED, CONFIRM, DRAIN, DRAIN_TO, DRAINED_TO, ROLLOUT];

/** What people write on groups only. */
const OF_GROUPS = [ROLLOUT, DRAIN, DRAIN_TO, DRAINED_TO];

const KNOWN: ReadonlySet<string> = new Set([
  ...WRITTEN,
  ...[ADDED_CLUSTERS, GENERATED_BY, RENDERED, SUSPENDED],
  ...GROUP_COMPONENTS.map(({ group }) => group.annotation),
]);

/** Annotations for this project that it does not know, and those that are on or off and say neither. */
export function checkMarks(annotations: Annotations | undefined, at: Field): void {
  for (const [key, value] of Object.entries(annotations ?? {})) {
    if (!key.startsWith(PREFIX)) continue;
    if (!KNOWN.has(key)) {
      const meant = nearest(
        key.slice(PREFIX.length),
        WRITTEN.map((name) => name.slice(PREFIX.length)),
      );
      const advice =
        meant === undefined
          ? `remove it; those that count are ${WRITTEN.map(show).join(', ')}`
          : `did you mean ${show(PREFIX + meant)}?`;
      at.to(key).add(
        'no-effect',
        `has no effect, because nothing reads an annotation of that name; ${advice}`,
        'key',
      );
    } else if (key === AUTOSCALED && typeof value === 'string' && switchOf(value) === undefined) {
      at.to(key).add('field-enum', mustBeOneOf(SWITCH_VALUES, value));
    }
  }
}

/** What people write on groups, on a TidbCluster, which TiDB Operator runs. */
export function checkGroupMarks(annotations: Annotations | undefined, at: Field): void {
  for (const key of OF_GROUPS) {
    if ((annotations?.[key] ?? undefined) === undefined) continue;
    const message =
      'has no effect on a TidbCluster, whose servers TiDB Operator runs; write it on a group, or remove it';
    at.to(key).add('no-effect', message, 'key');
  }
}
