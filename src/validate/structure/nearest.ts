import { editDistance } from './edit-distance.ts';

/** A known name, as it is compared. */
interface Candidate {
  readonly name: string;
  readonly normal: string;
  /** How often each letter is in it; all other characters share the places as it comes. */
  readonly letters: Uint8Array;
}

/** The known name that was probably meant, or undefined if none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  return nearestIn(known)(name);
}

/** The same for many names: the known ones are looked at once. */
export function nearestIn(known: readonly string[]): (name: string) => string | undefined {
  let candidates: readonly Candidate[] | undefined;
  return (name) => {
    if (name.length > LONGEST) return undefined;
    candidates ??= known.map(asCandidate);
    return nearestOf(asCandidate(name), candidates);
  };
}

const LONGEST = 100;

function nearestOf(wanted: Candidate, candidates: readonly Candidate[]): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    // Of those that are as near as another, the first counts.
    const limit = Math.min(limitOf(wanted.normal, candidate.normal), least - 1);
    if (limit < 0 || mustDiffer(wanted, candidate) > limit) continue;
    const distance = editDistance(wanted.normal, candidate.normal, limit);
    if (distance <= limit) [best, least] = [candidate.name, distance];
  }
  return best;
}

/** The only known name that begins with a name, or ends with it, as `roll` begins `rollout`; undefined if there is none. */
export function lengthened(name: string, known: readonly string[]): string | undefined {
  const part = normal(name);
  if (part.length < SHORTEST) return undefined;
  const [longer, ...more] = known.filter((one) => normal(one).startsWith(part) || normal(one).endsWith(part));
  return more.length === 0 ? longer : undefined;
}

const SHORTEST = 3;

/** Whether one name is surely a typo of the other, so that nobody can have meant a third. */
export function isTypo(name: string, known: string): boolean {
  return typoDistance(name, known) !== undefined;
}

/** The known names that a name is surely a typo of: the nearest, and all that are as near. */
export function closest(name: string, known: readonly string[]): string[] {
  const distances = new Map(known.map((one) => [one, typoDistance(name, one) ?? Number.POSITIVE_INFINITY]));
  const least = Math.min(...distances.values());
  return Number.isFinite(least) ? known.filter((one) => distances.get(one) === least) : [];
}

function typoDistance(name: string, known: string): number | undefined {
  const limit = Math.min(2, Math.max(1, Math.floor(known.length / 4)));
  const distance = editDistance(normal(name), normal(known), limit);
  return distance > limit ? undefined : distance;
}

/** `storage_class-name` and `StorageClassName` are one name to people. */
function normal(name: string): string {
  return name.toLowerCase().replaceAll(/[-_. ]/g, '');
}

/** How far apart two names may be, so that people would take one for the other. */
function limitOf(a: string, b: string): number {
  return Math.max(1, Math.floor(Math.min(a.length, b.length) / 3));
}

function asCandidate(name: string): Candidate {
  const text = normal(name);
  return { name, normal: text, letters: lettersOf(text) };
}

function lettersOf(text: string): Uint8Array {
  const letters = new Uint8Array(32);
  for (let index = 0; index < text.length; index++) {
    const place = text.charCodeAt(index) & 31;
    letters[place] = (letters[place] ?? 0) + 1;
  }
  return letters;
}

/** So many edits it takes at least: each brings in one letter, takes one away, or both. */
function mustDiffer({ letters: a }: Candidate, { letters: b }: Candidate): number {
  let [more, fewer] = [0, 0];
  for (let place = 0; place < 32; place++) {
    const difference = (a[place] ?? 0) - (b[place] ?? 0);
    if (difference > 0) more += difference;
    else fewer -= difference;
  }
  return Math.max(more, fewer);
}
