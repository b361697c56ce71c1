import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byKind } from '../../src/components/index.ts';
import { meantKinds } from '../../src/validate/index.ts';

const OURS = ['TidbCluster', ...Object.keys(byKind)];

/** As TiDB Operator v1.6 registers them, and those of earlier releases. */
const OTHERS =
  'Backup BackupList BackupSchedule CompactBackup DataResource DMCluster Restore TidbClusterAutoScaler TidbDashboard ' +
  'TidbInitializer TidbMonitor TidbNGMonitoring';

test('a kind of ours is found by its letters, whichever case they have', () => {
  const letters = fc.constantFrom(...OURS).chain((kind) =>
    fc.array(fc.boolean(), { minLength: kind.length, maxLength: kind.length }).map((upper) => ({
      kind,
      written: [...kind].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter.toLowerCase())),
    })),
  );
  fc.assert(
    fc.property(letters, ({ kind, written }) => {
      const text = written.join('');
      expect(meantKinds('pingcap.com/v1alpha1', text)).toEqual(text === kind ? [] : [kind]);
      expect(meantKinds('pingcap.com/v1', text)).toEqual([kind]);
      expect(meantKinds('core.pingcap.com/v1alpha1', text)).toEqual([]);
    }),
  );
});

test("a letter too few or too many is a typo of a kind, and none of TiDB Operator's kinds is one", () => {
  for (const kind of OURS) {
    for (const index of [...kind].keys()) {
      expect(meantKinds('pingcap.com/v1alpha1', kind.slice(0, index) + kind.slice(index + 1))).toContain(
        kind,
      );
      expect(meantKinds('pingcap.com/v1alpha1', `${kind.slice(0, index)}x${kind.slice(index)}`)).toContain(
        kind,
      );
    }
  }
  for (const kind of OTHERS.split(' ')) expect(meantKinds('pingcap.com/v1alpha1', kind)).toEqual([]);
});

test('a group of what cannot be one is none', () => {
  expect(meantKinds('pingcap.com/v1alpha1', 'PumpGroup')).toEqual(Object.keys(byKind));
});
