import type { AnyGroup, EnvVar } from '../api/index.ts';
import { byKind, type GroupComponent, groupLabelsOf } from '../components/index.ts';
import { getKey, readConfig, spotOf } from '../config/index.ts';
import { withoutNulls } from '../expand/index.ts';
import type { Field } from '../problem/index.ts';
import { listed, show } from '../text/index.ts';
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
  const variable = component.labelsVariable?.(spec.annotations ?? {});
  if (variable !== undefined) checkVariable(variable, spec, labels, component, at);
}

/** The start script hands the labels in a variable to the server, which then knows no others. */
function checkVariable(
  variable: string,
  { env = [], additionalContainers = [] }: AnyGroup['spec'],
  labels: readonly { readonly key: string }[],
  { name: server, labelsKey }: GroupComponent,
  at: Field,
): void {
  const fields = new Set(labels.map(({ key }) => fieldOf(key)));
  const lost = labels.map(({ key }) => show(key)).join(', ');
  const message = `is ${show(variable)}, whose labels replace all those of the config, also ${lost} of ${listed([...fields])}; write them in \`config\` as \`${labelsKey}\``;
  const check = (variables: readonly EnvVar[], here: Field) => {
    variables.forEach(({ name }, index) => {
      if (name === variable) here.to(index, 'name').add('zone-conflict', message);
    });
  };
  check(env, at.to('env'));
  additionalContainers.forEach((container, index) => {
    if (container.name === server) check(container.env ?? [], at.to('additionalContainers', index, 'env'));
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
