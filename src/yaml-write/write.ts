import { Float, isMap, type MapValue, type Value } from '../yaml/index.ts';
import { literalBlock } from './literal-block.ts';
import { padOf } from './pad.ts';
import { asJson, escaped, quoted, quotedOnce } from './quote.ts';

/**
 * A map as block YAML, its keys in the order they have; lists are compact, as kustomize and kpt write them. The
 * first line has no indentation but `lead`, so that it can follow a dash. Ends with a newline.
 */
export function writeMap(map: MapValue, indent = 0, unit = 2, lead = ''): string {
  let text = lead;
  const pad = padOf(indent);
  let first = true;
  // Pairs of key and value, taken apart, would cost V8 more than the rest of it.
  for (const key of Object.keys(map)) {
    const value = map[key] ?? null;
    if (first) first = false;
    else text += pad;
    const head = HEADS.get(key) ?? headOf(key, pad);
    if (typeof value === 'string') text += `${head} ${inlineText(value, indent)}\n`;
    else text += head + afterKey(value, indent, unit);
  }
  return text;
}

/** YAML wants a mark before a key that is longer than 1,024 characters, and its colon on a line of its own. */
export const LONGEST_KEY = 1000;

/** Keys recur: what one is written as, with its colon. */
const HEADS = new Map<string, string>();
const MOST_HEADS = 1000;
/** A longer key is not worth keeping. */
const LONGEST_HEAD = 64;

/** A key with its colon; `pad` is what stands before each line. */
export function headOf(key: string, pad: string): string {
  const written = quoted(key);
  if (written.length > LONGEST_KEY) return `? ${written}\n${pad}:`;
  const head = `${written}:`;
  if (key.length <= LONGEST_HEAD && HEADS.size < MOST_HEADS) HEADS.set(key, head);
  return head;
}

function afterKey(value: Value, indent: number, unit: number): string {
  if (typeof value !== 'object') return ` ${value}\n`;
  if (Array.isArray(value) && value.length > 0) return `\n${writeSeq(value, indent)}`;
  if (isMap(value) && Object.keys(value).length > 0) {
    const pad = padOf(indent + unit);
    return `\n${writeMap(value, indent + unit, unit, pad)}`;
  }
  return ` ${inline(value, indent)}\n`;
}

/** A non-empty list in block style, each line indented, ending with a newline. */
export function writeSeq(items: readonly Value[], indent: number): string {
  const pad = padOf(indent);
  return items.map((item) => `${pad}- ${afterDash(item, indent)}`).join('');
}

function afterDash(value: Value, indent: number): string {
  if (isMap(value) && Object.keys(value).length > 0) return writeMap(value, indent + 2);
  if (Array.isArray(value) && value.length > 0) return writeSeq(value, indent + 2).trimStart();
  return `${inline(value, indent)}\n`;
}

function inline(value: Value, indent: number): string {
  return typeof value === 'string' ? inlineText(value, indent) : writeScalar(value);
}

function inlineText(text: string, indent: number): string {
  return text.includes('\n') ? (literalBlock(text, indent + 2) ?? escaped(text)) : quotedOnce(text);
}

/** A value without children, on one line. */
export function writeScalar(value: Value): string {
  if (typeof value === 'string') return quotedOnce(value);
  if (Array.isArray(value)) return '[]';
  if (value instanceof Float) return writeFloat(value);
  return isMap(value) ? '{}' : String(value);
}

function writeFloat(float: Float): string {
  if (Number.isNaN(float.value)) return '.nan';
  if (Number.isFinite(float.value)) return String(float);
  return float.value < 0 ? '-.inf' : '.inf';
}

/** A value in flow style on one line, as JSON would write it. */
export function writeFlow(value: Value): string {
  if (typeof value === 'string') return asJson(value);
  if (Array.isArray(value)) return `[${value.map(writeFlow).join(', ')}]`;
  if (!isMap(value)) return writeScalar(value);
  const entries = Object.entries(value).map(([key, item]) => `${asJson(key)}: ${writeFlow(item)}`);
  return `{${entries.join(', ')}}`;
}
