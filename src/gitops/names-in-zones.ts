import { nameInZone } from '../api/index.ts';
import type { Item } from '../list/index.ts';
import { isMap, mapAt, type Value } from '../yaml/index.ts';

/** The names of the groups that a group is rendered as: its own, or one for each of its zones. */
export function namesMadeOf(group: Item): string[] {
  const { zones = null } = mapAt(group.object, 'spec');
  const names = (Array.isArray(zones) ? zones : []).flatMap((zone) => nameOfZone(group.name, zone));
  return names.length > 0 ? names : [group.name];
}

/** Nothing where it is no zone: that is reported elsewhere. */
function nameOfZone(group: string, zone: Value): string[] {
  if (typeof zone === 'string') return [nameInZone(group, zone)];
  if (!isMap(zone) || typeof zone.name !== 'string') return [];
  return [nameInZone(group, { name: zone.name, keepsName: zone.keepsName === true })];
}
