import { eachUnseen, escapeOf, hasUnseen } from './unseen.ts';

/** Text on one line with everything visible: what a terminal or a browser would act on is escaped. */
export function visible(text: string): string {
  if (!hasUnseen(text)) return text.replaceAll(/[\t\n]/g, escapeOf);
  return text.replaceAll(eachUnseen(), escapeOf).replaceAll(/[\t\n]/g, escapeOf);
}
