import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Mount, Mounts } from '../../src/data/index.ts';
import { describeWith, MOUNTS } from '../support/tools.ts';

const path = fc
  .array(fc.constantFrom('a', 'b', 'c', '.', ''), { minLength: 1, maxLength: 4 })
  .map((steps) => `/${steps.join('/')}`)
  .filter((text) => /[abc]/.test(text));

const mount = fc.record<Mount>({
  volume: fc.constantFrom('v1', 'v2', 'v3'),
  path,
  subPath: fc.constantFrom('', '', 's', 's/t'),
});

interface Question {
  readonly directory: string;
  readonly mounts: readonly Mount[];
}

const question = fc.record<Question>({ directory: path, mounts: fc.array(mount, { maxLength: 4 }) });

/** Mounts what lies higher first, as container runtimes do, and sees where a file in the directory comes to be. */
function script({ directory, mounts }: Question): string {
  const depth = ({ path: text }: Mount) =>
    text.split('/').filter((step) => step !== '' && step !== '.').length;
  const commands = mounts
    .toSorted((a, b) => depth(a) - depth(b))
    .flatMap(({ volume, path: at, subPath }) => [
      `mkdir -p volumes/${volume}/${subPath} container${at}`,
      `mount --bind volumes/${volume}/${subPath} container${at}`,
    ]);
  return [
    'mount -t tmpfs none /mnt && cd /mnt && mkdir -p volumes container',
    ...commands,
    `mkdir -p container${directory} && touch container${directory}/here`,
    'echo "at $(find volumes -name here)"',
    'cd / && umount -R /mnt',
  ].join('\n');
}

describeWith([MOUNTS], 'where a directory lies', (unshare) => {
  test('is where a file in it is written', () => {
    const questions = fc.sample(question, { numRuns: 300, seed: 3 });
    const answers = execFileSync(unshare, ['--mount', 'sh', '-eu'], {
      input: questions.map(script).join('\n'),
      encoding: 'utf8',
    });
    const seen = [...answers.matchAll(/^at (.*)$/gm)].map(([, file = '']) => file);
    const ours = questions.map(({ directory, mounts }) => {
      const place = new Mounts(mounts).placeOf(directory);
      return place === undefined
        ? ''
        : ['volumes', place.volume, place.within, 'here'].filter(Boolean).join('/');
    });
    expect(ours).toEqual(seen);
    expect(new Set(seen).size).toBeGreaterThan(20);
  });
});
