import { isMap, type MapValue, type Value } from '../yaml/index.ts';
import { escaped, inQuotes, isPlainSafe } from './quote.ts';
import { LONGEST_KEY, writeScalar } from './write.ts';

/** A value inside brackets, where a comma or a bracket ends what is not quoted. */
export function flowValue(value: Value): string {
  if (typeof value === 'string') return flowText(value);
  if (Array.isArray(value)) return `[${value.map(flowValue).join(', ')}]`;
  return isMap(value) ? `{${flowEntries(value)}}` : writeScalar(value);
}

/** The entries of a map inside brackets. */
export function flowEntries(map: MapValue): string {
  return Object.entries(map)
    .map(([key, value]) => `${flowKey(key)}: ${flowValue(value)}`)
    .join(', ');
}

function flowKey(key: string): string {
  const written = flowText(key);
  return written.length > LONGEST_KEY ? `? ${written} ` : written;
}

function flowText(text: string): string {
  if (isPlainSafe(text) && !/[,[\]{}?]/.test(text)) return text;
  return /^[ -~]*$/.test(text) ? inQuotes(text) : escaped(text);
}
