/** A word that no shell reads as anything but itself; quoted only where it must be. */
export function quote(word: string): string {
  if (isPlain(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Whether a word means the same with quotes and without. */
export function isPlain(word: string): boolean {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word);
}

const BARE = String.raw`[A-Za-z0-9_@%+=:,./^!*?\[\]-]|[^\x00-\x7f]`;
const VARIABLE = String.raw`\$(?:[A-Za-z_]\w*(?!\w)|\{[A-Za-z_]\w*\})`;
const ESCAPED = String.raw`\\[ -~]`;
const IN_SINGLE = "'[ !#%-&(-[\\]-_a-~]*'";
const IN_DOUBLE = String.raw`"(?:${BARE}|${VARIABLE}|\\[\\"$]| )*"`;
const PIECE = `(?:${BARE}|${VARIABLE}|${ESCAPED}|${IN_SINGLE}|${IN_DOUBLE})`;
const WORD = `${PIECE}(?:${PIECE}|#)*`;
/** Each character can be part of one thing only, so that nothing is tried twice. */
const WORDS = new RegExp(`^[ \\t]*(?:(${WORD}(?:[ \\t]+${WORD})*)[ \\t]*)?$`);

/** What has another value in TiDB Operator's start script, or none here. */
const OTHERS = /\$\{?(?:ANNOTATIONS|ARGS|LINENO|host|line|runmode|_)\b/;

/**
 * A text that TiDB Operator pastes into its start script, where the shell splits it at blanks and expands `$NAMES`: the
 * same text, if it means the same in a script of ours. Undefined if it does not, or where the shell would do more with
 * it than that. The operator also prints it between double quotes and treats it as a template, so less can be in quotes
 * than one might think.
 */
export function shellWords(text: string): string | undefined {
  const match = WORDS.exec(text);
  return match === null || OTHERS.test(text) || text.includes('{{') ? undefined : (match[1] ?? '');
}
