/**
 * The text with spaces for the tabs that separate tokens, which js-yaml takes for indentation of what follows in
 * brackets. Tabs at the start of a line stay. Structure and offsets are those of the text; scalars are not.
 */
export function withoutTabs(source: string): string {
  if (!source.includes('\t')) return source;
  return source.split('\n').map(withoutTabsBehind).join('\n');
}

function withoutTabsBehind(line: string): string {
  if (!line.includes('\t')) return line;
  const content = contentOf(line);
  return line.slice(0, content) + line.slice(content).replaceAll('\t', ' ');
}

/** Where a line's content begins: behind its indentation, and behind the dashes of a list, if there are any. */
function contentOf(line: string): number {
  let at = behindBlanks(line, 0);
  for (;;) {
    const next = behindBlanks(line, at + 1);
    const isIndicator = /[-?:]/.test(line.charAt(at)) && next > at + 1 && !/[[{]/.test(line.charAt(next));
    if (!isIndicator) return at;
    at = next;
  }
}

function behindBlanks(line: string, from: number): number {
  let at = from;
  while (line[at] === ' ' || line[at] === '\t') at++;
  return at;
}
