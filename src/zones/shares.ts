import type { ZoneSpec } from '../api/index.ts';

/** How many servers each zone has, in their order; or why that is not known, as a message goes on after the field. */
export function sharesOf(replicas: number, zones: readonly ZoneSpec[]): number[] | string {
  const said = zones.reduce((sum, zone) => sum + (zone.replicas ?? 0), 0);
  const sharing = zones.filter((zone) => zone.replicas === undefined).length;
  const left = replicas - said;
  const total = `is ${replicas}, the number of all servers`;
  if (sharing === 0 && left !== 0) {
    return `${total}, but the zones have ${said} together; write ${said}, or change \`replicas\` of a zone`;
  }
  if (left < 0) {
    return `${total}, but zones that say their own \`replicas\` have ${said} together; write ${said} or more`;
  }
  const over = sharing === 0 ? 0 : left % sharing;
  if (over > 0) {
    const lower = replicas - over;
    const rest = said === 0 ? '' : `the ${left} left of them are `;
    return `${total}, but ${rest}not the same number in each of ${sharing} zones; write ${lower} or ${lower + sharing}, or write \`replicas\` in a zone that has more or fewer`;
  }
  return zones.map((zone) => zone.replicas ?? left / sharing);
}
