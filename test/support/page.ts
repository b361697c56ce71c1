import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Sandbox } from './sandbox.ts';

/** A fenced block of a page. */
interface Block {
  readonly language: string;
  readonly text: string;
}

export function blocksOf(page: string): Block[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', body = '']) => ({
    language,
    text: body,
  }));
}

/**
 * Does what a page says, word by word, in an empty directory: `yaml` is the file that its first line names, `shell` is
 * run, `text` is what the commands before it print, on both streams. `…` there stands for anything. `hasExcerpts`: other
 * `yaml` is a part of a file, and only shown.
 */
export function follow(
  page: string,
  sandbox: Sandbox,
  env: Readonly<Record<string, string>>,
  hasExcerpts = false,
): void {
  const isShown = ({ language, text }: Block) => hasExcerpts && language === 'yaml' && !text.startsWith('# ');
  const script = blocksOf(page)
    .filter((block) => !isShown(block))
    .map(asShell)
    .join('\n');
  const { status, stdout } = sandbox.run('bash', ['-eu', '-c', `exec 2>&1\n${script}`], { cwd: 'here', env });
  const printed = stdout.split(/^::step \d+\n/m).slice(1);
  const steps = blocksOf(page).filter(({ language }) => language === 'shell').length;
  expect({ status, steps: printed.length, last: status === 0 ? '' : printed.at(-1) }).toEqual({
    status: 0,
    steps,
    last: '',
  });
  let step = -1;
  for (const { language, text } of blocksOf(page)) {
    if (language === 'shell') step++;
    if (language === 'text') expect(printed[step]).toMatch(patternOf(text));
  }
}

function asShell({ language, text }: Block, index: number): string {
  if (language === 'shell') return `echo '::step ${index}'\n${text}`;
  if (language !== 'yaml') return '';
  const [, file = ''] = /^# (\S+)\n/.exec(text) ?? [];
  expect(file).not.toBe('');
  return `mkdir -p "$(dirname ${file})"\ncat >${file} <<'END_OF_FILE'\n${text}END_OF_FILE`;
}

function patternOf(text: string): RegExp {
  const literal = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll(/…\n?/g, '[\\s\\S]*')}$`);
}
