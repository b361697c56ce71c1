/** Longer values are cut, so that a problem stays one readable line. */
const LONGEST = 60;

/** A value as a message shows it, in double quotes. */
export function show(text: string): string {
  return JSON.stringify(shortened(text));
}

/** As much of a text as a message shows. */
export function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const isWithinCharacter = /[\ud800-\udbff]/.test(text.charAt(LONGEST - 1));
  return `${text.slice(0, isWithinCharacter ? LONGEST - 1 : LONGEST)}…`;
}
