import type { Piece } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';

const HEAD = [
  '# Written by tidb-groups: the files of a render, each behind the number of its lines. `tidb-groups validate --rendered`',
  '# sees to it that all of them are there.',
];

/** Whether a text is such a list: they all begin alike. */
export function isInventory(text: string): boolean {
  return text.startsWith('# Written by tidb-groups');
}

/** The list of the files rendered to a directory: one line each, by path. */
export function inventoryOf(files: ReadonlyMap<string, readonly Piece[]>): string {
  const paths = [...files.keys()].sort();
  const lines = paths.map((path) => `${linesIn(files.get(path) ?? [])} ${path}`);
  return `${[...HEAD, ...lines].join('\n')}\n`;
}

const LINE = /^(\d+) (.*)$/;

/** The paths in such a list, as far as it can be read. */
export function pathsIn(inventory: string): string[] {
  return inventory.split(/\r?\n/).flatMap((line) => LINE.exec(line)?.[2] ?? []);
}

/**
 * Reports files of a render that are not there, or not to their ends. More lines than there were are somebody's own
 * business. `read` gives what a file holds, by its path below the directory of the inventory.
 */
export function reportMissingFiles(
  file: string,
  inventory: string,
  read: (path: string) => Buffer | undefined,
  problems: Problems,
): void {
  const report = (line: number, message: string) =>
    problems.addAt('render-incomplete', { file, line, column: 1 }, `${message}; ${AGAIN}`);
  if (!inventory.endsWith('\n')) report(1, 'the list of what was rendered must end with a line break');
  inventory.split(/\r?\n/).forEach((line, index) => {
    const [, count, path] = LINE.exec(line) ?? [];
    if (count === undefined || path === undefined) {
      if (line === '' || line.startsWith('#')) return;
      report(
        index + 1,
        `each line must have a number of lines and a path, but this one is ${JSON.stringify(line.slice(0, 60))}`,
      );
      return;
    }
    const bytes = read(path);
    if (bytes === undefined) report(index + 1, `${JSON.stringify(path)} was rendered, but is missing`);
    else if (linesIn([bytes]) < Number(count)) {
      report(
        index + 1,
        `${JSON.stringify(path)} was rendered with ${count} lines, but has ${linesIn([bytes])}`,
      );
    }
  });
}

const AGAIN = 'the directory was only partly copied, or edited by hand; render it again';

function linesIn(pieces: readonly Piece[]): number {
  let count = 0;
  for (const piece of pieces) {
    const bytes = Buffer.from(piece);
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  }
  return count;
}
