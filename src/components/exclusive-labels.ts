/**
 * Whether a label keeps data away from a store: PD puts only data there that a placement rule asks for by this very
 * label. Source: PD, `placement.isExclusiveLabel`.
 */
export function isExclusive(key: string): boolean {
  return key === 'engine' || key === 'exclusive' || key.startsWith('$');
}

/** Whether a constraint asks for TiFlash, which TiDB refuses: its replicas are asked for otherwise. */
export function isOfTiFlash(key: string, value: string): boolean {
  return key === 'engine' && /^tiflash$/i.test(value);
}
