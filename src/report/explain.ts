import { EXPLANATIONS } from './explanations.generated.ts';

/**
 * What docs/problems.md says about a code. A module of texts that an ordinary run never loads; import it only where
 * they are printed.
 */
export interface Explanation {
  /** The whole section, as Markdown. */
  readonly section: string;
  /** What the code means. */
  readonly meaning: string;
  /** How to mend it. */
  readonly advice: string;
}

export function explain(code: string): Explanation | undefined {
  const section = Object.hasOwn(EXPLANATIONS, code) ? EXPLANATIONS[code] : undefined;
  if (section === undefined) return undefined;
  const [, severityAndMeaning = '', rest = ''] = /\n\n(.*?)\n\n```.*?\n```\n\n(.*)/s.exec(section) ?? [];
  return {
    section,
    meaning: oneLine(severityAndMeaning).replace(/^\w+\. /, ''),
    advice: oneLine(rest),
  };
}

export function firstSentence(text: string): string {
  return /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').trim();
}
