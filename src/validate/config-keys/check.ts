import type { ConfigTable } from '../../config/index.ts';
import { addOfKey, reportDots, type WrittenConfig } from '../meaning/config-key.ts';
import { editDistance } from '../structure/edit-distance.ts';
import { isTypo, nearest } from '../structure/nearest.ts';
import { show } from '../structure/show.ts';
import { type Listed, onlyPathOf, type Tree } from './tree.ts';

/** Shorter names are all near to each other. */
const SHORT = 4;

/** Adds a warning for each key, however deep, that the server does not know and that is probably a mistake. */
export function checkKeys(table: ConfigTable, tree: Tree, listed: Listed, written: WrittenConfig): void {
  checkTable(table, tree, [], listed, written);
}

function checkTable(
  table: ConfigTable,
  { below, isOpen }: Tree,
  path: readonly string[],
  listed: Listed,
  written: WrittenConfig,
): void {
  for (const [name, value] of table) {
    const inner = below.get(name);
    if (inner === undefined) {
      // Another check has the names at the top of some configs.
      const isChecked = path.length === 0 && written.component.configFacts?.names !== undefined;
      if (!isOpen && !isChecked) checkUnknown([...path, name], { below, isOpen }, listed, written);
    } else if (value instanceof Map && (inner.below.size > 0 || inner.isOpen)) {
      checkTable(value, inner, [...path, name], listed, written);
    }
  }
}

function checkUnknown(
  path: readonly string[],
  { below }: Tree,
  listed: Listed,
  written: WrittenConfig,
): void {
  const name = path.at(-1) ?? '';
  const [first = '', ...rest] = name.split('.');
  if (rest.length > 0 && below.has(first)) {
    reportDots(path, first, rest, written);
    return;
  }
  const { title } = written.component;
  const advice = adviceFor(name, path, [...below.keys()], listed);
  if (advice !== undefined) {
    addOfKey('config-key-unknown', path, `is not a name that the server knows; ${advice}`, written);
  } else if (listed.others === 'refused') {
    const message = `is not a name that ${title} knows, and it does not start with a config that has others; remove it, unless your version is newer and has it`;
    addOfKey('config-key-unknown', path, message, written);
  }
}

function adviceFor(
  name: string,
  path: readonly string[],
  known: readonly string[],
  listed: Listed,
): string | undefined {
  const meant = listed.others === undefined ? spelledLike(name, known) : nearest(name, known);
  if (meant !== undefined && meant.length >= SHORT) {
    return `did you mean ${show([...path.slice(0, -1), meant].join('.'))}?`;
  }
  const elsewhere = listed.others === undefined || name.length < SHORT ? undefined : onlyPathOf(name, listed);
  return elsewhere === undefined ? undefined : `did you mean ${show(elsewhere)}, which is in another table?`;
}

/** Of a list that is not complete only one letter may differ: a key that is not in it may have nearly the same name. */
function spelledLike(name: string, known: readonly string[]): string | undefined {
  const plain = name.toLowerCase().replaceAll(/[-_]/g, '');
  const isNear = (one: string) =>
    isTypo(name, one) && editDistance(plain, one.toLowerCase().replaceAll(/[-_]/g, ''), 1) <= 1;
  return known.find(isNear);
}
