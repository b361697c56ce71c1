import { IgnorePatterns } from './ignore-pattern.ts';
import { KRMIGNORE, KrmIgnore } from './krmignore.ts';
import { isChart, whyNoManifest } from './never-manifests.ts';

/** A directory, on a disk or in a revision. */
export interface Folder {
  /** Its path as seen from the one that is read, with slashes; '' for that one. */
  readonly path: string;
  /** The names of its entries. */
  readonly names: readonly string[];
  /** The text of a file in it; undefined if it is no file. */
  text(name: string): string | undefined;
}

/** A `.krmignore` counts in its package, and not in the packages below. */
interface Package {
  readonly path: string;
  readonly rules: KrmIgnore | undefined;
}

/** Decides which entries of a directory are left out, and why. */
export class Sieve {
  private constructor(
    private readonly patterns: IgnorePatterns,
    private readonly folder: Folder,
    private readonly within: Package,
    /** Why all files of the directory are left out; undefined if they are not. */
    readonly whyAll: string | undefined,
  ) {}

  /** For the directory that is read. `ignored` has patterns as in a `.gitignore` there. */
  static at(folder: Folder, ignored: readonly string[]): Sieve {
    return new Sieve(new IgnorePatterns(ignored), folder, packageOf(folder), whyChart(folder));
  }

  /** For a directory below. */
  into(folder: Folder): Sieve {
    const { patterns, within } = this;
    const isPackage = folder.names.includes('Kptfile');
    const why = isPackage ? undefined : (this.whyAll ?? this.whyInPackage(folder.path, true));
    return new Sieve(patterns, folder, isPackage ? packageOf(folder) : within, why ?? whyChart(folder));
  }

  /** Whether nothing below is looked at: kpt finds packages in directories that a `.krmignore` names. */
  get isEnd(): boolean {
    return isChart(this.folder.names);
  }

  /** Why an entry is left out; undefined if it is not. */
  why(name: string, isDirectory: boolean): string | undefined {
    const path = below(this.folder.path, name);
    if (this.patterns.ignores(path, isDirectory)) return '--ignore says so';
    if (isDirectory) return undefined;
    return this.whyAll ?? this.whyInPackage(path, false) ?? whyNoManifest(name);
  }

  private whyInPackage(path: string, isDirectory: boolean): string | undefined {
    const { rules, path: of } = this.within;
    const inside = of === '' ? path : path.slice(of.length + 1);
    return rules?.ignores(inside, isDirectory) ? `"${below(of, KRMIGNORE)}" says so` : undefined;
  }
}

function packageOf(folder: Folder): Package {
  const text = folder.names.includes(KRMIGNORE) ? folder.text(KRMIGNORE) : undefined;
  return { path: folder.path, rules: text === undefined ? undefined : new KrmIgnore(text) };
}

function whyChart({ names }: Folder): string | undefined {
  return isChart(names) ? 'it is a Helm chart: read the output of `helm template` instead' : undefined;
}

/** A path below another, where '' is the directory that is read. */
export function below(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}
