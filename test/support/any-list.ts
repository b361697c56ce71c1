import fc from 'fast-check';
import type { MapValue } from '../../src/yaml/index.ts';
import { anyMap, anyText } from './any-value.ts';
import { Choices } from './styled/choices.ts';
import { styledList } from './styled/list.ts';

const anyName = fc.stringMatching(/^[a-z](?:[a-z0-9-]{0,8}[a-z0-9])?$/);

/** Fields that several resources share, so that a writer can use aliases. */
const SHARED = [{ app: 'web', tier: 'front end' }, { team: 'db\nand more\n' }, { 'example.com/on': 'true' }];
const anyLabels = fc.constantFrom(...SHARED);

const anyKind = fc.constantFrom('ConfigMap', 'Deployment', 'Secret', 'Service', 'StatefulSet', 'Widget');

/** A resource of a kind that this project does not handle. */
export const anyResource: fc.Arbitrary<MapValue> = fc
  .tuple(
    fc.record({ apiVersion: fc.constantFrom('v1', 'apps/v1', 'example.com/v1'), kind: anyKind }),
    fc.record(
      { name: fc.oneof(anyName, anyText), namespace: anyName, labels: anyLabels, annotations: anyLabels },
      { requiredKeys: ['name'], noNullPrototype: true },
    ),
    fc.record({ data: anyMap, spec: anyMap }, { requiredKeys: [], noNullPrototype: true }),
    fc.constantFrom([0, 1, 2, 3, 4], [1, 0, 2, 3, 4], [2, 0, 1, 3, 4], [3, 4, 1, 2, 0]),
  )
  .map(([id, metadata, fields, order]) => {
    const entries = Object.entries({ ...id, metadata, ...fields });
    return Object.fromEntries(order.flatMap((index) => entries.slice(index, index + 1)));
  });

/** A ResourceList in some style, and what it means. */
export interface AnyList {
  readonly items: readonly MapValue[];
  readonly config: MapValue | undefined;
  readonly text: string;
}

export const anyChoices = fc
  .array(fc.nat({ max: 0x3fffffff }), { maxLength: 60 })
  .map((numbers) => new Choices(numbers));

const anyConfig = fc.option(fc.record({ data: anyMap }, { noNullPrototype: true }), { nil: undefined });

export const anyList: fc.Arbitrary<AnyList> = fc
  .tuple(
    fc.array(anyResource, { maxLength: 5 }),
    anyConfig.map(
      (data) => data && { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, ...data },
    ),
    fc.array(fc.nat({ max: 0x3fffffff }), { maxLength: 60 }),
  )
  .map(([items, config, numbers]) => ({
    items,
    config,
    text: styledList(items, config, new Choices(numbers)),
  }));
