import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { FileReader } from '../io/index.ts';
import { bytesOfPieces } from '../list/index.ts';
import { Problems } from '../problem/index.ts';
import { isInventory } from '../render/inventory.ts';
import { realOfGiven } from './inside.ts';
import { isThere } from './is-there.ts';
import { Loaded, READ_NAMES } from './load.ts';
import { Misuse } from './misuse.ts';
import { INVENTORY, leftOver, listedIn } from './stale-files.ts';
import type { Files } from './write-directory.ts';

/** An error where a file is to be written in the place of one that no render wrote. */
export async function refuseForeign(given: string, files: Files): Promise<void> {
  if (!isThere(given)) return;
  const foreign = await foreignIn(realOfGiven(given), files);
  if (foreign.length > 0)
    throw new Misuse(
      leftOver(
        [],
        foreign.map((path) => join(given, path)),
        'refused',
      ),
    );
}

/**
 * The files in a directory, among those that are to be written, that no render wrote: the list there does not name them,
 * and they hold another resource than the one that is to be written. (There was a time without that list.)
 */
export async function foreignIn(real: string, files: Files): Promise<string[]> {
  const listed = listedIn(real);
  const foreign: string[] = [];
  for (const [path, pieces] of files) {
    if (listed.has(path)) continue;
    // What is no file is refused for that.
    if (!lstatSync(join(real, path), { throwIfNoEntry: false })?.isFile()) continue;
    const there = new FileReader().read(join(real, path));
    const written = bytesOfPieces(pieces);
    const isOurs =
      path === INVENTORY
        ? isInventory(there.toString('utf8'))
        : there.equals(written) || (await identityOf(path, there)) === (await identityOf(path, written));
    if (!isOurs) foreign.push(path);
  }
  return foreign;
}

/** Ends that a render gives to names, which say what is in a resource. */
const DIGEST = /-[0-9a-f]{7}$/;

/** Which resource a file holds; undefined where it is not exactly one. */
async function identityOf(path: string, bytes: Buffer): Promise<string | undefined> {
  const loaded = new Loaded(new Problems(), READ_NAMES);
  await loaded.add(path, bytes);
  const [item, more] = loaded.items;
  if (item === undefined || more !== undefined) return undefined;
  const { apiVersion, kind, namespace, name } = item;
  const group = apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
  return JSON.stringify([group, kind, namespace, name.replace(DIGEST, '')]);
}
