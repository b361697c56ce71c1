import { eachUnseen, escapeOf, hasUnseen } from '../text/index.ts';
import { resolvePlain } from '../yaml/index.ts';

/**
 * Text that every YAML reader takes for a string when it stands unquoted: kubectl and Argo CD (YAML 1.1),
 * kustomize (a mixture) and YAML 1.2. Better one pair of quotes too many than one `on` that becomes `true`.
 */
export function isPlainSafe(text: string): boolean {
  return PLAIN.test(text) && !text.includes(': ') && !text.includes(' #') && !isRead(text) && !isOdd(text);
}

/** Begins and ends with nothing that has a meaning in YAML, and holds no control character in between. */
const PLAIN = /^[A-Za-z0-9_./$^(;\\+~](?:[ -~¡-퟿]*[!-9;-~¡-퟿])?$/;

/** Blanks that look like a space and are none. */
const BLANK = /[\t\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;

const ORDINARY = /^[ -~]*$/;

/** Whether a text holds what must be escaped: line breaks of any reader, and other characters that nobody sees. */
function isOdd(text: string): boolean {
  return !ORDINARY.test(text) && (BLANK.test(text) || hasUnseen(text));
}

/** Whether some reader would read the text as something other than a string. */
function isRead(text: string): boolean {
  const first = text.charCodeAt(0);
  const numeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  // Some readers of YAML 1.1 take `e3` for a number.
  if (!numeric)
    return typeof resolvePlain(text) !== 'string' || ((first | 32) === 101 && EXPONENT.test(text));
  const kind = kindOf(text);
  if (kind !== 'unclear') return kind === 'digits';
  return NUMBERS.some((pattern) => pattern.test(text)) || typeof resolvePlain(text) !== 'string';
}

/**
 * Whether a text is a number, as one look at its characters tells of most: a number has digits only, and other text has a
 * character that is in no number or special value.
 */
function kindOf(text: string): 'digits' | 'text' | 'unclear' {
  // Anything may follow a date.
  if (text.charAt(4) === '-') return 'unclear';
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits++;
    else if (code > 127 || !IN_NUMBERS.includes(text.charAt(at))) return 'text';
  }
  return digits === text.length ? 'digits' : 'unclear';
}

const IN_NUMBERS = ' +,-.:ABCDEFINOTX_abcdefinotx';

const EXPONENT = /^[eE][-+]?[\d_]+$/;

const NUMBERS = [
  /^[-+]?[\d_,]+$/,
  /^[-+]?0(?:[xX][\da-fA-F_]+|[oO][0-7_]+|[bB][01_]+)$/,
  /^[-+]?[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?[\d_]+)?$/,
  /^[-+]?\.(?:[iI][nN][fF]|[nN][aA][nN])$/,
  // Sexagesimal numbers and dates of YAML 1.1.
  /^[-+]?[\d_]+(?::[0-5]?\d)+(?:\.[\d_]*)?$/,
  /^\d{4}-\d\d?-\d\d?(?:[Tt ]|$)/,
];

/** A scalar on one line, quoted where it must be. */
export function quoted(text: string): string {
  return isPlainSafe(text) ? text : inQuotes(text);
}

/** The same, quoted in any case. */
export function inQuotes(text: string): string {
  if (isOdd(text)) return escaped(text);
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

/** Double quotes, with escapes for what a reader of YAML would fold, drop or refuse, and for what nobody sees. */
export function escaped(text: string): string {
  return withEscapes(JSON.stringify(text), escapeOf);
}

/** The same as JSON has it, which knows no escape for a character beyond 16 bits: such a one stands as it is. */
export function asJson(text: string): string {
  return withEscapes(JSON.stringify(text), (odd) => (odd.length > 1 ? odd : escapeOf(odd)));
}

const EACH_BLANK = new RegExp(BLANK, 'g');

function withEscapes(text: string, write: (odd: string) => string): string {
  return text.replaceAll(eachUnseen(), write).replaceAll(EACH_BLANK, write);
}
