import type { Field } from '../../problem/index.ts';
import { FORMATS } from '../structure/formats.ts';
import { show } from '../structure/show.ts';

/** A text that must be of a format here, and need not be elsewhere where its type is used. */
export function checkText(format: string, text: string, at: Field): void {
  const rule = FORMATS[format];
  if (rule === undefined || rule.matches(text)) return;
  const advice = rule.advice?.(text);
  at.add(
    rule.code,
    `must be ${rule.must}, but ${show(text)} is not${advice === undefined ? '' : `; ${advice}`}`,
  );
}
