/** A label of a store, as TiKV's config and a placement policy have it. */
export interface StoreLabel {
  readonly key: string;
  readonly value: string;
}

/** What a group says of the label that names it. */
interface Labeled {
  readonly exclusive?: boolean;
  readonly groupLabel?: boolean;
}

/** The key of the label that names the group of a store. */
export const GROUP_LABEL = 'group';

/** The same where the group is exclusive: PD keeps other data away from stores with a label that begins so. */
export const EXCLUSIVE_GROUP_LABEL = `$${GROUP_LABEL}`;

/**
 * The label by which a placement policy finds the stores of a group, whatever zones it has; undefined if it asks for none.
 * `name` is the group's own, as it is rendered.
 */
export function groupLabelOf({ exclusive, groupLabel }: Labeled, name: string): StoreLabel | undefined {
  if (exclusive) return { key: EXCLUSIVE_GROUP_LABEL, value: name };
  return groupLabel ? { key: GROUP_LABEL, value: name } : undefined;
}
