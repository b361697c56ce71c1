import { sameValue, type Value } from '../list/index.ts';
import { environmentLabels, labelsOf, pdCtl, word } from './advice.ts';
import type { ConfigChange } from './config-changes.ts';
import { changedPairs, type Finding, type Rule, textOfValue } from './finding.ts';
import { sizeText, storageOf } from './volumes.ts';
import { serverOf, type Workload } from './workload.ts';

/**
 * Keys that TiKV compares at its start with those of its last run, and does not start where they differ; each with what
 * holds where it is not written. The data directory is not among them: the start script says it, whatever the config has.
 * Source: TiKV, `check_critical_cfg_with`; of the last two, `check_api_version` and the engine's own files.
 */
export const REFUSED: { readonly [key: string]: Value } = {
  'rocksdb.wal-dir': '',
  'raftdb.wal-dir': '',
  'raftstore.raftdb-path': '',
  'raft-engine.dir': '',
  'storage.enable-ttl': false,
  'storage.api-version': 1,
  'storage.engine': 'raft-kv',
};

/** Whether one side says no more than what holds where nothing is said. */
function isDefault(key: string, { old, new: value }: ConfigChange): boolean {
  const standard = REFUSED[key];
  return sameValue(old ?? standard, value ?? standard);
}

export const refusedKeys: Rule = (site) =>
  changedPairs(site).flatMap(({ now, change }) => {
    if (now.component !== 'tikv') return [];
    return change.config
      .filter((changed) => Object.hasOwn(REFUSED, changed.key) && !isDefault(changed.key, changed))
      .map(
        ({ key, old, new: value }): Finding => ({
          code: 'config-refused',
          workloads: [now],
          message: `TiKV does not start on data that was written with another \`${key}\` (${shown(old)} → ${shown(value)}): each store stops at its next restart, and stays down`,
          instead: [
            'Take the change back for stores that have data.',
            'For stores with the new setting, add a group of another name, and move the data over by removing the old one as its removal is described.',
          ],
          facts: [key, textOfValue(old ?? null), textOfValue(value ?? null)],
        }),
      );
  });

function shown(value: Parameters<typeof textOfValue>[0] | undefined): string {
  return value === undefined ? 'not set' : textOfValue(value);
}

/** Labels of stores, by which placement decides; and the keys that PD looks at. */
export const placement: Rule = (site) =>
  changedPairs(site).flatMap(({ old, now, change }): Finding[] => {
    if (old.suspended || now.suspended) return [];
    if (now.component === 'pd') {
      return change.config
        .filter(({ key }) => key === 'replication.location-labels' || key === 'replication.isolation-level')
        .map(({ key, old: was, new: is }) => ({
          code: 'placement-changed',
          workloads: [now],
          message: `\`${key}\` (${shown(was)} → ${shown(is)}) decides over which zones or hosts the replicas are spread; a running PD does not read it from the file, so the resource would say something else than what is true`,
          instead: [
            `Set it where PD keeps it, when data may move: \`${pdCtl(old)} config set ${key.split('.')[1]} …\`; then write the same here.`,
          ],
          facts: [key, shown(was), shown(is)],
        }));
    }
    if (now.component !== 'tikv') return [];
    const [before, after] = [storeLabels(old), storeLabels(now)];
    const changed = changedLabels(before, after);
    if (changed.length === 0) return [];
    const gone = [...before.keys()].filter((key) => !after.has(key));
    const most = storageOf(old);
    return [
      {
        code: 'placement-changed',
        workloads: [now],
        message: `the stores of ${now.set} get other labels (${changed.join(', ')}): PD moves data until its placement fits them again, up to ${sizeText(most)} off these stores and as much onto others`,
        instead: [
          'See first where the data would lie: `SHOW PLACEMENT;` and PD’s `location-labels`.',
          `Where a label only joins others that stay, set it by hand first and watch: \`${pdCtl(old)} store label ID KEY=VALUE\`.`,
          ...gone.map(
            (key) =>
              `PD keeps the label "${key}" until somebody takes it off: \`${pdCtl(old)} store label ID ${word(key)} --delete\`.`,
          ),
          'Otherwise add a group with the new labels, wait until it has taken its share, and remove this one.',
        ],
        facts: [now.set, now.owner.namespace, ...changed],
        movesBytes: most,
      },
    ];
  });

function storeLabels(workload: Workload): Map<string, string> {
  return new Map([...labelsOf(workload), ...environmentLabels(serverOf(workload))]);
}

function changedLabels(old: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
  return keys
    .filter((key) => old.get(key) !== now.get(key))
    .map((key) => `${key}: ${quoted(old.get(key))} → ${quoted(now.get(key))}`);
}

function quoted(value: string | undefined): string {
  return value === undefined ? 'none' : `"${value}"`;
}
