import { nearest } from './nearest.ts';
import { allowedValues, show } from './show.ts';

/**
 * What a message says of a value that is not in a closed list: what it must be, what it is, and which one may be meant.
 * `shown` is the value as the user wrote it, in quotes.
 */
export function mustBeOneOf(allowed: readonly string[], text: string, shown: string = show(text)): string {
  const meant = allowed.length > 1 ? nearest(text, allowed) : undefined;
  const advice = meant === undefined ? '' : `; did you mean ${JSON.stringify(meant)}?`;
  return `must be ${allowedValues(allowed)}, but is ${shown}${advice}`;
}

/** What an annotation may say that turns something on or off. */
export const SWITCH_VALUES = ['true', 'false'];
