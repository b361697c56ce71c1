import { existsSync } from 'node:fs';
import { TOOLS } from './tools.ts';

/**
 * Runs once before all tests: says what will be skipped, and stops if there is nothing to test. Hands the paths of tools
 * on to the processes of the tests, because to look for them takes a second.
 */
export function setup(): void {
  if (!existsSync(new URL('../../dist/tidb-groups', import.meta.url))) {
    throw new Error('dist/tidb-groups is not there: build it with `npm run build`');
  }
  for (const { name, path, advice } of TOOLS) {
    if (path === undefined) console.log(`skipped: the tests with ${name}, which is not there; ${advice}`);
  }
  process.env.FOUND_TOOLS = JSON.stringify(
    Object.fromEntries(TOOLS.map(({ name, path = null }) => [name, path])),
  );
}
