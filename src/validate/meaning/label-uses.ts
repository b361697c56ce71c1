import type { Config, EnvVar, GroupOutput, TidbCluster, TiKVSpec } from '../../api/index.ts';
import { byName } from '../../components/index.ts';
import { maySet, spotOf } from '../../config/index.ts';
import { LABELS_VARIABLE } from '../../expand/index.ts';
import { Field, type Origin, type Problems, type Spot, type Subject } from '../../problem/index.ts';
import { isMap } from '../../yaml/index.ts';
import { show } from '../structure/show.ts';
import { readQuietly, valueIn } from './config.ts';
import { componentOf, type Group } from './group-of.ts';

/** The key of a store label, and where somebody wrote it. */
export interface LabelUse {
  readonly key: string;
  readonly at: Field;
  readonly part: 'key' | 'value';
  /** Where in the config, if that is a text. */
  readonly spot?: Spot | undefined;
  /** Whose stores get the label. */
  readonly origin: Origin;
  /** What messages call that. */
  readonly owner: string;
  /** Whether TiDB Operator copies it from a node, to a store that has joined. */
  readonly isCopied?: true;
}

/** The same text for keys by which PD finds the same label. Source: PD, `StoreInfo.GetLabelValue`. */
export function folded(key: string): string {
  return key.toLowerCase();
}

/** The keys of the labels that the stores of a cluster and its groups get. */
export function labelUses(
  cluster: Subject<TidbCluster>,
  groups: readonly Group[],
  output: GroupOutput,
  problems: Problems,
): LabelUse[] {
  const { tikv } = cluster.object.spec;
  const base = new Field(cluster.origin, problems, ['spec', byName.tikv.name]);
  const owner = `the TidbCluster ${show(cluster.origin.id.name)}`;
  return [
    ...(tikv ? owned([...written(tikv, base), ...copied(tikv, base)], cluster.origin, owner) : []),
    ...groups.flatMap((group) => {
      const { kind, spec } = group.object;
      const { tikv: its } = componentOf(group).group.as(spec);
      if (its === undefined) return [];
      const title = `the ${kind} ${show(group.origin.id.name)}`;
      const at = new Field(group.origin, problems, ['spec']);
      const isOperated = output === 'TidbCluster';
      const found = [...written(its, at), ...(isOperated ? copied(its, at) : [])];
      return owned(found, group.origin, title);
    }),
  ];
}

type Found = Omit<LabelUse, 'origin' | 'owner'>;

function owned(found: readonly Found[], origin: Origin, owner: string): LabelUse[] {
  return found.map((one) => ({ ...one, origin, owner }));
}

/** The labels in TiKV's config, and those that the start script reads from the environment. */
function written({ config, env }: TiKVSpec, at: Field): Found[] {
  const text = typeof config === 'string';
  const inConfig = keysIn(config).map((key): Found => {
    const place = at.to('config', ...(text ? [] : ['server', 'labels', key]));
    const spot = text ? spotOf(config, ['server', 'labels', key]) : undefined;
    return { key, at: place, part: text ? 'value' : 'key', spot };
  });
  return [...inConfig, ...inEnv(env ?? [], at.to('env'))];
}

function keysIn(config: Config | undefined): string[] {
  if (typeof config === 'string') {
    if (!maySet(config, 'server.labels')) return [];
    const labels = valueIn(readQuietly(byName.tikv.configs[0], config, 'server'), 'server.labels');
    return labels instanceof Map ? [...labels.keys()] : [];
  }
  const labels = isMap(config?.server) ? config.server.labels : undefined;
  return isMap(labels) ? Object.keys(labels) : [];
}

function inEnv(env: readonly EnvVar[], at: Field): Found[] {
  return env.flatMap(({ name, value }, index) => {
    if (name !== LABELS_VARIABLE || !value) return [];
    const keys = value.split(',').map((label) => label.split('=')[0]?.trim() ?? '');
    return keys.filter(Boolean).map((key) => ({ key, at: at.to(index, 'value'), part: 'value' as const }));
  });
}

/** The labels of nodes that TiDB Operator copies to the stores that it manages itself. */
function copied({ storeLabels }: TiKVSpec, at: Field): Found[] {
  return (storeLabels ?? []).map((key, index) => ({
    key,
    at: at.to('storeLabels', index),
    part: 'value',
    isCopied: true,
  }));
}
