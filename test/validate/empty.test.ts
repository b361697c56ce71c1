import { describe, expect, test } from 'vitest';
import type { MapValue } from '../../src/yaml/index.ts';
import { expanded } from '../support/zoned.ts';

const group = (spec: MapValue): MapValue => ({
  apiVersion: 'pingcap.com/v1alpha1',
  kind: 'TiDBGroup',
  metadata: { name: 'web', namespace: 'db' },
  spec: { cluster: { name: 'basic' }, replicas: 2, ...spec },
});

const kindsOf = (made: readonly MapValue[]) => made.map(({ kind }) => kind);

describe('a field that asks for something by being there', () => {
  test.each([
    ['networkPolicy', 'NetworkPolicy', {}],
    ['service', 'Service', {}],
    ['service', 'Service', { zones: ['a', 'b'] }],
  ])('%s asks for nothing where nothing is behind it, and says so once', async (field, kind, more) => {
    const nothing = await expanded([group({ [field]: null, ...more })]);
    expect(nothing.messages.filter((message) => message.includes('has nothing behind it'))).toEqual([
      expect.stringMatching(
        `spec.${field}\` has nothing behind it, .* write \`${field}: {}\` for .*\\[no-effect\\]$`,
      ),
    ]);
    const without = await expanded([group(more)]);
    expect(nothing.made).toEqual(without.made);
    const empty = await expanded([group({ [field]: {}, ...more })]);
    expect(empty.messages).toEqual(without.messages);
    const count = (made: readonly MapValue[]) => kindsOf(made).filter((one) => one === kind).length;
    expect(count(empty.made)).toBeGreaterThan(count(without.made));
  });
});
