import type { Rule } from '../components/index.ts';
import { sameValue } from '../yaml/index.ts';
import type { Group } from './group.ts';
import { CLUSTER, INHERITED, OF_GROUPS } from './rules.ts';
import type { Section } from './section.ts';

/** All that a group says and inherits, but for what code of its own is for. */
export function convertFields(group: Group): void {
  const { inV2, cluster } = group.source;
  const rules: { readonly [field: string]: Rule } = { ...OF_GROUPS, ...inV2.rules };
  for (const field of group.own.keys()) {
    convertField(group, group.own, field, Object.hasOwn(rules, field) ? rules[field] : undefined);
  }
  for (const [field, rule] of Object.entries(INHERITED)) {
    // What has no counterpart is said of the TidbCluster once, and not for each of its groups.
    if (!('lost' in rule) && group.value(field) === undefined && cluster.value(field) !== undefined)
      convertField(group, cluster, field, rule);
  }
}

function convertField(group: Group, section: Section, field: string, rule: Rule | undefined): void {
  if (rule === undefined) group.report.lost(section, [field], 'nothing is known of it');
  else if ('lost' in rule) reportLost(group.report, section, field, rule);
  else if ('to' in rule) group.set([rule.to], section.take(field));
  else if ('pod' in rule) group.setInPod([rule.pod], section.take(field));
  else if ('server' in rule) group.setInServer([rule.server], section.take(field));
}

/** The settings of a TidbCluster that no group and no Cluster has. */
export function reportLostOfCluster(
  report: Group['report'],
  cluster: Section,
  isSection: (field: string) => boolean,
): void {
  const rules: { readonly [field: string]: Rule } = { ...INHERITED, ...CLUSTER };
  for (const field of cluster.keys()) {
    const rule = Object.hasOwn(rules, field) ? rules[field] : undefined;
    if (rule === undefined && !isSection(field)) report.lost(cluster, [field], 'nothing is known of it');
    if (rule !== undefined && 'lost' in rule) reportLost(report, cluster, field, rule);
  }
}

function reportLost(
  report: Group['report'],
  section: Section,
  field: string,
  { lost, unless }: Extract<Rule, { readonly lost: string }>,
): void {
  if (unless === undefined || !sameValue(section.value(field), unless)) report.lost(section, [field], lost);
}
