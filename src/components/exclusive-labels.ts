/**
 * Whether a label keeps data away from a store: PD puts only data there that a placement rule asks for by this very
 * label. Source: PD, `placement.isExclusiveLabel`.
 */
export function isExclusive(key: string): boolean {
  return key === 'engine' || key === 'exclusive' || key.startsWith('$');
}
