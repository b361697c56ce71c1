import { resolvePlain } from './scalar.ts';

/**
 * Text that every YAML reader takes for a string when it stands unquoted: kubectl and Argo CD (YAML 1.1),
 * kustomize (a mixture) and YAML 1.2. Better one pair of quotes too many than one `on` that becomes `true`.
 */
export function isPlainSafe(text: string): boolean {
  return PLAIN.test(text) && !text.includes(': ') && !text.includes(' #') && !isRead(text);
}

/** Begins and ends with nothing that has a meaning in YAML, and holds no control character in between. */
const PLAIN = /^[A-Za-z0-9_./$^(;\\+~](?:[ -~¡-퟿]*[!-9;-~¡-퟿])?$/;

/** Whether some reader would take the text for something other than a string. */
function isRead(text: string): boolean {
  const first = text.charCodeAt(0);
  const numeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  // Some readers of YAML 1.1 take `e3` for a number.
  if (!numeric) return typeof resolvePlain(text) !== 'string' || /^[eE][-+]?[\d_]+$/.test(text);
  return NUMBERS.some((pattern) => pattern.test(text)) || typeof resolvePlain(text) !== 'string';
}

const NUMBERS = [
  /^[-+]?[\d_,]+$/,
  /^[-+]?0(?:[xX][\da-fA-F_]+|[oO][0-7_]+|[bB][01_]+)$/,
  /^[-+]?[\d_]*\.?[\d_]*(?:[eE][-+]?[\d_]+)?$/,
  /^[-+]?\.(?:[iI][nN][fF]|[nN][aA][nN])$/,
  // Sexagesimal numbers and dates of YAML 1.1.
  /^[-+]?[\d_]+(?::[0-5]?\d)+(?:\.[\d_]*)?$/,
  /^\d{4}-\d\d?-\d\d?(?:[Tt ]|$)/,
];

/** A scalar on one line, quoted where it must be. */
export function quoted(text: string): string {
  if (isPlainSafe(text)) return text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that need escapes.
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]/.test(text))
    return escaped(text);
  return text.includes("'") && !/["\\]/.test(text) ? `"${text}"` : `'${text.replaceAll("'", "''")}'`;
}

/** Keys and short values recur: what was found out of one holds for the next. */
const KNOWN = new Map<string, string>();
const MOST_KNOWN = 1000;
const LONGEST_KNOWN = 40;

/** What `quoted` says. */
export function quotedOnce(text: string): string {
  if (text.length > LONGEST_KNOWN) return quoted(text);
  const known = KNOWN.get(text);
  if (known !== undefined) return known;
  const written = quoted(text);
  if (KNOWN.size < MOST_KNOWN) KNOWN.set(text, written);
  return written;
}

/** Double quotes; characters that a YAML reader would fold, drop or refuse become escapes. */
export function escaped(text: string): string {
  let body = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (char === '"' || char === '\\') body += `\\${char}`;
    else if (char === '\n') body += '\\n';
    else if (char === '\t') body += '\\t';
    else if (char === '\r') body += '\\r';
    else if (needsEscape(code)) body += code > 0xff ? `\\u${hex(code, 4)}` : `\\x${hex(code, 2)}`;
    else body += char;
  }
  return `"${body}"`;
}

function needsEscape(code: number): boolean {
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true;
  return (
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0xfeff ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfffe ||
    code === 0xffff
  );
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}
