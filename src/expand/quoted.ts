import type { Field } from '../problem/index.ts';
import { show } from '../text/index.ts';

/** Reports a text that is one word to the server here, and that TiDB Operator's start script leaves to its shell. */
export function reportQuoted(text: string, at: Field): void {
  const advice =
    "is passed unchanged, as one word: in TiDB Operator's start script the shell would split it or run parts of it; write it without special characters of the shell";
  at.say('argument-quoted', `${at.name}, ${show(text)}, ${advice}`);
}
