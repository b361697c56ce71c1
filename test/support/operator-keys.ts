import { readFileSync } from 'node:fs';

/** A key of a config, by its path in TOML. */
export interface ListedKey {
  readonly component: string;
  readonly path: string;
  readonly type: string;
}

/** The lines of a list of keys in `fixtures/facts`: `[component]` headings, and below each `path: type` a key. */
export function listedKeys(file: string): ListedKey[] {
  let component = '';
  return readFacts(file)
    .split('\n')
    .flatMap((line): ListedKey[] => {
      component = /^\[(.+)\]$/.exec(line)?.[1] ?? component;
      const [, path, type] = /^([^#\s]\S*): (\w+)/.exec(line) ?? [];
      return path === undefined || type === undefined ? [] : [{ component, path, type }];
    });
}

export function readFacts(file: string): string {
  return readFileSync(new URL(`../../fixtures/facts/${file}`, import.meta.url), 'utf8');
}
