import { escaped, isPlainSafe, quoted } from './quote.ts';
import { isMap, type MapValue, type Value } from './value.ts';
import { writeScalar } from './write.ts';

/** A value inside brackets, where a comma or a bracket ends what is not quoted. */
export function flowValue(value: Value): string {
  if (typeof value === 'string') return flowText(value);
  if (Array.isArray(value)) return `[${value.map(flowValue).join(', ')}]`;
  return isMap(value) ? `{${flowEntries(value)}}` : writeScalar(value);
}

/** The entries of a map inside brackets. */
export function flowEntries(map: MapValue): string {
  return Object.entries(map)
    .map(([key, value]) => `${flowText(key)}: ${flowValue(value)}`)
    .join(', ');
}

function flowText(text: string): string {
  const safe = isPlainSafe(text) && !/[,[\]{}?]/.test(text) && !/:$/.test(text);
  if (safe) return text;
  if (/\n/.test(text) || !/^[ -~]*$/.test(text)) return escaped(text);
  return isPlainSafe(text) ? `'${text}'` : quoted(text);
}
