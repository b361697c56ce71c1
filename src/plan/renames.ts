import { allBy } from '../lookup/index.ts';
import { mapAt } from '../yaml/index.ts';
import { type Compared, type Rename, textOfValue } from './finding.ts';
import { keepersOf } from './left.ts';
import type { SourcedWorkload } from './snapshot.ts';
import { isOfBase } from './workload.ts';

/** Groups that differ only in their names, and zones that have one name, too. If several are alike, the first is renamed to the first, and so on. */
export function renames(compared: readonly Compared[]): Rename[] {
  const gone = compared.flatMap(({ old, now }) => (now === undefined ? groupIn(old) : []));
  const came = compared.flatMap(({ old, now }) => (old === undefined ? groupIn(now) : []));
  if (gone.length === 0 || came.length === 0) return [];
  const areKnown = [...gone, ...came].every(({ group }) => group !== undefined);
  const ofPlain = areKnown ? specOf : volumesOf;
  const keyOf = (member: SourcedWorkload) => zoneOf(member) ?? ofPlain(member);
  const left = allBy(came.toReversed(), (member) => [keyOf(member)]);
  return gone.flatMap((from): Rename[] => {
    const to = left.get(keyOf(from))?.pop();
    return to === undefined ? [] : [{ old: from.workload, now: to.workload, keepers: keepersOf(from) }];
  });
}

function groupIn(member: SourcedWorkload | undefined): SourcedWorkload[] {
  return member === undefined || isOfBase(member.workload) ? [] : [member];
}

/** A zone is known by its own name and that of its group, whatever else changes. */
function zoneOf({ workload: { component, owner, zone } }: SourcedWorkload): string | undefined {
  return zone && `${component} ${textOfValue([owner.namespace, zone.group, zone.name])}`;
}

function specOf({ group, workload: { component } }: SourcedWorkload): string {
  return `${component} ${textOfValue(mapAt(group, 'spec'))}`;
}

/** What tells groups apart if only their renders are known. */
function volumesOf({ workload: { component, replicas, claims } }: SourcedWorkload): string {
  return `${component} ${replicas} ${textOfValue(claims.map(({ template }) => template))}`;
}
