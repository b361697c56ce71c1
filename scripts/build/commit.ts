import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';

/** What the executable says it was built from. An image has no repository around it, and is told. */
export function commitDefine(): { readonly TIDB_GROUPS_COMMIT: string } {
  return { TIDB_GROUPS_COMMIT: JSON.stringify(process.env.TIDB_GROUPS_COMMIT ?? commitHere()) };
}

/** '' outside of a repository of this project. */
function commitHere(): string {
  try {
    // Inside of another repository, as in somebody's node_modules, the commit would be of that one.
    if (realpathSync(git('rev-parse', '--show-toplevel')) !== realpathSync('.')) return '';
    const changes = git('status', '--porcelain', '--untracked-files=no');
    return `${git('rev-parse', 'HEAD')}${changes === '' ? '' : ' with changes'}`;
  } catch {
    return '';
  }
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
