import { listed, show } from '../text/index.ts';
import { isMap, readBlock } from '../yaml/index.ts';
import { commented, type Draft, fieldsOf, writeDraft } from '../yaml-write/draft.ts';
import { commentsBetween } from '../yaml-write/index.ts';
import { sharesOf, ZONE_KEY } from '../zones/index.ts';
import type { Group } from './group.ts';

const FIELD = 'zones';

/**
 * The zones of a group as v2 has them: it spreads the servers of one group over them, where they are not alike by weights.
 * Undefined where the group has none.
 */
export function schedulePolicies(group: Group): Draft | undefined {
  const written = group.value(FIELD);
  if (!Array.isArray(written)) return undefined;
  const zones = written.map((zone, index) => {
    const replicas = isMap(zone) ? group.value(FIELD, index, 'replicas') : undefined;
    return { name: '', ...(replicas !== undefined && { replicas: Number(replicas) }) };
  });
  const shares = sharesOf(Number(group.value('replicas')), zones);
  const counts = typeof shares === 'string' ? [] : shares;
  const areAlike = counts.every((count) => count === counts[0]);
  const isEmpty = (index: number) => !areAlike && counts[index] === 0;
  const topologies = written.flatMap((zone, index): Draft[] => {
    const at = [FIELD, index];
    if (isEmpty(index)) return [];
    const field = isMap(zone) ? [group.value(...at, 'value') === undefined ? 'name' : 'value'] : [];
    const name = isMap(zone) ? group.take(...at, ...field) : String(zone);
    const weight = areAlike ? undefined : counts[index];
    const isWritten = weight !== undefined && group.value(...at, 'replicas') !== undefined;
    const taken = isWritten ? [...field, 'replicas'] : field;
    return [
      fieldsOf({
        topology: commented(fieldsOf({ [ZONE_KEY]: name }), commentsOf(group, index, taken)),
        weight: isWritten ? group.own.as([...at, 'replicas'], weight) : weight,
      }),
    ];
  });
  const policy = fieldsOf({ type: 'EvenlySpread', evenlySpread: fieldsOf({ topologies }) });
  const policies = commented([policy], group.own.comments(FIELD));
  const lost = commentsLost(group, policies);
  group.changed(
    [FIELD],
    `one group has servers in all of them, so no zone has names and Services of its own${lost}`,
  );
  for (const [index, zone] of written.entries()) {
    if (isMap(zone)) reportZone(group, index);
    if (isEmpty(index)) group.lost([FIELD, index], 'there are no servers in it');
  }
  return policies;
}

/** What is said of comments that stand where no field takes them along, as between the items of a flow list. */
function commentsLost({ own }: Group, policies: Draft): string {
  const written = writeDraft(fieldsOf({ policies }));
  const node = readBlock(written);
  const kept = node === undefined ? [] : commentsBetween(node, written, 0, written.length);
  // Two may say the same.
  const counts = new Map<string, number>();
  for (const comment of kept) counts.set(comment, (counts.get(comment) ?? 0) + 1);
  const lost = own.commentsWithin(FIELD).filter((comment) => {
    const count = counts.get(comment) ?? 0;
    counts.set(comment, count - 1);
    return count <= 0;
  });
  if (lost.length === 0) return '';
  const named = lost.slice(0, MOST_NAMED).map(show);
  const all = lost.length > MOST_NAMED ? [...named, `${lost.length - MOST_NAMED} more`] : named;
  return `; comments of it that are left out: ${listed(all)}`;
}

const MOST_NAMED = 5;

/** The comments at a zone, but for those that come along with fields that are taken over. */
function commentsOf({ own }: Group, index: number, taken: readonly string[]): string {
  const fields = own.keys(FIELD, index);
  // Those above a dash are also those of its first field, if that has lines of its own.
  const [first = ''] = fields;
  const isAbove = taken.includes(first) && own.comments(FIELD, index, first) !== '';
  const comments = [
    isAbove ? '' : own.comments(FIELD, index),
    ...fields.filter((field) => !taken.includes(field)).map((field) => own.comments(FIELD, index, field)),
  ];
  return [...new Set(comments.flatMap((text) => text.split('\n')))]
    .map((line) => (line === '' ? '' : `${line}\n`))
    .join('');
}

/** What a zone can say of itself alone. */
function reportZone(group: Group, index: number): void {
  const why = 'its servers are of one group with those of other zones';
  if (group.value(FIELD, index, 'annotations') !== undefined) group.lost([FIELD, index, 'annotations'], why);
  if (group.value(FIELD, index, 'keepsName') === true) group.lost([FIELD, index, 'keepsName'], why);
}
