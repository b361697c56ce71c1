import { byName } from '../components/index.ts';
import { ONLINE_KEYS } from '../components/online-keys.generated.ts';
import { quote } from '../expand/index.ts';
import { sameValue, type Value } from '../yaml/index.ts';
import { environmentLabels, labelsOf, pdCtl } from './advice.ts';
import type { ConfigChange } from './config-changes.ts';
import { changedPairs, type Finding, type Rule, textOfValue } from './finding.ts';
import { sizeText, storageOf } from './volumes.ts';
import { hasQuorum, hasRegions, type Workload } from './workload.ts';

/** Whether one side says no more than what holds where nothing is said. */
function isDefault(standard: Value | undefined, { old, new: value }: ConfigChange): boolean {
  return sameValue(old ?? standard, value ?? standard);
}

export const refusedKeys: Rule = (sides) =>
  changedPairs(sides).flatMap(({ now, change }) => {
    const { refused = {} } = ONLINE_KEYS[now.component] ?? {};
    return change.config
      .filter((changed) => Object.hasOwn(refused, changed.key) && !isDefault(refused[changed.key], changed))
      .map(
        ({ key, old, new: value }): Finding => ({
          code: 'config-refused',
          workloads: [now],
          message: `${byName[now.component].title} does not start on data that was written with another \`${key}\` (${shown(old)} → ${shown(value)}): each store stops at its next restart, and stays down`,
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
export const placement: Rule = (sides) =>
  changedPairs(sides).flatMap(({ old, now, change }): Finding[] => {
    if (old.suspended || now.suspended) return [];
    if (hasQuorum(now)) {
      // Members of a group join, and do not have what their config says of replicas.
      if (now.owner.kind !== 'TidbCluster') return [];
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
    if (!hasRegions(now)) return [];
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
              `PD keeps the label "${key}" until somebody takes it off: \`${pdCtl(old)} store label ID ${quote(key)} --delete\`.`,
          ),
          'Otherwise add a group with the new labels, wait until it has taken its share, and remove this one.',
        ],
        facts: [now.set, now.owner.namespace, ...changed],
        movesBytes: most,
      },
    ];
  });

function storeLabels(workload: Workload): Map<string, string> {
  return new Map([...labelsOf(workload), ...environmentLabels(workload)]);
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
