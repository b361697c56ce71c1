import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BARE_NODE, type Contender, contenders, KYAML, OURS, renderers } from './contenders.ts';
import { count } from './format.ts';
import {
  clusters,
  mixed,
  type Resource,
  resourceList,
  type Style,
  storedDirectory,
  storedFile,
} from './inputs/index.ts';
import type { Tools } from './tools.ts';

/** One input and who runs on it. */
export interface Scenario {
  /** The family and the size, such as `list-1000`. */
  name: string;
  family: Family;
  /** Resources, clusters or files. */
  size: number;
  about: string;
  rounds: number;
  /** Slow contenders run only in the first rounds. */
  roundsOfSlow: number;
  contenders: Contender[];
  /** Writes the input if it does not exist yet, and returns the file for stdin. */
  input: () => string;
}

export type Family = 'list' | 'anchor' | 'crlf' | 'json' | 'clusters' | 'render';

export const FAMILIES: readonly Family[] = ['list', 'anchor', 'crlf', 'json', 'clusters', 'render'];

const ROUNDS: Readonly<Record<number, number>> = { 10: 21, 100: 11, 1000: 7, 10000: 7, 50000: 5 };
/** These take seconds per run, so they take part only in the first rounds. */
const ROUNDS_OF_SLOW: Readonly<Record<number, number>> = { 10000: 3, 50000: 1 };
const ALL = Number.POSITIVE_INFINITY;
const ABOUT: Readonly<Record<Style, string>> = {
  block: 'resources as kpt sends them, with one cluster and 8 groups',
  anchor: 'resources, one with an anchor and an alias',
  crlf: 'resources, lines end in CRLF',
  json: 'resources, as one line of JSON',
};

export function scenarios(root: string, bench: string, cache: string, tools: Tools): Scenario[] {
  const inputs = inputDirectory(bench, cache);
  const everyone = contenders(root, tools);
  const against = (...names: string[]) => everyone.filter(({ name }) => names.includes(name));

  const list = (size: number, style: Style): Scenario => ({
    name: `${style === 'block' ? 'list' : style}-${size}`,
    family: style === 'block' ? 'list' : style,
    size,
    about: `${count(size)} ${ABOUT[style]}`,
    rounds: style === 'block' ? (ROUNDS[size] ?? 3) : size > 1000 ? 3 : 5,
    roundsOfSlow: style === 'block' ? (ROUNDS_OF_SLOW[size] ?? ALL) : ALL,
    contenders: style === 'block' ? everyone : against(OURS, KYAML),
    input: listFile(`${style}-${size}.${style === 'json' ? 'json' : 'yaml'}`, () => mixed(size), style),
  });
  const manyClusters = (size: number): Scenario => ({
    name: `clusters-${size}`,
    family: 'clusters',
    size,
    about: `${count(size)} clusters with 10 groups each`,
    rounds: size >= 1000 ? 3 : 5,
    roundsOfSlow: ALL,
    contenders: against(OURS, BARE_NODE),
    input: listFile(`clusters-${size}.yaml`, () => clusters(size), 'block'),
  });
  const render = (size: number): Scenario => {
    const directory = join(inputs, `files-${size}`);
    return {
      name: `render-${size}`,
      family: 'render',
      size,
      about: `\`tidb-groups render\` of a directory with ${count(size)} files`,
      rounds: 9,
      roundsOfSlow: ALL,
      contenders: renderers(root, directory),
      input: () => {
        storedDirectory(directory, () => mixed(size));
        return '/dev/null';
      },
    };
  };
  const listFile = (file: string, resources: () => Iterable<Resource>, style: Style) => () =>
    storedFile(join(inputs, file), () => resourceList(resources(), style));

  const slow = (['anchor', 'crlf', 'json'] as const).flatMap((style) => [
    list(1000, style),
    list(10_000, style),
  ]);
  return [
    ...[10, 100, 1000, 10_000, 50_000].map((size) => list(size, 'block')),
    ...slow,
    ...[10, 100, 1000].map(manyClusters),
    render(2000),
  ];
}

/** Inputs are reused from run to run until the code that makes them changes. */
function inputDirectory(bench: string, cache: string): string {
  const hash = createHash('sha256');
  const sources = join(bench, 'inputs');
  for (const file of readdirSync(sources).sort()) hash.update(readFileSync(join(sources, file)));
  const name = `inputs-${hash.digest('hex').slice(0, 12)}`;
  mkdirSync(cache, { recursive: true });
  for (const old of readdirSync(cache)) {
    if (old.startsWith('inputs-') && old !== name) rmSync(join(cache, old), { recursive: true });
  }
  return join(cache, name);
}
