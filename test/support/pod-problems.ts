import type { TidbCluster } from '../../src/api/index.ts';
import { openStream } from '../../src/list/index.ts';
import { type Problem, Problems } from '../../src/problem/index.ts';
import { INTEREST, render } from '../../src/render/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { writeMap } from '../../src/yaml-write/index.ts';
import { readFixture } from './table.ts';

const { base } = readFixture<{ base: { readonly TidbCluster: TidbCluster } }>('problems/meaning.yaml');

/** The TidbCluster that groups join. */
export const JOINED = base.TidbCluster;
const CLUSTER: MapValue = JSON.parse(JSON.stringify(JOINED));

/** The problems of each resource, in one render of all. */
export async function problemsOfEach(resources: readonly MapValue[]): Promise<readonly Problem[][]> {
  const named = resources.map((one, index) => ({
    ...one,
    metadata: { name: `g${index}`, namespace: 'tidb' },
  }));
  const text = [CLUSTER, ...named].map((one) => writeMap(one)).join('---\n');
  const problems = new Problems();
  await render(await openStream('input.yaml', Buffer.from(text), INTEREST, problems), problems);
  const found = resources.map((): Problem[] => []);
  for (const problem of problems.all) {
    const index = /^g(\d+)$/.exec(problem.origin?.id.name ?? '')?.[1];
    // Two groups in this test may use the same host port.
    if (index !== undefined && problem.code !== 'collision') found[Number(index)]?.push(problem);
  }
  return found;
}
