import { LABELS_VARIABLE } from '../../expand/index.ts';
import type { Path } from '../../problem/index.ts';
import type { AnySpec } from '../any-spec.ts';

interface Texts {
  readonly [key: string]: unknown;
}

export const MOUNTS_CONFIG = 'tiflash.tidb.pingcap.com/mount-cm-in-tiflash-container';

/**
 * Whether the server reads its configs right from the ConfigMap, and gets what is different for each pod as arguments.
 * Otherwise an init container makes them of the ConfigMap's templates. Only the group's own annotation counts.
 */
export function isMounted({ annotations }: { readonly annotations?: Texts | undefined }): boolean {
  return annotations?.[MOUNTS_CONFIG] === 'true';
}

/** The variable with the labels of a store is for the start script that passes it on. */
export function ignored({ annotations, env }: AnySpec): [path: Path, why: string][] {
  if (isMounted({ annotations })) return [];
  const index = env?.findIndex(({ name, value }) => name === LABELS_VARIABLE && value) ?? -1;
  if (index < 0) return [];
  const why = `because the server gets its labels from there only with the annotation "${MOUNTS_CONFIG}"; write them as \`config.proxy.server.labels\``;
  return [[['env', index], why]];
}
