import type {
  ComponentName,
  DrainSpec,
  GroupSpec,
  Rollout,
  ServerSpec,
  TidbCluster,
  TidbClusterSpec,
} from '../api/index.ts';
import { Field, type Problems, type Subject } from '../problem/index.ts';
import { withoutNulls } from './copy.ts';
import { type Helper, helperOf } from './image.ts';
import { type InheritedSettings, inheritSettings } from './inherit.ts';
import { memberNames, type Names } from './names.ts';
import { type Base, baseOf, pdAddresses } from './pd-address.ts';
import { type SafeParts, writtenRollout } from './rollout.ts';

/** What a group is expanded from: itself, the cluster that it means, and where to report. */
export interface ExpandInput<Group> {
  readonly group: Subject<Group>;
  readonly cluster: Subject<TidbCluster>;
  /** Where that cluster is, if another one stands for it. */
  readonly base?: Base;
  /** How it is rendered where it does not say so itself. Default: Plain. */
  readonly rollout?: Rollout;
  /** How it is drained before its servers go, where it can be. Default: not at all. */
  readonly drain?: DrainSpec | undefined;
  readonly problems: Problems;
}

/** What every part of a group's workloads is made from. */
export interface Member<Spec extends ServerSpec = ServerSpec> {
  readonly component: ComponentName;
  readonly names: Names;
  readonly annotations: { readonly [key: string]: string };
  readonly spec: Spec;
  /** What is beside it in its TidbCluster; a group has nothing beside it. */
  readonly within: TidbClusterSpec | undefined;
  readonly cluster: TidbClusterSpec;
  /** The TidbCluster's own place: its Services are called after it. */
  readonly base: Base;
  readonly settings: InheritedSettings;
  readonly helper: Helper;
  readonly clusterTls: boolean;
  /** PD's address without scheme: `basic-pd:2379`. */
  readonly pd: string;
  /** The same as the address of its Service, whatever `pdAddresses` says. */
  readonly pdService: string;
  readonly rollout: Rollout;
  /** What it has more, if it is rendered `Safe`. */
  readonly safe?: SafeParts;
  /** Whether Kubernetes deletes the claims of its servers that go. */
  readonly deletesClaims?: boolean;
  /** The group as a whole, for problems of its fields. */
  readonly at: Field;
}

/** A group of any kind, as far as it is expanded. */
export interface Group<Spec> {
  readonly metadata: TidbCluster['metadata'];
  readonly spec: Spec;
  /** Of a component of a TidbCluster, the spec that it is in; a group is in none. */
  readonly within?: TidbClusterSpec;
}

export function memberOf<Spec extends ServerSpec & { slowLogTailer?: Partial<Helper> }>(
  component: ComponentName,
  { group, cluster, base: elsewhere, rollout = 'Plain', problems }: ExpandInput<Group<Spec & GroupSpec>>,
): Member<Spec> {
  const { metadata, spec, within } = withoutNulls(group.object);
  const base = withoutNulls(cluster.object);
  const names = memberNames(component, metadata);
  return {
    component,
    names,
    annotations: metadata.annotations ?? {},
    spec,
    within,
    cluster: base.spec,
    base: elsewhere ?? baseOf(base, spec.cluster?.namespace, names.namespace),
    settings: inheritSettings(spec, base.spec),
    helper: helperOf(base.spec, spec.slowLogTailer),
    clusterTls: base.spec.tlsCluster?.enabled ?? false,
    ...pdAddresses(base, spec.cluster?.namespace, names.namespace),
    // What is in a TidbCluster is not ours to roll.
    rollout: within === undefined ? (writtenRollout(metadata.annotations) ?? rollout) : 'Plain',
    at: new Field(group.origin, problems),
  };
}
