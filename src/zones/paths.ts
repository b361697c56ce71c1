import { type AnyGroup, ZONED_GROUP } from '../api/index.ts';
import { GROUP_LABEL, type GroupComponent } from '../components/index.ts';
import type { Path } from '../problem/index.ts';
import { labelPath, ZONE_LABEL } from './labels.ts';
import type { PlainGroup } from './plain-groups.ts';

/** Where somebody wrote what is in a field of a plain group. `written` is the spec that it was made from. */
export function writtenPath(
  path: Path,
  { zone, labels }: PlainGroup,
  component: GroupComponent,
  written: AnyGroup['spec'],
): Path {
  const ofZone = zone && ['spec', 'zones', zone.index];
  for (const { key } of labels) {
    if (!beginsWith(path, ['spec', ...labelPath(component, key)])) continue;
    if (key === ZONE_LABEL && ofZone) return ofZone;
    return ['spec', key === GROUP_LABEL ? 'groupLabel' : 'exclusive'];
  }
  if (ofZone === undefined) return path;
  const [top, field, key] = path;
  if (top === 'metadata' && field === 'name') return ofZone;
  if (top === 'metadata' && field === 'annotations' && typeof key === 'string') {
    return Object.hasOwn(zone?.spec.annotations ?? {}, key) ? [...ofZone, ...path.slice(1)] : path;
  }
  if (top !== 'spec' || typeof field !== 'string') return path;
  if (field === 'replicas' && zone?.spec.replicas !== undefined) return [...ofZone, 'replicas'];
  if (field === 'labels' && key === ZONED_GROUP) return ofZone;
  return isWritten(written, field) ? path : ofZone;
}

function beginsWith(path: Path, start: Path): boolean {
  return start.every((step, index) => path[index] === step);
}

/** A null is as if it were not written. */
function isWritten(spec: object, field: string): boolean {
  return Object.entries(spec).some(([key, value]) => key === field && value !== null);
}
