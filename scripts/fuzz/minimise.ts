import { check, type Finding } from './check.ts';

const LIMIT = 20_000;

/** The smallest text found within a few seconds that still shows the finding. */
export async function minimised({ title }: Finding, input: string, seed: number): Promise<string> {
  const end = Date.now() + LIMIT;
  const shows = async (text: string) => Date.now() < end && (await check(text, seed))?.title === title;
  let parts = input.split(/(?<=\n)/);
  parts = await reduced(parts, shows);
  return (await reduced([...parts.join('')], shows)).join('');
}

/** Removes halves, quarters and so on, as long as the rest still shows the finding. */
async function reduced(parts: string[], shows: (text: string) => Promise<boolean>): Promise<string[]> {
  let left = parts;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < left.length; ) {
      const without = [...left.slice(0, at), ...left.slice(at + size)];
      if (await shows(without.join(''))) left = without;
      else at += size;
    }
  }
  return left;
}
