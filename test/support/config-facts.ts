import { readFileSync } from 'node:fs';

/** A key of a config by its path, and what else its line says. */
export interface ConfigFact {
  readonly path: string;
  readonly says: string;
}

/** Facts about keys, by config: `[config]` headings, each followed by one line for each key. */
export function readFacts(file: string): ReadonlyMap<string, readonly ConfigFact[]> {
  const text = readFileSync(new URL(`../../fixtures/facts/${file}`, import.meta.url), 'utf8');
  const configs = new Map<string, ConfigFact[]>();
  let facts: ConfigFact[] = [];
  for (const line of text.split('\n')) {
    const heading = /^\[(.+)\]$/.exec(line)?.[1];
    if (heading !== undefined) {
      facts = [];
      configs.set(heading, facts);
    } else if (line !== '' && !line.startsWith('#')) {
      const [, path = '', says = '', name] = /^(\S+?)(?:: (\w+)(?: -> (\S+))?.*)?$/.exec(line) ?? [];
      const above = path.split('.').slice(0, -1);
      facts.push({ path: name === undefined ? path : [...above, name].join('.'), says });
    }
  }
  return configs;
}
