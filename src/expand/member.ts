import type { ComponentName, GroupSpec, ServerSpec, TidbCluster, TidbClusterSpec } from '../api/index.ts';
import type { Problems, Subject } from '../problem/index.ts';
import { withoutNulls } from './copy.ts';
import { type Helper, helperOf } from './image.ts';
import { type InheritedSettings, inheritSettings } from './inherit.ts';
import { memberNames, type Names } from './names.ts';
import { pdAddress } from './pd-address.ts';
import type { Report } from './report.ts';

/** What a group is expanded from: itself, the cluster that it means, and where to report. */
export interface ExpandInput<Group> {
  readonly group: Subject<Group>;
  readonly cluster: Subject<TidbCluster>;
  readonly problems: Problems;
}

/** What every part of a group's workloads is made from. */
export interface Member<Spec extends ServerSpec = ServerSpec> {
  readonly component: ComponentName;
  readonly names: Names;
  readonly annotations: { readonly [key: string]: string };
  readonly spec: Spec;
  readonly cluster: TidbClusterSpec;
  readonly settings: InheritedSettings;
  readonly helper: Helper;
  readonly clusterTls: boolean;
  /** PD's address without scheme: `basic-pd:2379`. */
  readonly pd: string;
  readonly report: Report;
}

/** A group of any kind, as far as it is expanded. */
export interface Group<Spec> {
  readonly metadata: TidbCluster['metadata'];
  readonly spec: Spec;
}

export function memberOf<Spec extends ServerSpec & { slowLogTailer?: Partial<Helper> }>(
  component: ComponentName,
  { group, cluster, problems }: ExpandInput<Group<Spec & GroupSpec>>,
): Member<Spec> {
  const { metadata, spec } = withoutNulls(group.object);
  const base = withoutNulls(cluster.object);
  const report: Report = (code, path, message, spot) =>
    problems.add(code, group.origin, path, message, 'value', spot);
  const names = memberNames(component, metadata);
  return {
    component,
    names,
    annotations: metadata.annotations ?? {},
    spec,
    cluster: base.spec,
    settings: inheritSettings(spec, base.spec),
    helper: helperOf(base.spec, spec.slowLogTailer),
    clusterTls: base.spec.tlsCluster?.enabled ?? false,
    pd: pdAddress(base, spec.cluster?.namespace, names.namespace),
    report,
  };
}
