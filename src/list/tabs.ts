/** A line with a tab somewhere behind its indentation, and behind the dashes of a list that may stand there. */
const TABBED =
  /(?<![^\n])((?:[ \t]*[-?:](?=[ \t]+[^ \t[{]))*[ \t]*(?![-?:][ \t]+[^ \t[{])[^\s][^\t\n]*)(\t[^\n]*)/g;

/**
 * The text with spaces for the tabs that separate tokens, which js-yaml takes for indentation of what follows in
 * brackets. Tabs at the start of a line stay. Structure and offsets are those of the text; scalars are not.
 */
export function withoutTabs(source: string): string {
  if (!source.includes('\t')) return source;
  return source.replaceAll(TABBED, (_, head: string, rest: string) => head + rest.replaceAll('\t', ' '));
}
