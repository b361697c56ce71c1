import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { manifestsUnder } from '../../src/cli/files.ts';
import { Misuse } from '../../src/cli/misuse.ts';
import { INVENTORY } from '../../src/cli/stale-files.ts';
import { writeDirectory } from '../../src/cli/write-directory.ts';
import { FileReader } from '../../src/io/index.ts';
import { openStream } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { FileNames } from '../../src/render/file-names.ts';
import { manifests, render, withNewline } from '../../src/render/index.ts';
import { type Random, seeded } from '../bench/inputs/random.ts';
import { EVERYTHING, type Finding, Found } from './check.ts';

/** Parts of names that mean something to a file system. */
const PARTS = [
  ...[
    '..',
    '.',
    '/',
    '\\',
    '~',
    ':',
    'c:',
    '\0',
    '\n',
    ' ',
    '%2f',
    '\u2028',
    '\u202e',
    'é',
    'e\u0301',
    'ß',
    'İ',
  ],
  ...[
    'con',
    'nul',
    'db',
    'DB',
    'Db',
    'a',
    'A',
    'b',
    '-',
    '_',
    '@',
    '.yaml',
    '.git',
    '.tidb-groups',
    'x'.repeat(200),
  ],
] as const;

const SECRET = 'nobody may see this';

/**
 * Renders random resources into a directory, and reads and writes random trees with links. Nothing outside may be read or
 * changed, and nothing may be lost. Returns what is wrong, or undefined.
 */
export async function checkFiles(seed: number): Promise<Finding | undefined> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'tidb-groups-fuzz-')));
  try {
    mkdirSync(join(root, 'outside'));
    writeFileSync(join(root, 'outside/secret.yaml'), SECRET);
    const random = seeded(seed);
    await checkNames(root, random);
    await checkLinks(root, random);
    const outside = readdirSync(join(root, 'outside'), { recursive: true, encoding: 'utf8' });
    if (outside.length !== 1 || readFileSync(join(root, 'outside/secret.yaml'), 'utf8') !== SECRET)
      throw new Found('something outside is written', outside.join('\n'));
    return undefined;
  } catch (error) {
    if (error instanceof Found) return { title: error.title, detail: `seed ${seed}\n${error.detail}` };
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    return { title: `throws: ${message.slice(0, 80)}`, detail: `seed ${seed}\n${stack}` };
  } finally {
    rmSync(root, { recursive: true });
  }
}

function nameOf(random: Random): string {
  return Array.from({ length: random.below(4) }, () => random.pick(PARTS)).join('');
}

async function checkNames(root: string, random: Random): Promise<void> {
  const resources = Array.from({ length: 1 + random.below(6) }, (_, index) => ({
    apiVersion: 'example.com/v1',
    kind: random.below(3) === 0 ? nameOf(random) || 'X' : random.pick(['Thing', 'THING', 'thing']),
    metadata: {
      name: random.below(2) === 0 ? nameOf(random) : random.pick(['a', 'A', 'a-2', 'b']),
      namespace: random.below(2) === 0 ? nameOf(random) : 'db',
    },
    data: { index: String(index) },
  }));
  const text = resources.map((resource) => JSON.stringify(resource)).join('\n---\n');
  const problems = new Problems();
  const items = await openStream('in.yaml', Buffer.from(text), EVERYTHING, problems);
  const plain = manifests(items, await render(items, problems));
  const names = new FileNames(problems);
  const files = new Map<string, string[]>();
  for (const manifest of plain) {
    const name = names.take(manifest);
    if (name !== undefined) files.set(name, [...withNewline(manifest.text)].map(String));
  }
  if (problems.errorCount > 0) return;
  const before = readdirSync(root).sort().join();
  await writeDirectory(join(root, 'out'), files);
  if (readdirSync(root).sort().join() !== [...new Set([...before.split(','), 'out'])].sort().join())
    throw new Found('something beside the directory is written', text);
  const written = readdirSync(join(root, 'out'), { recursive: true, encoding: 'utf8', withFileTypes: true });
  const count = written.filter((entry) => entry.isFile()).length;
  if (count !== plain.length) throw new Found('files are lost', `${count} of ${plain.length}\n${text}`);
  rmSync(join(root, 'out'), { recursive: true });
}

/** A tree of files, directories and links. Some links point outside. */
async function checkLinks(root: string, random: Random): Promise<void> {
  const tree = join(root, 'tree');
  mkdirSync(tree);
  const paths = [
    'a.yaml',
    'b',
    'b/c.yaml',
    'b/d',
    'b/d/e.json',
    'f.yaml',
    'g',
    'Kptfile',
    INVENTORY,
    'db',
    'db/thing_a.yaml',
  ];
  const targets = [
    '..',
    '.',
    '../outside',
    '../outside/secret.yaml',
    join(root, 'outside'),
    'a.yaml',
    'b',
    '../../outside',
    '/',
    'g',
    'nowhere',
  ] as const;
  for (const path of paths) {
    const at = join(tree, path);
    if (!isReal(dirname(at))) continue;
    const choice = random.below(4);
    if (choice === 0) symlinkSync(random.pick(targets), at);
    else if (choice === 1 && path.length > 1) writeFileSync(at, 'kind: A\n');
    else if (path.length === 1 || !path.includes('.')) mkdirSync(at);
  }
  const given = random.pick(['', '', 'b', 'g', 'a.yaml', 'b/d/..', 'f.yaml'] as const);
  refusing(() => {
    const reader = new FileReader();
    for (const { file, real } of manifestsUnder([join(tree, given)]).manifests) {
      const text = reader.read(real).toString();
      if (text.includes(SECRET)) throw new Found('something outside is read', file);
    }
  });
  const files = new Map([
    ['db/thing_a.yaml', ['a\n']],
    [INVENTORY, ['1\n']],
  ]);
  await writeDirectory(join(tree, random.pick(['', 'b', 'g', 'db', 'new/more'] as const)), files).catch(
    (error: unknown) => {
      if (!(error instanceof Misuse)) throw error;
    },
  );
}

/** Whether a directory exists, with no link in the path to it. */
function isReal(path: string): boolean {
  try {
    return realpathSync(path) === path && statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function refusing(action: () => void): void {
  try {
    action();
  } catch (error) {
    const isSystems = error instanceof Error && 'syscall' in error;
    if (!(error instanceof Misuse) && !isSystems) throw error;
  }
}
