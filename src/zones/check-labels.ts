import type { AnyGroup } from '../api/index.ts';
import { byKind, type GroupComponent, groupLabelsOf } from '../components/index.ts';
import { getKey, readConfig, spotOf } from '../config/index.ts';
import { LABELS_VARIABLE, withoutNulls } from '../expand/index.ts';
import type { Field } from '../problem/index.ts';
import { show } from '../text/index.ts';
import { labelPath, ZONE_LABEL } from './labels.ts';
import { valueOfZone, zonesOf } from './plain-groups.ts';

/** Labels that the fields of a group set, and that its config or its environment has already, or takes away. */
export function checkLabelsFree(group: AnyGroup, at: Field): void {
  const component: GroupComponent = byKind[group.kind];
  const spec = withoutNulls(group.spec);
  const zones = zonesOf(group).map((zone) => valueOfZone(zone.spec));
  const labels = groupLabelsOf(spec, group.metadata.name ?? '').map(({ key, value }) => ({
    key,
    values: [value],
  }));
  if (zones.length > 0) labels.push({ key: ZONE_LABEL, values: zones });
  if (labels.length === 0) return;
  const { config, getLabel } = configOf(group, component);
  for (const { key, values } of labels) {
    const written = getLabel(key);
    if (written === undefined || values.every((value) => value === written)) continue;
    const steps = labelPath(component, key);
    const path = component.group.labelsIn?.path ?? [];
    const isText = typeof config === 'string';
    const message = `\`${component.labelsKey}.${key}\` is ${show(String(written))}, but ${fieldOf(key)} sets it to ${values.map(show).join(', ')}; remove the label from the config`;
    const spot = isText ? spotOf(config, steps.slice(path.length)) : undefined;
    at.to(...(isText ? path : steps)).say('zone-conflict', message, 'value', spot);
  }
  const variable = component.labelsVariable?.(spec.annotations ?? {}) ?? LABELS_VARIABLE;
  if (component.labelsVariable === undefined) return;
  spec.env?.forEach(({ name }, index) => {
    if (name !== variable) return;
    const message = `is ${show(name)}, whose labels take the place of all those in the config, also of ${labels.map(({ key }) => show(key)).join(', ')} by ${[...new Set(labels.map(({ key }) => fieldOf(key)))].join(' and ')}; write them in \`config\` as \`${component.labelsKey}\``;
    at.to('env', index, 'name').add('zone-conflict', message);
  });
}

function fieldOf(key: string): string {
  if (key === ZONE_LABEL) return '`spec.zones`';
  return key.startsWith('$') ? '`spec.exclusive`' : '`spec.groupLabel`';
}

function configOf({ spec }: AnyGroup, { group, labelsKey }: GroupComponent) {
  const part = group.labelsIn;
  const config = part?.in(group.as(spec));
  const table = part && config ? readConfig(part.name, config, 'server', () => undefined) : new Map();
  return { config, getLabel: (key: string) => getKey(table, `${labelsKey}.${key}`) };
}
