import { fileURLToPath } from 'node:url';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Test files that take ten seconds or more, the longest first. */
const LONGEST = [
  'e2e/ci',
  'drain/drain-script',
  'e2e/examples',
  'e2e/doors',
  'e2e/ends',
  'config/operator-configs',
  'e2e/simulation',
  'e2e/whole-renders',
  'steps',
  'e2e/process',
  'e2e/real-pd',
].map((name) => fileURLToPath(new URL(`../${name}.test.ts`, import.meta.url)));

/**
 * Starts the longest files first, so that no worker is left with one at the end. vitest does that by itself where it
 * remembers an earlier run, which a fresh clone has not had.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files);
    const longest = LONGEST.flatMap((path) => others.filter(({ moduleId }) => moduleId === path));
    return [...longest, ...others.filter((file) => !longest.includes(file))];
  }
}
