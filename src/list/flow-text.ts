import { escaped, isPlainSafe, quoted } from './quote.ts';
import type { Value } from './value.ts';
import { writeFlow, writeScalar } from './write.ts';

/** A value inside brackets, where a comma or a bracket ends what is not quoted. */
export function flowValue(value: Value): string {
  if (typeof value === 'string') return flowText(value);
  return typeof value === 'object' ? writeFlow(value) : writeScalar(value);
}

export function flowText(text: string): string {
  const safe = isPlainSafe(text) && !/[,[\]{}?]/.test(text) && !/:$/.test(text);
  if (safe) return text;
  if (/\n/.test(text) || !/^[ -~]*$/.test(text)) return escaped(text);
  return isPlainSafe(text) ? `'${text}'` : quoted(text);
}
