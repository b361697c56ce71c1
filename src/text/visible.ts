import { escapeOf, hasUnseen, UNSEEN } from './unseen.ts';

const EACH_UNSEEN = new RegExp(UNSEEN, 'gu');

/** A text on one line on which everything is seen: what a terminal or a browser would act on stands there as an escape. */
export function visible(text: string): string {
  if (!hasUnseen(text)) return text.replaceAll(/[\t\n]/g, escapeOf);
  return text.replaceAll(EACH_UNSEEN, escapeOf).replaceAll(/[\t\n]/g, escapeOf);
}
