import { escapeOf, hasUnseen, UNSEEN } from './unseen.ts';

const EACH_UNSEEN = new RegExp(UNSEEN, 'gu');

/** Text on one line with everything visible: what a terminal or a browser would act on is escaped. */
export function visible(text: string): string {
  if (!hasUnseen(text)) return text.replaceAll(/[\t\n]/g, escapeOf);
  return text.replaceAll(EACH_UNSEEN, escapeOf).replaceAll(/[\t\n]/g, escapeOf);
}
