import { API_VERSION } from '../../api/index.ts';
import { byKind } from '../../components/index.ts';
import type { Origin, Problems } from '../../problem/index.ts';
import { isTypo } from '../structure/nearest.ts';
import { show } from '../structure/show.ts';

const KINDS = ['TidbCluster', ...Object.keys(byKind)];

/**
 * The kind that was surely meant by a misspelling of ours: `TiDBCluster`, or `pingcap.com/v1`. Undefined for ours as
 * well, and for those of other API groups, such as the TiKVGroup of TiDB Operator v2.
 */
export function meantKind(apiVersion: string, kind: string): string | undefined {
  if (!/^[Tt][Ii]/.test(kind)) return undefined;
  if (apiVersion === API_VERSION) {
    return KINDS.includes(kind) ? undefined : KINDS.find((ours) => isTypo(kind, ours));
  }
  const meant = KINDS.find((ours) => ours.toLowerCase() === kind.toLowerCase());
  if (meant === undefined) return undefined;
  return apiVersion.startsWith('pingcap.com/') || isTypo(apiVersion, API_VERSION) ? meant : undefined;
}

/** Adds a problem for a resource that would be copied unchanged, because its kind or version is misspelled. */
export function checkKind(origin: Origin, problems: Problems): void {
  const { apiVersion, kind } = origin.id;
  const meant = meantKind(apiVersion, kind);
  if (meant === undefined) return;
  if (apiVersion !== API_VERSION) {
    const message = `\`apiVersion\` of a ${meant} must be ${show(API_VERSION)}, but is ${show(apiVersion)}; write that one`;
    problems.add('field-enum', origin, ['apiVersion'], message);
  }
  if (kind !== meant) {
    const message = `\`kind\` must be one that ${API_VERSION} has, but ${show(kind)} is not; did you mean ${show(meant)}?`;
    problems.add('field-enum', origin, ['kind'], message);
  }
}
