import { ZONED_GROUP } from '../api/index.ts';
import { show } from '../text/index.ts';
import { type MapValue, textAt } from '../yaml/index.ts';
import type { GroupSource } from './snapshot.ts';
import { type ResourceName, titleOf, type Workload, type ZoneOf } from './workload.ts';

/** The zone that a group stands for: as its source says; of what was rendered the label of its pods tells. */
export function zoneIn(
  { name }: ResourceName,
  source: Pick<GroupSource, 'written' | 'zone'> | undefined,
  template: MapValue,
): ZoneOf | undefined {
  if (source !== undefined) {
    const { zone, written } = source;
    return zone === undefined ? undefined : { name: zone, group: written?.name ?? name };
  }
  const group = textAt(template, 'metadata', 'labels', ZONED_GROUP);
  return group !== '' && name.startsWith(`${group}-`)
    ? { name: name.slice(group.length + 1), group }
    : undefined;
}

type Placed = Pick<Workload, 'zone' | 'replicas'>;

/** `the zone "c" of `spec.zones``. */
function zoneText({ name }: ZoneOf): string {
  return `the zone ${show(name)} of \`spec.zones\``;
}

/** The field that has the number of servers. */
export function replicasField({ zone }: Placed): string {
  return zone === undefined ? '`spec.replicas`' : `\`replicas\` of ${zoneText(zone)}`;
}

/** What to write for so many servers, as a sentence goes on after "set" or "write". */
export function replicasText({ zone, replicas }: Placed, to: number): string {
  if (zone === undefined) return `\`spec.replicas: ${to}\``;
  const less = replicas === undefined ? 'the same number' : String(replicas - to);
  return `\`replicas: ${to}\` in ${zoneText(zone)}, and a \`spec.replicas\` that is lower by ${less}, because it counts all zones`;
}

/** How to write an annotation about these servers alone, as a sentence goes on. */
export function annotatedText({ zone }: Placed, annotation: string): string {
  if (zone === undefined) return `annotate the group with \`${annotation}\``;
  return `write \`${annotation}\` in the \`annotations\` of ${zoneText(zone)}`;
}

/** How to remove these servers altogether, without a period. */
export function removalText({ zone, owner }: Pick<Workload, 'zone' | 'owner'>): string {
  if (zone === undefined) return `remove ${titleOf(owner)}`;
  return `remove ${zoneText(zone)} from ${titleOf({ ...owner, name: zone.group })}`;
}
