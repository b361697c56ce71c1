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
 * Follows a page word by word in an empty directory: a `yaml` block is the file that its first line names, a `shell`
 * block is run, and a `text` block is what the commands before it print on both streams, where `…` stands for anything.
 * `hasExcerpts`: other `yaml` blocks are parts of files, and are skipped.
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
