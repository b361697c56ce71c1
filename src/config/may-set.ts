import type { Config } from '../api/index.ts';
import { isMap, type Value } from '../yaml/index.ts';

const BEFORE = /[\w-]/;
const BEHIND = /["']?[ \t]*[=.\]]/y;

/**
 * Whether a config may set a key, by its dotted path. Most configs do not, and need not be read to know it: a text has the
 * last name in front of `=`, `.` or `]`, and a map has the key.
 */
export function maySet(config: Config, key: string): boolean {
  const steps = key.split('.');
  return typeof config === 'string' ? isNamed(config, steps.at(-1) ?? key) : isThere(config, steps);
}

function isNamed(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    BEHIND.lastIndex = at + name.length;
    if (!BEFORE.test(text.charAt(at - 1)) && BEHIND.test(text)) return true;
  }
  return false;
}

/** The operator ignores case. */
function isThere(config: Value, steps: readonly string[]): boolean {
  const [step, ...below] = steps;
  if (step === undefined) return true;
  if (!isMap(config)) return false;
  return Object.entries(config).some(([key, value]) => key.toLowerCase() === step && isThere(value, below));
}
