import { CONFIG_API_VERSION } from '../api/index.ts';
import { expectInput, FileReader, isTerminal, readAll } from '../io/index.ts';
import { isKptfile, TOOL_MARKERS } from '../krm/index.ts';
import { type Interest, type Item, isResource, reportNoResource, StreamOpener } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { INTEREST } from '../render/index.ts';
import { manifestsUnder, STDIN } from './files.ts';
import { type Findings, type Found, isKustomizationName } from './found-files.ts';
import { leaveOutNamedFiles } from './kustomization.ts';
import { leftOutLines } from './left-out.ts';
import { Misuse, reasonOf } from './misuse.ts';
import { Progress } from './progress.ts';
import { say } from './say.ts';

const READ: Interest = {
  ...INTEREST,
  reads: (apiVersion, kind) =>
    INTEREST.reads(apiVersion, kind) || apiVersion === CONFIG_API_VERSION || isKptfile({ apiVersion, kind }),
  markers: [...INTEREST.markers, ...TOOL_MARKERS],
};

/** For those who name files after resources, so that the name of each counts. */
export const READ_NAMES: Interest = { ...READ, names: () => true };

/** The resources under some paths, and the text that they came from. */
export class Loaded {
  readonly items: Item[] = [];
  /** What was found where it was read from; nothing of a revision. */
  findings: Findings = { manifests: [], leftOut: [], inventories: [], unfinished: [] };
  private readonly bytes = new Map<string, Buffer>();
  private readonly lines = new Map<string, string[]>();

  private readonly opener: StreamOpener;

  constructor(
    private readonly problems: Problems,
    interest: Interest = READ,
  ) {
    this.opener = new StreamOpener(interest, problems);
  }

  /** Says beforehand where the bytes of many files stand together. */
  expect(stretch: Buffer): void {
    this.opener.survey(stretch);
  }

  async add(file: string, bytes: Buffer): Promise<void> {
    const name = file === '-' ? STDIN : file;
    this.bytes.set(name, bytes);
    const items = this.opener.open(name, bytes);
    for (const item of items instanceof Promise ? await items : items) {
      if (isResource(item)) this.items.push(item);
      else if (!isKustomizationName(file)) {
        reportNoResource(item, 'move the file out of the directories that are read', this.problems);
      }
    }
  }

  /** The resources once more, from the same bytes, with another interest in them. */
  async readAll(interest: Interest, problems: Problems): Promise<Item[]> {
    const again = new Loaded(problems, interest);
    for (const [name, bytes] of this.bytes) await again.add(name, bytes);
    return again.items;
  }

  /** What a file holds that was read. */
  bytesOf(file: string): Buffer | undefined {
    return this.bytes.get(file);
  }

  /** A line of a file, from 1, without its end. */
  line(file: string, line: number): string | undefined {
    let lines = this.lines.get(file);
    if (lines === undefined) {
      const text = this.bytes.get(file)?.toString('utf8') ?? '';
      lines = text.replace(/^\ufeff/, '').split('\n');
      this.lines.set(file, lines);
    }
    const found = lines[line - 1];
    return found?.endsWith('\r') ? found.slice(0, -1) : found;
  }
}

/** How resources are read. */
export interface LoadOptions {
  readonly interest?: Interest;
  /** Patterns as in a `.gitignore` of each directory, for what is left out of it. */
  readonly ignore?: readonly string[];
  /** Whether nothing that a directory has says what is left out of it. */
  readonly readsEverything?: boolean;
  /** Whether files that a kustomization names as patches and the like are left out. Who renders them would lose them. */
  readonly leavesOutPatches?: boolean;
}

/** Bytes of a usual file. */
const USUAL = 1024;

/**
 * Opens all resources under paths. What is no resource is reported; kustomize's own files are left out. What is left out
 * for another reason is told.
 */
export async function loadResources(
  paths: readonly string[],
  problems: Problems,
  { interest = READ, ignore = [], readsEverything = false, leavesOutPatches = false }: LoadOptions = {},
): Promise<Loaded> {
  if (paths.length === 0 && (await isTerminal(0))) {
    throw new Misuse('name files or directories to read, or pipe manifests to standard input');
  }
  const loaded = new Loaded(problems, interest);
  const found = manifestsUnder(paths.length === 0 ? ['-'] : paths, readsEverything ? undefined : ignore);
  const findings = leavesOutPatches ? await leaveOutNamedFiles(found) : found;
  loaded.findings = findings;
  say(leftOutLines(findings.leftOut));
  const files = findings.manifests;
  const reader = new FileReader();
  // To read many files is much work by itself.
  const guess = files.length * USUAL;
  await expectInput(guess);
  const texts = files.map((found) => ({ file: found.file, bytes: read(found, reader) }));
  const size = texts.reduce((sum, { bytes }) => sum + bytes.length, 0);
  await expectInput(Math.max(0, size - guess));
  const stretch = reader.stretch();
  if (stretch !== undefined) loaded.expect(stretch);
  const progress = new Progress(files.length, await isTerminal(2));
  for (const { file, bytes } of texts) {
    await loaded.add(file, bytes);
    progress.step();
  }
  progress.end();
  if (loaded.items.every(isKptfile) && problems.errorCount === 0)
    reportNothing(
      files.map(({ file }) => file),
      problems,
    );
  return loaded;
}

/** An engine that prunes would delete everything. */
function reportNothing(files: readonly string[], problems: Problems): void {
  const [file = '-', ...more] = files;
  const place = more.length > 0 ? {} : { file: file === '-' ? STDIN : file };
  const advice = files.some((name) => isKustomizationName(name))
    ? 'for a kustomization, run `kustomize build DIRECTORY | tidb-groups render -`'
    : 'check the paths, or the command that writes to the pipe';
  problems.addAt('no-resources', place, `there must be resources, but there are none; ${advice}`);
}

function read({ file, real }: Found, reader: FileReader): Buffer {
  try {
    return file === '-' ? readAll(0) : reader.read(real);
  } catch (error) {
    const what = file === '-' ? 'standard input' : `"${file}"`;
    throw new Misuse(`${what} must be readable, but ${reasonOf(error)}`);
  }
}
