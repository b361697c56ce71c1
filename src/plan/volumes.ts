import { sizeOf } from '../api/index.ts';
import { wholeUnits } from '../expand/index.ts';
import { complete } from '../kubernetes/index.ts';
import { firstBy } from '../lookup/index.ts';
import { mapAt, sameValue } from '../yaml/index.ts';
import type { Claim, Workload } from './workload.ts';

/** What becomes of a volume that each pod claims. `moved` is to another storage class. */
export type VolumeVerdict = 'added' | 'removed' | 'grown' | 'shrunk' | 'moved' | 'changed';

export interface VolumeChange {
  readonly volume: string;
  readonly verdict: VolumeVerdict;
  /** Size and storage class before; absent for an added volume. */
  readonly old?: VolumeState;
  /** Size and storage class after; absent for a removed volume. */
  readonly new?: VolumeState;
}

/** An empty text means that none is written. */
export interface VolumeState {
  readonly size: string;
  readonly storageClass: string;
  readonly attributesClass: string;
}

export function volumeChanges(old: Workload, now: Workload): VolumeChange[] {
  const was = firstBy(old.claims, ({ name }) => name);
  const is = firstBy(now.claims, ({ name }) => name);
  const names = new Set([...old.claims, ...now.claims].map(({ name }) => name));
  return [...names].flatMap((volume): VolumeChange[] => {
    const before = was.get(volume);
    const after = is.get(volume);
    if (before === undefined) return after ? [{ volume, verdict: 'added', new: stateOf(after) }] : [];
    if (after === undefined) return [{ volume, verdict: 'removed', old: stateOf(before) }];
    if (sameClaim(before, after)) return [];
    return [{ volume, verdict: verdictOf(before, after), old: stateOf(before), new: stateOf(after) }];
  });
}

/** As it is stored, with amounts in canonical form. */
function sameClaim({ template: a }: Claim, { template: b }: Claim): boolean {
  const [before, after] = [a, b].map((template) =>
    complete('PersistentVolumeClaim', mapAt(template), sizeOf),
  );
  return sameValue(before, after);
}

function stateOf({ size, storageClass, attributesClass }: Claim): VolumeState {
  return { size, storageClass, attributesClass };
}

function verdictOf(before: Claim, after: Claim): VolumeVerdict {
  if (before.storageClass !== after.storageClass) return 'moved';
  const [was, is] = [bytesOf(before), bytesOf(after)];
  if (is < was) return 'shrunk';
  return is > was ? 'grown' : 'changed';
}

export function bytesOf({ size }: Pick<Claim, 'size'>): bigint {
  return size === '' ? 0n : (wholeUnits(size) ?? 0n);
}

/** What all pods of a workload claim together, in bytes. */
export function storageOf({ claims, replicas }: Pick<Workload, 'claims' | 'replicas'>): bigint {
  return claims.reduce((sum, claim) => sum + bytesOf(claim), 0n) * BigInt(replicas ?? 0);
}

const UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];

/** Bytes as people read them: at most one digit behind the point, such as `1.5Ti`. */
export function sizeText(bytes: bigint): string {
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Math.round(value * 10) / 10}${UNITS[unit]}`;
}
