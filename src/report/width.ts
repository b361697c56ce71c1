/** How many columns a terminal takes to show a text. */
export function widthOf(text: string): number {
  // Most texts have no other characters, and V8 takes long to read the patterns below.
  if (/^[ -~]*$/.test(text)) return text.length;
  const { wide, none } = patterns();
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : none.test(character) ? 0 : 1;
  return width;
}

function patterns(): { readonly wide: RegExp; readonly none: RegExp } {
  return {
    wide: /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u,
    none: /\p{Mark}|\p{Cf}/u,
  };
}
