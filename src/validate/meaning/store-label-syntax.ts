import type { Config } from '../../api/index.ts';
import type { AnySpec, Component, LabelSyntax } from '../../components/index.ts';
import { getKey } from '../../config/index.ts';
import { isMap, type Value } from '../../list/index.ts';
import { show } from '../structure/show.ts';
import type { At } from './at.ts';
import { readQuietly } from './config.ts';
import { addOfKey, type WrittenConfig } from './config-key.ts';

/** A store does not start with a label that it does not take. */
export function checkStoreLabelSyntax(written: WrittenConfig): void {
  const { component, config, reader } = written;
  const { title, labelsKey, configFacts } = component;
  const syntax = configFacts?.labels;
  if (syntax === undefined) return;
  const steps = labelsKey.split('.');
  const table = mentions(config, steps) ? readQuietly(component.configs[0], config, reader) : undefined;
  const labels = table && getKey(table, labelsKey);
  if (!(labels instanceof Map)) return;
  for (const [key, value] of labels) {
    const path = [...steps, key];
    if (!syntax.key.test(key)) {
      const message = `is no key that ${title} takes for a label: it must be ${syntax.characters}, with a letter or digit at both ends`;
      addOfKey('store-label-syntax', path, message, written);
    } else if (typeof value !== 'string') {
      const message = `must be text for ${title}, and ${show(String(value))} is none; put it in quotes`;
      addOfKey('store-label-syntax', path, message, written, 'value');
    } else if (!syntax.value.test(value)) {
      const message = `must be ${syntax.characters} for ${title}, and is ${show(value)}`;
      addOfKey('store-label-syntax', path, message, written, 'value');
    }
  }
}

/** Whether a config has the key of its labels, which of a text is only guessed. */
function mentions(config: Config, steps: readonly string[]): boolean {
  if (typeof config === 'string') return config.includes(steps.at(-1) ?? '');
  const found = steps.reduce<Value | undefined>((map, step) => (isMap(map) ? map[step] : undefined), config);
  return Boolean(found);
}

/** The same of the labels that the start script reads from the environment. */
export function checkLabelsVariable(
  { title, labelsVariable, configFacts }: Component,
  { env }: AnySpec,
  at: At,
): void {
  const syntax = configFacts?.labels;
  if (syntax === undefined) return;
  env?.forEach(({ name, value }, index) => {
    if (name === labelsVariable && value) checkVariable(value, title, syntax, at.to('env', index, 'value'));
  });
}

function checkVariable(text: string, title: string, syntax: LabelSyntax, at: At): void {
  const wrong = text.split(',').find((label) => {
    const [key = '', value, ...more] = label.split('=');
    return value === undefined || more.length > 0 || !syntax.key.test(key) || !syntax.value.test(value);
  });
  if (wrong === undefined) return;
  const message = `must be labels such as "zone=a,disk=nvme", of ${syntax.characters}, and ${show(wrong)} is none that ${title} takes`;
  at.add('store-label-syntax', message);
}
