import type { Config } from '../../api/index.ts';
import type { Component } from '../../components/index.ts';
import { type ConfigPart, type ConfigValue, type Reader, spotOf, writtenIn } from '../../config/index.ts';
import type { Code, Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';

/** A config, whose keys it has, who reads it, and where it is. */
export interface WrittenConfig {
  readonly component: Component;
  /** Which of its configs. */
  readonly part: ConfigPart;
  readonly config: Config;
  readonly reader: Reader;
  readonly at: Field;
}

/** Adds a problem of a key in a config at its position: the key in a map, the line in a text. */
export function addOfKey(
  code: Code,
  key: readonly string[],
  message: string,
  { config, at }: Pick<WrittenConfig, 'config' | 'at'>,
  part: 'key' | 'value' = 'key',
): void {
  const name = `\`${key.join('.')}\``;
  if (typeof config === 'string') {
    at.say(code, `${at.name}: ${name} ${message}`, 'value', spotOf(config, key));
  } else {
    at.to(...key).add(code, message, part);
  }
}

/** The value of a key as it was written, as a message shows it, in double quotes. */
export function quoteOfKey(
  value: ConfigValue,
  key: readonly string[],
  { config, at }: Pick<WrittenConfig, 'config' | 'at'>,
): string {
  const written = typeof config === 'string' ? writtenIn(config, key) : at.to(...key).written();
  return show(written ?? String(value));
}

/** A map has no short form for a key in a table: the dots become part of the name. */
export function reportDots(
  path: readonly string[],
  table: string,
  rest: readonly string[],
  config: WrittenConfig,
): void {
  const nested = rest.reduceRight((inner, key) => `{${key}: ${inner}}`, '…');
  const message = `is one name with a dot in it, which the server does not know; write \`${table}: ${nested}\` instead`;
  addOfKey('config-key-unknown', path, message, config);
}
