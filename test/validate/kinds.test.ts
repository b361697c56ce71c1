import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { byKind } from '../../src/components/index.ts';
import { isUnknownKind, meantKinds } from '../../src/validate/index.ts';
import { CLUSTER, resourceList, stream, TIKV_GROUP } from '../support/basic.ts';
import { Sandbox } from '../support/sandbox.ts';

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
  for (const kind of OTHERS.split(' ')) {
    expect(meantKinds('pingcap.com/v1alpha1', kind)).toEqual([]);
    expect(isUnknownKind('pingcap.com/v1alpha1', kind)).toBe(false);
  }
});

test('a group of what cannot be one is none', () => {
  expect(meantKinds('pingcap.com/v1alpha1', 'PumpGroup')).toEqual(Object.keys(byKind));
});

/** Each would have been ignored, and its settings lost. */
describe('a function config with another apiVersion', () => {
  const ALL = stream(CLUSTER, TIKV_GROUP);
  const rows = [
    'groups.pingcap.com/v1beta1',
    'group.pingcap.com/v1alpha1',
    'pingcap.com/v1alpha1',
    'v1',
  ].flatMap((apiVersion) => ['ExpandTidbGroups', 'ValidateTidbGroups'].map((kind) => ({ apiVersion, kind })));
  test.each(rows)('$apiVersion, $kind, is an error at its line, through each door', async (row) => {
    const { apiVersion, kind } = row;
    const config = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: c}\nspec: {rollout: Plain}\n`;
    const says = `error: ${kind} c: \`apiVersion\` of ${kind.startsWith('E') ? 'an' : 'a'} ${kind} must be "groups.pingcap.com/v1alpha1", but is "${apiVersion}"; write that one [field-enum]`;
    const sandbox = new Sandbox();
    const kptfile =
      'apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata: {name: p}\npipeline: {mutators: [{exec: tidb-groups, configPath: c.yaml}]}\n';
    sandbox.write({
      'p/db.yaml': ALL,
      'p/c.yaml': config,
      'k/db.yaml': ALL,
      'k/c.yaml': config,
      'k/Kptfile': kptfile,
    });
    for (const args of [
      ['render', 'p'],
      ['validate', 'p'],
      ['render', 'k'],
      ['render', '--config', 'p/c.yaml', 'p/db.yaml'],
    ]) {
      const { status, stdout, stderr } = sandbox.groups(args);
      expect([args, status, `${stdout}${stderr}`.match(/^.*: error: .*$/gm)]).toEqual([
        args,
        1,
        [`${args[1] === 'k' ? 'k' : 'p'}/c.yaml:1:13: ${says}`],
      ]);
      expect(stdout).not.toContain('StatefulSet');
    }
    const asConfig = `${resourceList(CLUSTER)}functionConfig:\n  ${config.trimEnd().replaceAll('\n', '\n  ')}\n`;
    for (const list of [asConfig, resourceList(CLUSTER, config)]) {
      const { failed, messages } = await run(Buffer.from(list));
      expect([failed, messages]).toEqual([true, [says]]);
    }
  });
});
