import { API_VERSION } from '../../api/index.ts';
import { byKind, COMPONENTS, type Component, isGroupComponent } from '../../components/index.ts';
import type { Origin, Problems } from '../../problem/index.ts';
import { closest, isTypo } from '../structure/nearest.ts';
import { show } from '../structure/show.ts';

const GROUPS = Object.keys(byKind);
const KINDS = ['TidbCluster', ...GROUPS];
const BY_LETTERS = new Map(KINDS.map((kind) => [kind.toLowerCase(), kind]));

/**
 * The kinds that may be meant by one that is nearly ours: `TiDBCluster`, `PumpGroup`, or a kind of ours in
 * `pingcap.com/v1`. None for ours as well, and for those of other API groups, such as the TiKVGroup of TiDB Operator v2.
 */
export function meantKinds(apiVersion: string, kind: string): readonly string[] {
  const meant = BY_LETTERS.get(kind.toLowerCase());
  if (apiVersion === API_VERSION) {
    if (meant !== undefined) return meant === kind ? [] : [meant];
    const near = closest(kind, KINDS);
    // Nobody else has groups in this API group.
    return near.length === 0 && /group$/i.test(kind) ? GROUPS : near;
  }
  if (meant === undefined) return [];
  return apiVersion.startsWith('pingcap.com/') || isTypo(apiVersion, API_VERSION) ? [meant] : [];
}

/** The component of a kind that would be a group of it, where it has none. */
function withoutGroups(kind: string): Component | undefined {
  return COMPONENTS.find(
    (component) => !isGroupComponent(component) && isTypo(kind, `${component.name}group`),
  );
}

/** Adds a problem for a resource that would be copied unchanged, because its kind or version is misspelled. */
export function checkKind(origin: Origin, problems: Problems): void {
  const { apiVersion, kind } = origin.id;
  const meant = meantKinds(apiVersion, kind);
  if (meant.length === 0) return;
  if (apiVersion !== API_VERSION) {
    const message = `\`apiVersion\` of a ${meant.join()} must be ${show(API_VERSION)}, but is ${show(apiVersion)}; write that one`;
    problems.add('field-enum', origin, ['apiVersion'], message);
  }
  if (!meant.includes(kind)) {
    const instead = meant === GROUPS ? withoutGroups(kind) : undefined;
    if (instead !== undefined) {
      const message = `\`kind\` must be one that ${API_VERSION} has, but ${show(kind)} is not: there are no groups of ${instead.title}; write its servers as \`spec.${instead.name}\` of the TidbCluster`;
      problems.add('field-enum', origin, ['kind'], message);
      return;
    }
    const message = `\`kind\` must be one that ${API_VERSION} has, but ${show(kind)} is not; ${adviceFor(meant)}`;
    problems.add('field-enum', origin, ['kind'], message);
  }
}

function adviceFor(meant: readonly string[]): string {
  return meant === GROUPS
    ? `the groups that there are: ${meant.join(', ')}`
    : `did you mean ${meant.map(show).join(' or ')}?`;
}
