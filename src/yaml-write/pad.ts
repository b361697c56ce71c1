/** Indentations, which are the same for nearly every line. */
const PADS: string[] = [];

/** Spaces that a line begins with. */
export function padOf(indent: number): string {
  const known = PADS[indent];
  if (known !== undefined) return known;
  const pad = ' '.repeat(indent);
  // Deeper than anything that is not meant to be.
  if (indent < 256) for (let next = PADS.length; next <= indent; next++) PADS.push(' '.repeat(next));
  return pad;
}
