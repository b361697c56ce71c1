import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** An import of one source file by another; paths count from the root. */
export interface Import {
  readonly from: string;
  readonly to: string;
  /** Types only, which do not exist when the program runs. */
  readonly isType: boolean;
  /** `import()`, which loads when it is reached. */
  readonly isLazy: boolean;
}

/** The TypeScript files below directories, except the program that is compiled to WebAssembly. */
export function sourceFiles(...directories: readonly string[]): string[] {
  return directories
    .flatMap((directory) =>
      readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' }).map((path) =>
        join(directory, path),
      ),
    )
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !path.includes('/assembly/'))
    .sort();
}

export function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** As the formatter writes them: one statement each, with the path in single quotes. */
const STATIC =
  /^(?:import|export) (type )?(?:(\{[^}]*\}|\*(?: as \w+)?|\w+(?:, \{[^}]*\})?) from )?'(\.[^']+)'/gm;
const LAZY = /\bimport\(\s*'(\.[^']+)'/g;

export function importsOf(file: string): Import[] {
  const text = textOf(file);
  const at = (path: string) => normalize(join(dirname(file), path));
  return [
    ...[...text.matchAll(STATIC)].map(([, type, names = '', path = '']) => ({
      from: file,
      to: at(path),
      isType: type !== undefined || isOnlyTypes(names),
      isLazy: false,
    })),
    ...[...text.matchAll(LAZY)].map(([, path = '']) => ({
      from: file,
      to: at(path),
      isType: false,
      isLazy: true,
    })),
  ];
}

function isOnlyTypes(names: string): boolean {
  const listed = /^\{([^}]*)\}$/
    .exec(names)?.[1]
    ?.split(',')
    .map((name) => name.trim()) ?? [''];
  return listed.filter((name) => name !== '').every((name) => name.startsWith('type ')) && listed.length > 1;
}
