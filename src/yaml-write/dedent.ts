/** Takes the indentation of a list's item off its lines; undefined if a line has less of it than that. */
export function dedent(text: string, column: number): string | undefined {
  const body = text.endsWith('\n') ? text : `${text}\n`;
  if (column <= 0) return body;
  const pad = ' '.repeat(column);
  const lines = body.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line.startsWith(pad)) lines[index] = line.slice(column);
    else if (/^[ \t]*\r?(?:#|$)/.test(line)) lines[index] = line.replace(/^[ \t]+/, '');
    else return undefined;
  }
  return lines.join('\n');
}
