import { byName, GROUP_LABEL } from '../components/index.ts';
import { ONLINE_KEYS } from '../components/online-keys.generated.ts';
import { quote } from '../expand/index.ts';
import { sameValue, type Value } from '../yaml/index.ts';
import { environmentLabels, labelsOf, pdCtl } from './advice.ts';
import type { ConfigChange } from './config-changes.ts';
import { changedPairs, type Finding, type Rule, textOfValue } from './finding.ts';
import { saidToPD } from './servers.ts';
import { sizeText, storageOf } from './volumes.ts';
import { hasQuorum, hasRegions, type Workload } from './workload.ts';

/** Whether one side only spells out a default. */
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
          message: `${byName[now.component].title} does not start on data that was written with another \`${key}\` (${shown(old)} → ${shown(value)}): each store fails at its next restart, and stays down`,
          instead: [
            'Revert the change for stores that have data.',
            'For stores with the new setting, add a group with another name, and remove the old one as described for its removal, which moves the data.',
          ],
          facts: [key, textOfValue(old ?? null), textOfValue(value ?? null)],
        }),
      );
  });

function shown(value: Parameters<typeof textOfValue>[0] | undefined): string {
  return value === undefined ? 'not set' : textOfValue(value);
}

/** Store labels, which decide placement, and the keys that PD uses. */
export const placement: Rule = (sides) => {
  // The labels by which PD spreads replicas.
  const located = new Set<unknown>(
    [...saidToPD(sides.compared, 'now', 'replication.location-labels')].flat(),
  );
  return changedPairs(sides).flatMap(({ old, now, change }): Finding[] => {
    if (hasQuorum(now)) {
      // Members of a group join, and do not have what their config says of replicas.
      if (now.owner.kind !== 'TidbCluster') return [];
      return change.config
        .filter(({ key }) => key === 'replication.location-labels' || key === 'replication.isolation-level')
        .map(({ key, old: was, new: is }) => ({
          code: 'placement-changed',
          workloads: [now],
          message: `\`${key}\` (${shown(was)} → ${shown(is)}) decides across which zones or hosts replicas are spread; a running PD does not read it from the file, so the resource would not match PD`,
          instead: [
            `Set it in PD, at a time when data may move: \`${pdCtl(old)} config set ${key.split('.')[1]} …\`; then write the same here.`,
          ],
          facts: [key, shown(was), shown(is)],
        }));
    }
    if (!hasRegions(now)) return [];
    const [before, after] = [storeLabels(old), storeLabels(now)];
    // A label that only names the group is new to PD: nothing can ask for it yet.
    if (!before.has(GROUP_LABEL) && !located.has(GROUP_LABEL)) after.delete(GROUP_LABEL);
    const changed = changedLabels(before, after);
    if (changed.length === 0) return [];
    const gone = [...before.keys()].filter((key) => !after.has(key));
    const most = storageOf(old.suspended ? { claims: old.claims, replicas: now.replicas } : old);
    return [
      {
        code: 'placement-changed',
        workloads: [now],
        message: `the stores of ${now.set} get other labels (${changed.join(', ')}): PD moves data until its placement fits them again, up to ${sizeText(most)} off these stores and as much onto others`,
        instead: [
          'First check where the data would go: `SHOW PLACEMENT;` and PD’s `location-labels`.',
          ...setFirst(old, before, after),
          ...gone.map(
            (key) =>
              `PD keeps the label "${key}" until somebody removes it: \`${pdCtl(old)} store label ID ${quote(key)} --delete\`.`,
          ),
          'Otherwise add a group with the new labels, wait until it has taken its share, and remove this one.',
        ],
        facts: [now.set, now.owner.namespace, ...changed],
        movesBytes: most,
      },
    ];
  });
};

/** How to see what new labels do before every store has them. A shell would take `$group` for a variable. */
function setFirst(
  old: Workload,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const pairs = [...after]
    .filter(([key, value]) => before.get(key) !== value)
    .map(([key, value]) => quote(`${key}=${value}`));
  if (pairs.length === 0) return [];
  const what = pairs.length === 1 ? 'the label' : 'the labels';
  return [
    `First set ${what} of one store by hand and watch: \`${pdCtl(old)} store label ID ${pairs.join(' ')}\`.`,
  ];
}

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
