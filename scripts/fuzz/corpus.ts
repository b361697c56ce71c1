import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { anyList } from '../../test/support/any-list.ts';
import { CLUSTER, configMap, resourceList, TIDB_GROUP, TIKV_GROUP } from '../../test/support/basic.ts';
import type { Random } from '../bench/inputs/random.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Larger inputs take longer and find no more. */
const MOST = 12_000;

/** What people write: examples, fixtures, and lists in any style with groups among them. */
export function corpus(random: Random): [string, ...string[]] {
  const files = ['examples', 'fixtures'].flatMap((directory) => manifestsIn(join(ROOT, directory)));
  const texts = files.map((file) => readFileSync(file, 'utf8')).filter((text) => text.length <= MOST);
  const lists = texts.map((text) =>
    resourceList(...text.split(/^---.*\n/m).filter((part) => /\S/.test(part))),
  );
  const generated = fc.sample(anyList, { seed: random.below(2 ** 31), numRuns: 300 }).map(({ text }) => text);
  const groups = resourceList(CLUSTER, configMap('a'), TIKV_GROUP, TIDB_GROUP);
  const small = generated.filter((text) => text.length <= MOST);
  return [groups, ...small.map((text) => withGroups(text)), ...small, ...texts, ...lists];
}

function manifestsIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .map((file) => join(directory, file));
}

/** Puts a cluster and its groups in front of the items, where the list is in block style. */
function withGroups(text: string): string {
  const match = /^( *)items:\n(( *)-)/m.exec(text);
  if (match === null) return text;
  const column = ' '.repeat(match[3]?.length ?? 0);
  const items = [CLUSTER, TIKV_GROUP]
    .map((item) => `${column}- ${item.trimEnd().replaceAll('\n', `\n${column}  `)}\n`)
    .join('');
  const at = match.index + match[0].length - (match[2]?.length ?? 0);
  return text.slice(0, at) + items + text.slice(at);
}
