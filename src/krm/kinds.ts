import { KUSTOMIZE } from './annotations.ts';

const KPT = 'kpt.dev/';

/** Groups of resources that kustomize and kpt read themselves, and no cluster knows. */
export const TOOL_GROUPS: readonly string[] = [KPT, KUSTOMIZE];

export function isKptfile({
  apiVersion,
  kind,
}: {
  readonly apiVersion: string;
  readonly kind: string;
}): boolean {
  return kind === 'Kptfile' && apiVersion.startsWith(KPT);
}
