import type { AnyGroup } from '../api/index.ts';
import type { Field } from '../problem/index.ts';
import type { MapValue } from '../yaml/index.ts';

/** The ends of the range within which an autoscaler sets the number of servers, with words for each. */
const ENDS = [
  ['min', 'the fewest of all servers'],
  ['max', 'the most of all servers'],
] as const;

/** The range of an autoscaler over the servers of one zone: all zones have the same. */
export function autoscaleInZone(autoscale: MapValue, zones: number): MapValue {
  const ends = ENDS.map(([end]) => [end, Number(autoscale[end]) / zones]);
  return { ...autoscale, ...Object.fromEntries(ends) };
}

/** Adds a problem for an end that zones cannot share. */
export function checkAutoscale({ spec }: AnyGroup, zones: number, at: Field): void {
  const autoscale = 'autoscale' in spec ? spec.autoscale : undefined;
  if (!autoscale) return;
  for (const [end, what] of ENDS) {
    const written = autoscale[end];
    if (written % zones === 0) continue;
    const lower = written - (written % zones);
    const nearest = lower === 0 ? `${zones}` : `${lower} or ${lower + zones}`;
    const message = `is ${written}, ${what}, but not the same number in each of ${zones} zones, which have an autoscaler each; write ${nearest}`;
    at.to(end).add('zone-replicas', message);
  }
}
