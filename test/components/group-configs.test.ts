import fc from 'fast-check';
import { parse, type TomlTable, type TomlValue } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { openStream } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { INTEREST, render } from '../../src/render/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { anyMap } from '../support/any-config.ts';
import { CLUSTER, tidbGroup, tikvGroup } from '../support/basic.ts';
import { clusterWith, PLACES } from '../support/config-places.ts';
import { asOperated, asTyped } from '../support/operator-judge.ts';
import { at } from '../support/read-yaml.ts';
import { runs } from '../support/runs.ts';
import { OPERATOR_CRDS, OPERATOR_JUDGE } from '../support/tools.ts';

interface RenderedGroup {
  readonly errors: readonly { readonly code: string; readonly message: string }[];
  readonly text: string;
}

async function renderGroup(name: 'tikv' | 'tidb', config: string): Promise<RenderedGroup> {
  const group = (name === 'tikv' ? tikvGroup : tidbGroup)('hot', 'basic', `  config: ${config}\n`);
  const problems = new Problems();
  const items = await openStream('a.yaml', Buffer.from(`${CLUSTER}---\n${group}`), INTEREST, problems);
  const { additions } = await render(items, problems);
  const files = [...additions.values()].flat().find(({ kind }: MapValue) => kind === 'ConfigMap');
  return {
    errors: problems.all.filter(({ severity }) => severity === 'error'),
    text: String(at(files, 'data', 'config-file') ?? ''),
  };
}

/** The values of a config by their paths. Floats and integers differ: floats are numbers, integers bigints. */
function values(text: string): Map<string, TomlValue> {
  const found = new Map<string, TomlValue>();
  const collect = (table: TomlTable, prefix: string) => {
    for (const [key, value] of Object.entries(table)) {
      const path = `${prefix}/${key}`;
      if (typeof value !== 'object' || Array.isArray(value)) found.set(path, value);
      else collect(value as TomlTable, path);
    }
  };
  collect(parse(text, { integersAsBigInt: true }), '');
  return found;
}

/** Before 4.0 TiKV takes milliseconds here, and the operator writes them into the ConfigMap only. */
const MILLISECONDS = /^\/pessimistic-txn\/(?:wait-for-lock-timeout|wake-up-delay-duration)$/;

/** What nobody can write as TOML, under keys that the operator does not look at. */
const NO_TOML = /must not be null|items of one type|64 bits, not|finite number|list of lists/;

/** What TiKV does not start with, and the operator does not look at. */
const FOR_TIKV = 'store-label-syntax';

const isThere = OPERATOR_JUDGE.path !== undefined && OPERATOR_CRDS.path !== undefined;

describe.skipIf(!isThere).each(['tikv', 'tidb'] as const)("a %s group's map", (name) => {
  const place = PLACES.find((one) => one.path[0] === name) ?? PLACES[0];

  test('has the types, names and values that the operator gives the keys that it knows', async () => {
    const configs = fc.sample(anyMap(name), runs(400));
    const verdicts =
      place === undefined ? [] : asOperated(configs.map((config) => clusterWith(place, config)));
    const groups = await Promise.all(configs.map((config) => renderGroup(name, config)));
    const typed = asTyped(groups.map(({ text }) => ({ component: name, text })));
    let compared = 0;
    for (const [index, config] of configs.entries()) {
      const { errors, text } = groups[index] ?? { errors: [], text: '' };
      const { refusedBy, written } = verdicts[index] ?? {};
      if (refusedBy !== undefined) {
        expect({ config, refusedBy, errors }).not.toMatchObject({ errors: [] });
      } else if (errors.length > 0) {
        const others = errors.filter(({ code, message }) => code !== FOR_TIKV && !NO_TOML.test(message));
        expect({ config, errors: others }).toEqual({ config, errors: [] });
      } else {
        compared++;
        const ours = values(text);
        const theirs = [...values(String(at(written?.spec, name, 'config')))];
        for (const [path, value] of theirs) {
          // A null under a key of the user's is text without letters to the operator, and nothing here.
          if (MILLISECONDS.test(path) || (value === '' && !ours.has(path))) continue;
          expect({ config, path, value: ours.get(path) }).toEqual({ config, path, value });
        }
        if (![...ours.keys()].some((path) => MILLISECONDS.test(path))) {
          expect({ config, refused: typed[index] }).toEqual({ config, refused: '' });
        }
      }
    }
    expect(compared).toBeGreaterThan(runs(150));
  });
});
