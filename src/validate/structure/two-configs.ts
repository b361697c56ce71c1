/** Whether these are the fields of TiFlash's config, which has two parts: all else that a field `config` may be is one. */
export function hasTwoConfigs(known: readonly string[]): boolean {
  return known.length === 2 && known.includes('config') && known.includes('proxy');
}

/** What to do with what stands beside them, or in their place. */
export const BELOW_ONE = "write it below `config`, or below `proxy` if it is of TiFlash's TiKV proxy";
