import type { AnyGroup, EnvVar } from '../api/index.ts';
import { byKind, type GroupComponent, groupLabelsOf } from '../components/index.ts';
import { getKey, readConfig, spotOf } from '../config/index.ts';
import { withoutNulls } from '../expand/index.ts';
import type { Field } from '../problem/index.ts';
import { listed, show } from '../text/index.ts';
import { ZONE_LABEL } from './labels.ts';
import { zoneValues } from './plain-groups.ts';

/** Labels that the fields of a group set, and that its config or its environment has already, or takes away. */
export function checkLabelsFree(group: AnyGroup, at: Field): void {
  const component: GroupComponent = byKind[group.kind];
  const spec = withoutNulls(group.spec);
  const zones = zoneValues(group);
  const labels: Wanted[] = groupLabelsOf(spec, group.metadata.name ?? '').map(({ key, value }) => ({
    key,
    values: [value],
  }));
  if (zones.length > 0) labels.push({ key: ZONE_LABEL, values: zones });
  if (labels.length === 0) return;
  checkConfig(group, component, labels, at);
  const variable = component.labelsVariable?.(spec.annotations ?? {});
  if (variable !== undefined) checkVariable(variable, spec, labels, component, at);
}

interface Wanted {
  readonly key: string;
  /** One, or one for each zone. */
  readonly values: readonly string[];
}

function checkConfig(
  { spec }: AnyGroup,
  component: GroupComponent,
  labels: readonly Wanted[],
  at: Field,
): void {
  const { group, labelsKey } = component;
  const part = group.labelsIn;
  const config = part?.in(group.as(spec));
  if (part === undefined || !config) return;
  const table = readConfig(part.name, config, 'server', () => undefined);
  const report = (steps: readonly string[], message: string) => {
    const spot = typeof config === 'string' ? spotOf(config, steps) : undefined;
    const inside = typeof config === 'string' ? [] : steps;
    at.to(...part.path, ...inside).say('zone-conflict', `\`${steps.join('.')}\` ${message}`, 'value', spot);
  };
  const steps = labelsKey.split('.');
  const obstacle = steps
    .map((_, index) => steps.slice(0, index + 1))
    .find((path) => !((getKey(table, path.join('.')) ?? new Map()) instanceof Map));
  if (obstacle !== undefined) {
    const fields = listed([...new Set(labels.map(({ key }) => fieldOf(key)))]);
    report(obstacle, `must be a table, because ${fields} sets labels in it; write its keys below it`);
    return;
  }
  for (const { key, values } of labels) {
    const written = getKey(table, `${labelsKey}.${key}`);
    if (written === undefined || values.every((value) => value === written)) continue;
    const message = `is ${show(String(written))}, but ${fieldOf(key)} sets it to ${values.map(show).join(', ')}; remove the label from the config`;
    report([...steps, key], message);
  }
}

/** The start script hands the labels in a variable to the server, which then knows no others. */
function checkVariable(
  variable: string,
  { env = [], additionalContainers = [] }: AnyGroup['spec'],
  labels: readonly Wanted[],
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
