import { expectInput } from '../io/index.ts';
import type { Snapshot } from '../plan/index.ts';
import { Problems } from '../problem/index.ts';
import { snapshotOf } from '../render/index.ts';
import { asLines } from '../report/index.ts';
import { filesOfRevision, parseRevision } from './git.ts';
import { leftOutLines } from './left-out.ts';
import { Loaded, loadResources } from './load.ts';
import { say } from './say.ts';
import { settingsIn, settingsToRender } from './settings.ts';

/** Options for reading a side. */
export interface SideOptions {
  /** The path that a revision without one takes. */
  readonly defaultPath?: string;
  /** The file with the function config; by default the one among the resources counts. */
  readonly config?: string | undefined;
  /** Patterns of files that are left out. */
  readonly ignore?: readonly string[] | undefined;
}

/**
 * The snapshot of a path, or of several together: files and directories, rendered or not, `-`, or `git:REV[:PATH]`.
 * Undefined after errors, which are printed.
 */
export async function loadSide(
  paths: readonly string[],
  { defaultPath = '.', config, ignore = [] }: SideOptions = {},
): Promise<Snapshot | undefined> {
  const problems = new Problems();
  const [first = '-', ...others] = paths;
  const revision = others.length === 0 ? parseRevision(first) : undefined;
  const { items } =
    revision === undefined
      ? await loadResources(paths, problems, { ignore })
      : await loadRevision(revision.revision, revision.path ?? defaultPath, ignore, problems);
  const settings = await (config === undefined
    ? settingsToRender(items, problems)
    : settingsIn(config, problems));
  const snapshot = await snapshotOf(items, problems, settings);
  if (problems.errorCount === 0) return snapshot;
  const errors = problems.all.filter(({ severity }) => severity === 'error');
  say(asLines(errors));
  return undefined;
}

async function loadRevision(
  revision: string,
  path: string,
  ignore: readonly string[],
  problems: Problems,
): Promise<Loaded> {
  const loaded = new Loaded(problems);
  const { files, leftOut } = filesOfRevision(revision, path, ignore);
  say(leftOutLines(leftOut));
  if (files.length === 0 && leftOut.length === 0) {
    say([`note: "${path}" does not exist in "${revision}": it counts as empty`]);
  }
  await expectInput(files.reduce((sum, { bytes }) => sum + bytes.length, 0));
  for (const { name, bytes } of files) await loaded.add(name, bytes);
  return loaded;
}
