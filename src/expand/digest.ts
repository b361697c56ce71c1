/**
 * Seven hexadecimal digits that change with the text (FNV-1a, folded to 28 bits). A name needs no more than that,
 * and a cryptographic digest would take longer than the rest of the expansion.
 */
export function digest(text: string): string {
  const units = unitsOf(text);
  const { length } = units;
  const { imul } = Math;
  let hash = 0x811c9dc5;
  for (let i = 0; i < length; i++) hash = imul(hash ^ (units[i] ?? 0), 0x01000193);
  const folded = (hash >>> 28) ^ (hash & 0xfffffff);
  return folded.toString(16).padStart(7, '0');
}

/** UTF-16 code units. Nearly always they are bytes, which the interpreter gets at in half the time. */
function unitsOf(text: string): ArrayLike<number> {
  if (/^[\0-\xff]*$/.test(text)) return Buffer.from(text, 'latin1');
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}
