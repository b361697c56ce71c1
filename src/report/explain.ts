import { DANGER_EXPLANATIONS } from './danger-explanations.generated.ts';
import { EXPLANATIONS } from './explanations.generated.ts';

/**
 * What docs/problems.md and docs/dangers.md say about a code. An ordinary run never loads these texts; import this only
 * to print them.
 */
export interface Explanation {
  /** The whole section, as Markdown. */
  readonly section: string;
  /** What the code means. */
  readonly meaning: string;
  /** How to fix it, or what to do instead. */
  readonly advice: string;
}

export function explain(code: string): Explanation | undefined {
  const section = [EXPLANATIONS, DANGER_EXPLANATIONS].find((texts) => Object.hasOwn(texts, code))?.[code];
  if (section === undefined) return undefined;
  // A heading, what it means, an example in a fence, and what to do.
  const [head = '', , rest = ''] = section.split(/(?<=\n\n)```|```\n\n/);
  const meaning = head.slice(head.indexOf('\n\n'));
  return {
    section,
    meaning: oneLine(meaning).replace(/^(?:Error|Warning|Info)\. /, ''),
    advice: oneLine(rest),
  };
}

/** The codes of dangers, with what each means. */
export function dangerCodes(): string[] {
  return Object.keys(DANGER_EXPLANATIONS);
}

export function firstSentence(text: string): string {
  return /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;
}

function oneLine(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .trim();
}
