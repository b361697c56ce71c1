import { spawnSync } from 'node:child_process';
import { Misuse } from './misuse.ts';

/**
 * Stops a repository from running programs. Its contents come from a pull request; its config, and that of a bare
 * repository among its files, could name programs that git would run.
 */
const ALONE = [
  '--no-pager',
  '--no-replace-objects',
  '--no-optional-locks',
  '--literal-pathspecs',
  ...[
    'safe.bareRepository=explicit',
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'core.alternateRefsCommand=false',
    'core.askPass=false',
    'core.sshCommand=false',
    'credential.helper=',
    'protocol.allow=never',
  ].flatMap((setting) => ['-c', setting]),
];

/**
 * The environment of git: that of the user, but for what a caller has told another git. An object that is missing in a
 * partial clone is not fetched, whichever of these ways this git knows.
 */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name));
  return {
    ...Object.fromEntries(own),
    LC_ALL: 'C',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_TERMINAL_PROMPT: '0',
  };
}

const MOST = 2 ** 31 - 1;

/** What git prints; `explain` gives the message if it fails. */
export function git(args: readonly string[], explain?: () => string, input = ''): Buffer {
  const { error, status, stdout, stderr } = spawnSync('git', [...ALONE, ...args], {
    input,
    env: environment(),
    maxBuffer: MOST,
  });
  if (error !== undefined) throw new Misuse(`git must be installed to read a revision, but ${error.message}`);
  if (status === 0) return stdout;
  const said = stderr.toString('utf8').trim().split('\n')[0] ?? '';
  const known = KNOWN.find(([text]) => said.includes(text))?.[1];
  throw new Misuse(known ?? explain?.() ?? `git ${args[0]} failed: ${said}`);
}

/** Messages of git whose reason is not the revision. */
const KNOWN: readonly (readonly [string, string])[] = [
  [
    'safe.bareRepository',
    'the working directory is in a bare repository, and its settings are not trusted; change to a checkout of it',
  ],
  [
    'dubious ownership',
    'another user owns this repository, so git does not trust it; if you do, run `git config --global --add safe.directory DIRECTORY`',
  ],
  ['not a git repository', 'the working directory must be in a git repository; change to one'],
];
