/** A group and its cluster into the workloads that TiDB Operator would make of them. */
export { canonicalQuantity, wholeUnits } from '../api/index.ts';
export { canonicalMap } from './canonical.ts';
export { copy, withoutNulls } from './copy.ts';
export { digest } from './digest.ts';
export { expandGroup } from './group.ts';
export { type InheritedSettings, inheritSettings } from './inherit.ts';
export type { ExpandInput, Written } from './member.ts';
export { pdAddress } from './pd-address.ts';
export { asStored } from './stored.ts';
export { expandTiDBGroup } from './tidb.ts';
export { expandTiKVGroup } from './tikv.ts';
