import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { below, type Folder, Sieve } from '../ignore/index.ts';
import { FileReader } from '../io/index.ts';
import { type Collected, isManifest, isRead } from './found-files.ts';
import { realInside } from './inside.ts';
import { Misuse, reasonOf } from './misuse.ts';
import { INVENTORY } from './stale-files.ts';
import { UNFINISHED } from './target-directory.ts';

/** Collects the manifests of a directory. */
export class Walk {
  /** A link that leads back up would never end. */
  private readonly seen = new Set<string>();

  constructor(
    private readonly given: string,
    private readonly root: string,
    private readonly collected: Collected,
    private readonly ignored: readonly string[] | undefined,
  ) {}

  into(directory: string, real: string, above?: Sieve, inside = ''): void {
    if (this.seen.has(real)) return;
    this.seen.add(real);
    const entries = entriesOf(directory, real);
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    // join() would normalize the directory once more for every file.
    const base = join(directory, 'x').slice(0, -1);
    const realBase = join(real, 'x').slice(0, -1);
    const sieve = this.sieveOf(entries, real, above, inside);
    const whyAll = sieve?.whyAll;
    if (whyAll !== undefined && whyAll !== above?.whyAll)
      this.collected.leftOut.push({ path: base, why: whyAll });
    if (sieve?.isEnd) return;
    for (const entry of entries) {
      const { name } = entry;
      if (name.startsWith('.')) this.note(entry, `${base}${name}`, `${realBase}${name}`);
      if (name.startsWith('.') || name === 'node_modules') continue;
      const path = `${base}${name}`;
      const target = entry.isSymbolicLink() ? behind(path) : entry;
      if (target === undefined || this.isLeftOut(target, path, name, sieve)) continue;
      const next = sieve && { sieve, inside: below(inside, name) };
      if (target === entry) this.take(entry, path, `${realBase}${name}`, next);
      else this.follow(target, path, next);
    }
  }

  private sieveOf(
    entries: readonly Dirent[],
    real: string,
    above: Sieve | undefined,
    inside: string,
  ): Sieve | undefined {
    if (this.ignored === undefined) return undefined;
    const folder: Folder = {
      path: inside,
      names: entries.map(({ name }) => name),
      text: (name) => {
        const isFile = entries.some((entry) => entry.name === name && entry.isFile());
        return isFile ? new FileReader().read(join(real, name)).toString('utf8') : undefined;
      },
    };
    return above?.into(folder) ?? Sieve.at(folder, this.ignored);
  }

  /** Notes what would have been read. */
  private isLeftOut(entry: Dirent | Stats, path: string, name: string, sieve: Sieve | undefined): boolean {
    const isDirectory = entry.isDirectory();
    const matters = isDirectory || (entry.isFile() && isRead(path));
    const why = matters ? sieve?.why(name, isDirectory) : undefined;
    if (why !== undefined && why !== sieve?.whyAll) {
      this.collected.leftOut.push({ path: isDirectory ? `${path}/` : path, why });
    }
    return why !== undefined;
  }

  private take(entry: Dirent | Stats, path: string, real: string, next: Next | undefined): void {
    if (entry.isDirectory()) this.into(path, real, next?.sieve, next?.inside);
    else if (entry.isFile() && isRead(path)) this.collected.manifests.push({ file: path, real });
  }

  private note(entry: Dirent, path: string, real: string): void {
    if (entry.name === INVENTORY && entry.isFile()) this.collected.inventories.push({ file: path, real });
    if (entry.name.startsWith(UNFINISHED) && entry.isDirectory()) this.collected.unfinished.push(path);
  }

  private follow(target: Dirent | Stats, path: string, next: Next | undefined): void {
    // The location of files that are not read does not matter.
    if (!(target.isDirectory() || isRead(path))) return;
    this.take(target, path, realInside(path, this.given, this.root), next);
  }
}

/** What a directory below gets: the sieve of the one above, and its path in the one that is read. */
interface Next {
  readonly sieve: Sieve;
  readonly inside: string;
}

function entriesOf(directory: string, real: string): Dirent[] {
  try {
    return readdirSync(real, { withFileTypes: true });
  } catch (error) {
    throw new Misuse(`all of "${directory}" must be readable, but ${reasonOf(error)}`);
  }
}

/** The target of a link. A dangling link matters only if it should be a manifest. */
function behind(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (isManifest(path)) throw new Misuse(`"${path}" must be readable, but ${reasonOf(error)}`);
    return undefined;
  }
}
