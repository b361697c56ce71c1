import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CMARK_GFM } from './tools.ts';

export interface Asked {
  readonly kind: 'markdown' | 'xml' | 'html';
  readonly text: string;
}

/** What a reader finds in a text: tags, text, and code. */
export interface Outline {
  readonly tags: readonly (readonly [name: string, attributes: Readonly<Record<string, string | null>>])[];
  readonly text: string;
  readonly code: string;
  readonly refused?: string;
}

const SCRIPT = fileURLToPath(new URL('markup/markup.py', import.meta.url));

/** Sends all texts to one process: to start the program takes longer than to answer. */
export function outlinesOf(asked: readonly Asked[]): Outline[] {
  const { status, stdout, stderr } = spawnSync(CMARK_GFM.path ?? '', [SCRIPT], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** What GitHub and GitLab turn into links and mentions after Markdown is parsed, in text but not in code. */
export const MADE_OF_TEXT =
  /(?:^|\W)@[a-z\d]|(?:^|\W)[#!$%~&][\w"]|\bgh-\d|:[\w+-]+:|\bwww\.\w|\w:\/\/|\w@\w/iu;
