/** Whose rules for brackets hold: those of Go, which kpt matches with, or those of git. */
export type Style = 'go' | 'git';

type Range = readonly [from: string, to: string];

/** What one character of a name must be. */
type Token =
  | { readonly literal: string }
  | { readonly anyButSlash: true }
  | { readonly ranges: readonly Range[]; readonly isNegated: boolean };

/** A pattern as runs of single characters with a star before each but the first. */
export type Glob = readonly (readonly Token[])[];

/** Undefined for a pattern that can match nothing, such as one with an open bracket. */
export function parseGlob(pattern: string, style: Style): Glob | undefined {
  const characters = [...pattern];
  const runs: Token[][] = [[]];
  let at = 0;
  while (at < characters.length) {
    const run = runs.at(-1) ?? [];
    const character = characters[at] ?? '';
    if (character === '*') {
      if (run.length > 0 || runs.length === 1) runs.push([]);
      at++;
    } else if (character === '[') {
      const parsed = parseBracket(characters, at + 1, style);
      if (parsed === undefined) return undefined;
      run.push(parsed.token);
      at = parsed.end;
    } else if (character === '\\') {
      const literal = characters[at + 1];
      if (literal === undefined) return undefined;
      run.push({ literal });
      at += 2;
    } else {
      run.push(character === '?' ? { anyButSlash: true } : { literal: character });
      at++;
    }
  }
  return runs;
}

function parseBracket(
  characters: readonly string[],
  start: number,
  style: Style,
): { readonly token: Token; readonly end: number } | undefined {
  let at = start;
  const isNegated = characters[at] === '^' || (style === 'git' && characters[at] === '!');
  if (isNegated) at++;
  const ranges: Range[] = [];
  const next = (): string | undefined => {
    const character = characters[at++];
    // Go wants these escaped wherever they do not mean what they mean.
    if (style === 'go' && (character === '-' || character === ']')) return undefined;
    return character === '\\' ? characters[at++] : character;
  };
  while (characters[at] !== ']' || ranges.length === 0) {
    const from = next();
    if (from === undefined) return undefined;
    const isRange = characters[at] === '-' && (style === 'go' || characters[at + 1] !== ']');
    if (isRange) at++;
    const to = isRange ? next() : from;
    if (to === undefined) return undefined;
    // To git the start of a range is in it, even if the end comes before it.
    ranges.push([from, to], ...(style === 'git' ? [[from, from] as const] : []));
  }
  return { token: { ranges, isNegated }, end: at + 1 };
}

/** The names of a path pattern: its parts between the slashes that are not in brackets. */
export function namesOf(pattern: string): string[] {
  const characters = [...pattern];
  const names = [''];
  let at = 0;
  while (at < characters.length) {
    const end = characters[at] === '[' ? parseBracket(characters, at + 1, 'git')?.end : undefined;
    const next = end ?? at + (characters[at] === '\\' ? 2 : 1);
    // A slash means the same with a backslash before it.
    const isSlash = characters[at] === '/' || (characters[at] === '\\' && characters[at + 1] === '/');
    if (isSlash) names.push('');
    else names.push((names.pop() ?? '') + characters.slice(at, next).join(''));
    at = next;
  }
  return names;
}

/**
 * Whether a name is as a pattern says; `*` and `?` stand for no slash. After each star the first place counts at which the
 * run behind it matches, and the last run must match the end, so this takes at most the product of both lengths.
 */
export function matchesGlob([first = [], ...runs]: Glob, name: string): boolean {
  const characters = [...name];
  if (!fits(first, characters, 0)) return false;
  let at = first.length;
  for (const [index, run] of runs.entries()) {
    const isLast = index === runs.length - 1;
    const end = characters.indexOf('/', at) < 0 ? characters.length : characters.indexOf('/', at);
    let place = at;
    const isHere = () =>
      fits(run, characters, place) && (!isLast || place + run.length === characters.length);
    while (place <= end && !isHere()) place++;
    if (place > end) return false;
    at = place + run.length;
  }
  return at === characters.length;
}

function fits(run: readonly Token[], characters: readonly string[], at: number): boolean {
  return run.every((token, index) => isOne(token, characters[at + index]));
}

function isOne(token: Token, character: string | undefined): boolean {
  if (character === undefined) return false;
  if ('literal' in token) return character === token.literal;
  if ('anyButSlash' in token) return character !== '/';
  const code = codeOf(character);
  return token.ranges.some(([from, to]) => codeOf(from) <= code && code <= codeOf(to)) !== token.isNegated;
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
