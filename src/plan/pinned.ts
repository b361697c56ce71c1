import { listed, show } from '../text/index.ts';
import { type MapValue, mapAt, mapsAt, valueAt } from '../yaml/index.ts';
import { textOfValue } from './finding.ts';
import type { Workload } from './workload.ts';

/** Labels of nodes by which volumes have a place: a volume can only be mounted where it is. */
const KEYS = [
  'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/region',
  'kubernetes.io/hostname',
] as const;
type Key = (typeof KEYS)[number];

/** What a pod template says of the nodes by one label. */
interface Pin {
  /** The values that a node may have; undefined if that is not a list of them. */
  readonly values: ReadonlySet<string> | undefined;
  /** All that is said, to see whether it has changed; '' if nothing is. */
  readonly said: string;
}

/** Pods that may run elsewhere than before, while their volumes stay where they are. */
export interface Repinned {
  readonly key: Key;
  /** Undefined where they could run anywhere, or it is not known where. */
  readonly from: readonly string[] | undefined;
  readonly to: readonly string[] | undefined;
  /** Whether none of the nodes from before is left, so that no volume is where the pods may run. */
  readonly isApart: boolean;
}

/** The labels by which pods with volumes are now bound to other nodes. */
export function repinned(old: Workload, now: Workload): Repinned[] {
  if (old.claims.length === 0 || now.claims.length === 0) return [];
  if (old.replicas === 0 || now.replicas === 0) return [];
  return KEYS.flatMap((key): Repinned[] => {
    const [was, is] = [pinOf(old, key), pinOf(now, key)];
    if (is.said === '' || is.said === was.said) return [];
    const [from, to] = [was.values, is.values];
    const shared = from && to && common(from, to).size;
    if (shared !== undefined && shared === from?.size) return [];
    return [{ key, from: from && [...from], to: to && [...to], isApart: shared === 0 }];
  });
}

function pinOf({ template }: Workload, key: Key): Pin {
  const selected = valueAt(template, 'spec', 'nodeSelector', key);
  const required = mapAt(template, 'spec', 'affinity', 'nodeAffinity', REQUIRED);
  // Of the terms one must hold, and of a term all expressions.
  const terms = mapsAt(required, 'nodeSelectorTerms').map((term) =>
    mapsAt(term, 'matchExpressions').filter((expression) => expression.key === key),
  );
  const ofTerms = terms.map(allowedBy);
  const allowed = allOf([
    ...(typeof selected === 'string' ? [new Set([selected])] : []),
    ...(ofTerms.length > 0 && ofTerms.every((one) => one !== undefined)
      ? [new Set(ofTerms.flatMap((one) => [...one]))]
      : []),
  ]);
  const isSilent = selected === undefined && terms.every((term) => term.length === 0);
  return { values: allowed, said: isSilent ? '' : textOfValue([selected ?? null, terms]) };
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';

/** The values that the expressions of a term allow; undefined where none lists some. */
function allowedBy(term: readonly MapValue[]): ReadonlySet<string> | undefined {
  const valuesIn = (operator: string) => term.filter((one) => one.operator === operator).map(valuesOf);
  const allowed = allOf(valuesIn('In'));
  const refused = new Set(valuesIn('NotIn').flatMap((values) => [...values]));
  return allowed && new Set([...allowed].filter((value) => !refused.has(value)));
}

/** What is in all sets; undefined where there are none. */
function allOf(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> | undefined {
  const [first, ...others] = sets;
  return first && others.reduce(common, first);
}

function common(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a].filter((value) => b.has(value)));
}

function valuesOf({ values }: MapValue): Set<string> {
  return new Set(Array.isArray(values) ? values.map(String) : []);
}

/** How to see where volumes are. */
export function whereVolumesAre(key: Key): string {
  return key === 'kubernetes.io/hostname'
    ? '`kubectl describe pv` shows it as "Node Affinity"'
    : `\`kubectl get pv -L ${key}\` shows it`;
}

/** `"a" and "b"`. */
export function placesText(values: readonly string[] | undefined): string {
  return values === undefined || values.length === 0 ? 'no value' : listed(values.map(show));
}

/** What a change says where it is not known whether a volume is elsewhere. */
export function notesOnPlace(old: Workload, now: Workload): string[] {
  return repinned(old, now)
    .filter(({ isApart }) => !isApart)
    .map(
      ({ key, to }) =>
        `the pods of ${now.set} are now bound to nodes by ${key}${to === undefined ? '' : ` (${placesText(to)})`}: a pod whose volume is elsewhere stays Pending; check first where the volumes are: ${whereVolumesAre(key)}`,
    );
}
