import { expect, test } from 'vitest';
import { GENERATED_BY } from '../../src/api/index.ts';
import { Item, NO_CHANGES } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { reportUnrendered } from '../../src/render/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { growthOfReads, LookedAt } from '../support/looked-at.ts';
import { LINEAR } from '../support/steps/counted.ts';

const inZone = (kind: string, zone: string): MapValue => ({
  kind,
  metadata: {
    name: `hot-${zone}-tikv`,
    namespace: 'db',
    annotations: { [GENERATED_BY]: `TiKVGroup/hot-${zone}` },
  },
});

test('what is missing in the zones of a group is found in steps in proportion', async () => {
  const readsOf = (size: number) => {
    const zones = Array.from({ length: size }, (_, index) => `z${index}`);
    const group = Item.of({
      apiVersion: 'pingcap.com/v1alpha1',
      kind: 'TiKVGroup',
      metadata: { name: 'hot', namespace: 'db' },
      spec: { zones },
    });
    const missing = new LookedAt(zones.map((zone) => inZone('Service', zone)));
    const sets = zones.map((zone) => Item.of(inZone('StatefulSet', zone)));
    const additions = new Map([[group, missing.items]]);
    const problems = new Problems();
    reportUnrendered([group, ...sets], { ...NO_CHANGES, additions }, problems);
    const said = problems.all.filter(({ message }) => /^the Service ".*" is missing/.test(message));
    expect(said).toHaveLength(size);
    return missing.reads;
  };
  expect(await growthOfReads(readsOf)).toBeLessThanOrEqual(LINEAR);
});
