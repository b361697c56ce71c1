import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configPlaces } from '../../src/components/index.ts';
import { NOWHERE } from '../../src/problem/index.ts';
import { isTidbCluster } from '../../src/validate/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { renderCluster } from '../support/config-places.ts';
import { asOperated } from '../support/operator-judge.ts';
import { describeWith, OPERATOR_CRDS, OPERATOR_EXAMPLES, OPERATOR_JUDGE } from '../support/tools.ts';

/** The TidbClusters of all files below a directory. */
function clustersIn(directory: string): { readonly file: string; readonly text: string }[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) =>
      readFileSync(join(directory, file), 'utf8')
        .split(/^---.*$/m)
        .filter((text) => /^kind: TidbCluster\s*$/m.test(text))
        .map((text) => ({ file, text })),
    );
}

/** Its container has no image, which the operator's own validation refuses. */
const WRONG = ['podpatch/tidb-cluster.yaml'];

const isThere = OPERATOR_JUDGE.path !== undefined && OPERATOR_CRDS.path !== undefined;

describeWith([OPERATOR_EXAMPLES], 'TidbClusters', (directory) => {
  test.skipIf(!isThere)('are right, and come out with the configs that the operator writes', async () => {
    const clusters = clustersIn(directory);
    expect(clusters.length).toBeGreaterThan(40);
    const verdicts = asOperated(clusters.map(({ text }) => text));
    const wrong: string[] = [];
    for (const [index, { file, text }] of clusters.entries()) {
      const { object, errors } = await renderCluster(text);
      if (errors.length > 0) wrong.push(file);
      else
        expect({ file, configs: configsIn(object) }).toEqual({
          file,
          configs: configsIn(verdicts[index]?.written),
        });
    }
    expect(wrong).toEqual(WRONG);
    const all = verdicts.flatMap(({ written }) => configsIn(written) ?? []);
    expect(all.length).toBeGreaterThan(100);
  });
});

function configsIn(object: MapValue | undefined): [string, unknown][] | undefined {
  if (object === undefined || !isTidbCluster(object, NOWHERE)) return undefined;
  return configPlaces(object).map(({ path, config }) => [path.join('.'), config]);
}
