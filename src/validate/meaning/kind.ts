import { API_VERSION, CONFIG_API_VERSION, CONFIG_KIND, VALIDATOR_KIND } from '../../api/index.ts';
import { byKind, COMPONENTS, type Component, isGroupComponent } from '../../components/index.ts';
import type { Origin, Problems } from '../../problem/index.ts';
import { isMap, type MapValue } from '../../yaml/index.ts';
import { closest, isTypo } from '../structure/nearest.ts';
import { show } from '../structure/show.ts';

const GROUPS = Object.keys(byKind);
const KINDS = ['TidbCluster', ...GROUPS];
const CONFIGS: readonly string[] = [CONFIG_KIND, VALIDATOR_KIND];
const BY_LETTERS = new Map([...KINDS, ...CONFIGS].map((kind) => [kind.toLowerCase(), kind]));
/** The API group of the function configs, which has nothing else. */
const CONFIG_GROUP = CONFIG_API_VERSION.slice(0, CONFIG_API_VERSION.indexOf('/') + 1);

/**
 * The kinds that may be meant by one that is nearly ours: `TiDBCluster`, `PumpGroup`, or a kind of ours in
 * `pingcap.com/v1`. None for ours as well, and for those of other API groups, such as the TiKVGroup of TiDB Operator v2.
 */
export function meantKinds(apiVersion: string, kind: string): readonly string[] {
  const meant = BY_LETTERS.get(kind.toLowerCase());
  // Nobody else has these kinds; with their own `apiVersion` they are the reader's of function configs.
  if (meant !== undefined && CONFIGS.includes(meant)) return apiVersion === CONFIG_API_VERSION ? [] : [meant];
  if (apiVersion === API_VERSION) {
    if (meant !== undefined) return meant === kind ? [] : [meant];
    const near = closest(kind, KINDS);
    // Nobody else has groups in this API group.
    return near.length === 0 && /group$/i.test(kind) ? GROUPS : near;
  }
  if (apiVersion.startsWith(CONFIG_GROUP)) {
    if (meant !== undefined) return [meant];
    const near = closest(kind, CONFIGS);
    return apiVersion === CONFIG_API_VERSION || near.length > 0 ? near : CONFIGS;
  }
  if (meant === undefined) return [];
  return apiVersion.startsWith('pingcap.com/') || isTypo(apiVersion, API_VERSION) ? [meant] : [];
}

/** The other kinds of the API group: those that TiDB Operator v1.6 registers, and those of earlier releases. */
const OF_OPERATOR = new Set(
  (
    'Backup BackupSchedule CompactBackup DataResource DMCluster Restore TidbClusterAutoScaler TidbDashboard ' +
    'TidbInitializer TidbMonitor TidbNGMonitoring'
  ).split(' '),
);

/** Whether nobody knows a kind of this API group; of lists, what is in them counts. */
export function isUnknownKind(apiVersion: string, kind: string): boolean {
  return (
    apiVersion === API_VERSION && !KINDS.includes(kind) && !OF_OPERATOR.has(kind) && !kind.endsWith('List')
  );
}

/** Whether it is a function config, but for its `apiVersion`: as one it would be ignored, and its settings lost. */
export function isMeantAsConfig(apiVersion: string, kind: string): boolean {
  return meantKinds(apiVersion, kind).some((meant) => CONFIGS.includes(meant));
}

/** The component of a kind that would be a group of it, where it has none. */
function withoutGroups(kind: string): Component | undefined {
  return COMPONENTS.find(
    (component) => !isGroupComponent(component) && isTypo(kind, `${component.name}group`),
  );
}

/** Adds a warning for what has the spec of a group, and is of a kind that is not even nearly one. */
export function checkUnknownKind({ spec }: MapValue, origin: Origin, problems: Problems): void {
  const { apiVersion, kind } = origin.id;
  if (!isUnknownKind(apiVersion, kind) || meantKinds(apiVersion, kind).length > 0) return;
  const cluster = isMap(spec) ? spec.cluster : undefined;
  if (cluster === undefined || !isMap(cluster) || typeof cluster.name !== 'string') return;
  const message = `\`kind\` is ${show(kind)}, which TiDB Operator does not have either, so nothing is rendered for it, although \`spec.cluster\` is that of a group; ${adviceFor(GROUPS)}`;
  problems.add('kind-unknown', origin, ['kind'], message);
}

/** Adds a problem for a resource that would be copied unchanged, because its kind or version is misspelled. */
export function checkKind(origin: Origin, problems: Problems): void {
  const { apiVersion, kind } = origin.id;
  const meant = meantKinds(apiVersion, kind);
  if (meant.length === 0) return;
  const right = meant.some((one) => CONFIGS.includes(one)) ? CONFIG_API_VERSION : API_VERSION;
  if (apiVersion !== right) {
    const article = /^[AEIOU]/.test(meant.join()) ? 'an' : 'a';
    const message = `\`apiVersion\` of ${article} ${meant.join(' or ')} must be ${show(right)}, but is ${show(apiVersion)}; write that one`;
    problems.add('field-enum', origin, ['apiVersion'], message);
  }
  if (!meant.includes(kind)) {
    const instead = meant === GROUPS ? withoutGroups(kind) : undefined;
    if (instead !== undefined) {
      const message = `\`kind\` must be one that ${right} has, but ${show(kind)} is not: there are no groups of ${instead.title}; write its servers as \`spec.${instead.name}\` of the TidbCluster`;
      problems.add('field-enum', origin, ['kind'], message);
      return;
    }
    const message = `\`kind\` must be one that ${right} has, but ${show(kind)} is not; ${adviceFor(meant)}`;
    problems.add('field-enum', origin, ['kind'], message);
  }
}

function adviceFor(meant: readonly string[]): string {
  return meant === GROUPS
    ? `the groups that there are: ${meant.join(', ')}`
    : `did you mean ${meant.map(show).join(' or ')}?`;
}
