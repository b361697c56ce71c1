import type { Config } from '../../api/index.ts';
import { spotOf } from '../../config/index.ts';
import type { Code } from '../../problem/index.ts';
import type { At } from './at.ts';

/** Adds a problem of a key in a config, where that is written: in a map the key, in a text its line. `at` is the config. */
export function addOfKey(
  code: Code,
  key: readonly string[],
  message: string,
  config: Config,
  at: At,
  part: 'key' | 'value' = 'key',
): void {
  const name = `\`${key.join('.')}\``;
  if (typeof config === 'string') {
    at.say(code, `${at.name}: ${name} ${message}`, 'value', spotOf(config, key));
  } else {
    at.to(...key).add(code, message, part);
  }
}
