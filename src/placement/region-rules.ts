import type { Constraint } from './constraint.ts';

/** How replicas are spread over regions, as it is written. */
export interface Spread {
  readonly primary: string;
  readonly regions: readonly string[];
  readonly schedule: string;
  readonly followers: number;
}

/** So many replicas with such constraints, and the option that says so. */
export interface InRegions {
  readonly constraints: readonly Constraint[];
  readonly replicas: number;
  readonly option: 'PRIMARY_REGION' | 'REGIONS' | 'FOLLOWERS';
}

/** The names in REGIONS; TiDB counts an empty one between two commas, too. */
export function regionsIn(text: string): string[] {
  return text.trim() === '' ? [] : text.split(',').map((region) => region.trim());
}

/** Whether TiDB knows a text as SCHEDULE. */
export function isSchedule(text: string): boolean {
  return ['', 'even', 'majority_in_primary'].includes(text.toLowerCase());
}

/** The replicas in the primary region, and those elsewhere. Source: TiDB, `NewBundleFromSugarOptions`. */
export function inRegions({ primary, regions, schedule, followers }: Spread): InRegions[] {
  const all = followers + 1;
  if (primary === '' && regions.length === 0) {
    return [{ constraints: [], replicas: all, option: 'FOLLOWERS' }];
  }
  const isMajority = schedule.toLowerCase() === 'majority_in_primary';
  const there = isMajority ? Math.floor(all / 2) + 1 : Math.ceil(all / regions.length);
  const place = regions.indexOf(primary);
  const others = regions.filter((_, index) => index !== place);
  const of = (values: readonly string[]): Constraint => ({ key: 'region', isIn: true, values });
  const rules: InRegions[] = [
    { constraints: [of([primary])], replicas: there, option: 'PRIMARY_REGION' },
    // Where there is no other region, the rest may be anywhere.
    {
      constraints: others.length > 0 ? [of(others)] : [],
      replicas: all - there,
      option: others.length > 0 ? 'REGIONS' : 'FOLLOWERS',
    },
  ];
  return rules.filter(({ replicas }) => replicas > 0);
}
