/**
 * Seven hexadecimal digits that change with the text (FNV-1a, folded to 28 bits). A name needs no more than that,
 * and a cryptographic digest would take longer than the rest of the expansion.
 */
export function digest(text: string): string {
  const { length } = text;
  const { imul } = Math;
  let hash = 0x811c9dc5;
  for (let i = 0; i < length; i++) hash = imul(hash ^ text.charCodeAt(i), 0x01000193);
  const folded = (hash >>> 28) ^ (hash & 0xfffffff);
  return folded.toString(16).padStart(7, '0');
}
