import type { AnySpec, Component, LabelSyntax } from '../../components/index.ts';
import { type ConfigValue, getKey, maySet } from '../../config/index.ts';
import type { Field } from '../../problem/index.ts';
import { mapAt } from '../../yaml/index.ts';
import { show } from '../structure/show.ts';
import { readQuietly } from './config.ts';
import { addOfKey, quoteOfKey, type WrittenConfig } from './config-key.ts';

/** A store does not start with an invalid label. */
export function checkStoreLabelSyntax(written: WrittenConfig): void {
  const { component } = written;
  const { title, labelsKey, configFacts } = component;
  const syntax = configFacts?.labels;
  if (syntax === undefined) return;
  for (const [key, value] of labelsIn(written)) {
    const path = [...labelsKey.split('.'), key];
    if (!syntax.key.test(key)) {
      const message = `is not a label key that ${title} accepts: it must be ${syntax.characters}, with a letter or digit at both ends`;
      addOfKey('store-label-syntax', path, message, written);
    } else if (typeof value !== 'string') {
      const message = `must be text for ${title}, but ${quoteOfKey(value, path, written)} is not; put it in quotes`;
      addOfKey('store-label-syntax', path, message, written, 'value');
    } else if (!syntax.value.test(value)) {
      const message = `must be ${syntax.characters} for ${title}, but is ${show(value)}`;
      addOfKey('store-label-syntax', path, message, written, 'value');
    }
  }
}

function labelsIn({
  component,
  part,
  config,
  reader,
}: WrittenConfig): Iterable<readonly [string, ConfigValue]> {
  const { labelsKey } = component;
  // In a group's map, values are as written, and another check reports those that are not text.
  if (reader === 'server' && typeof config !== 'string') {
    return Object.entries(mapAt(config, ...labelsKey.split('.'))).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value] as const] : [],
    );
  }
  const table = maySet(config, labelsKey) ? readQuietly(part, config, reader) : undefined;
  const labels = table && getKey(table, labelsKey);
  return labels instanceof Map ? labels : [];
}

/** The same of the labels that the start script reads from the environment. */
export function checkLabelsVariable(
  { title, labelsVariable, configFacts }: Component,
  { env, annotations }: AnySpec,
  at: Field,
): void {
  const syntax = configFacts?.labels;
  if (syntax === undefined) return;
  const variable = labelsVariable?.(annotations ?? {});
  env?.forEach(({ name, value }, index) => {
    if (name === variable && value) checkVariable(value, title, syntax, at.to('env', index, 'value'));
  });
}

function checkVariable(text: string, title: string, syntax: LabelSyntax, at: Field): void {
  const wrong = text.split(',').find((label) => {
    const [key = '', value, ...more] = label.split('=');
    return value === undefined || more.length > 0 || !syntax.key.test(key) || !syntax.value.test(value);
  });
  if (wrong === undefined) return;
  const message = `must be labels such as "zone=a,disk=nvme", of ${syntax.characters}, but ${show(wrong)} is not one that ${title} accepts`;
  at.add('store-label-syntax', message);
}
