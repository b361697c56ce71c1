import { expect, test } from 'vitest';
import { Loaded } from '../../src/cli/load.ts';
import { policiesToPrint } from '../../src/cli/placement-policies.ts';
import { Problems } from '../../src/problem/index.ts';
import { systemOf } from '../../src/system/index.ts';
import { CLUSTER, stream, tikvGroup } from '../support/basic.ts';
import { growthOfReads, LookedAt } from '../support/looked-at.ts';
import { snapshot } from '../support/plan.ts';
import { LINEAR } from '../support/steps/counted.ts';

test('groups that no policy can name are found in steps in proportion', async () => {
  const readsOf = async (size: number) => {
    const groups = Array.from({ length: size }, (_, index) => tikvGroup(`g${index}`, 'basic'));
    const text = stream(CLUSTER, ...groups);
    const [cluster] = systemOf(await snapshot(text)).clusters;
    if (cluster === undefined) throw new Error('there is no cluster');
    const loaded = new Loaded(new Problems());
    await loaded.add('input.yaml', Buffer.from(text));
    const written = new LookedAt(loaded.items);
    const problems = new Problems();
    policiesToPrint({ cluster, maxReplicas: 3, items: written.items }, problems);
    expect(problems.all.map(({ code }) => code)).toEqual(groups.map(() => 'policy-group'));
    return written.reads;
  };
  expect(await growthOfReads(readsOf)).toBeLessThanOrEqual(LINEAR);
});
