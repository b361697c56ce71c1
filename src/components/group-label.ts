import type { AnyGroup } from '../api/index.ts';

/** A label of a store, as TiKV's config and a placement policy have it. */
export interface StoreLabel {
  readonly key: string;
  readonly value: string;
}

/** The key of the label that names the group of a store. */
export const GROUP_LABEL = 'group';

/** The same where the group is exclusive: PD keeps other data away from stores with a label that begins so. */
export const EXCLUSIVE_GROUP_LABEL = `$${GROUP_LABEL}`;

/**
 * The labels that name the group of a store, in all of its zones: first the one that a placement policy must have. `name` is
 * the group's own, as it is rendered.
 */
export function groupLabelsOf(spec: AnyGroup['spec'], name: string): StoreLabel[] {
  const isExclusive = 'exclusive' in spec && spec.exclusive;
  const isNamed = 'groupLabel' in spec && spec.groupLabel;
  return [
    ...(isExclusive ? [{ key: EXCLUSIVE_GROUP_LABEL, value: name }] : []),
    ...(isNamed ? [{ key: GROUP_LABEL, value: name }] : []),
  ];
}
