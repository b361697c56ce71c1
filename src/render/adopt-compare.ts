import { GENERATED_BY, type TidbCluster } from '../api/index.ts';
import type { GroupComponent } from '../components/index.ts';
import { isEngineKey } from '../gitops/index.ts';
import { isCarried, workloadsOf } from '../heterogeneous/index.ts';
import { metadataOf } from '../list/index.ts';
import { changedFields } from '../plan/index.ts';
import { formatPath, type Path, Problems, type Subject } from '../problem/index.ts';
import { isMap, type MapValue, mapsAt } from '../yaml/index.ts';

/** Reports where a group renders another thing than the TidbCluster; returns what the latter renders, by kind and name. */
export function compareRenders(
  cluster: Subject<TidbCluster>,
  component: GroupComponent,
  rendered: readonly MapValue[],
  problems: Problems,
): string[] {
  const found = new Problems();
  const theirs = workloadsOf(cluster, component, found);
  for (const { code, path = [], message, part } of found.all) {
    if (code === 'argument-quoted')
      reportWords(cluster, ['spec', component.name, ...path.slice(1)], problems);
    else problems.add(code, cluster.origin, path, message, part);
  }
  const ours = new Map(rendered.map((resource) => [titleOf(resource), withoutEngines(resource)]));
  for (const resource of theirs) {
    const title = titleOf(resource);
    const other = ours.get(title);
    const changes = changedFields(withoutEngines(resource), other);
    for (const { field, old, new: now } of other === undefined ? [] : changes) {
      const message = `the ${title} of the group has ${shown(now)} in \`${field}\`, where TiDB Operator has ${shown(old)}; bring the settings of both TidbClusters together, or expect what this changes`;
      problems.add('adopt-differs', cluster.origin, ['spec', component.name], message, 'key');
    }
    if (other === undefined && rendered.length > 0) {
      const message = `TiDB Operator makes a ${title}, and the group does not; bring the settings of both TidbClusters together`;
      problems.add('adopt-differs', cluster.origin, ['spec', component.name], message, 'key');
    }
  }
  reportNewer(cluster, component, problems);
  reportRestart(cluster, component, theirs, problems);
  return theirs.map(titleOf);
}

/** A field that Kubernetes drops from a TidbCluster, and takes in what a group comes to. */
function reportNewer({ origin }: Subject<TidbCluster>, component: GroupComponent, problems: Problems): void {
  for (const { code, origin: where, path = [] } of problems.all.slice()) {
    if (code !== 'field-unknown-operator' || where !== origin) continue;
    if (path[0] !== 'spec' || !isCarried(String(path[1]), component)) continue;
    const message = `\`${formatPath(path)}\` has no effect, because TiDB Operator v1.6 does not know it, and would take effect in the group; remove it first`;
    problems.add('adopt-differs', origin, path, message, 'key');
  }
}

/** A text that the group hands to the server as it stands, and the operator to a shell. */
function reportWords({ origin }: Subject<TidbCluster>, path: Path, problems: Problems): void {
  const message = `\`${formatPath(path)}\` has characters that mean something to a shell: TiDB Operator's start script has its shell take it apart or run what is in it, and the group passes it on as one word, as it stands; write what it comes to`;
  problems.add('adopt-differs', origin, path, message);
}

/** The start script of a group is not the operator's, and a change of it changes the pods, wherever it stands. */
function reportRestart(
  cluster: Subject<TidbCluster>,
  component: GroupComponent,
  theirs: readonly MapValue[],
  problems: Problems,
): void {
  const { name } = cluster.origin.id;
  const files = theirs.find(({ kind }) => kind === 'ConfigMap');
  const isNamedAfterData = files !== undefined && metadataOf(files).name !== `${name}-${component.name}`;
  if (!isNamedAfterData && !hasScriptInPod(component, theirs)) return;
  const why = isNamedAfterData
    ? "with `configUpdateStrategy: RollingUpdate` the ConfigMap is named after its contents, and the start script in it is another one than the operator's"
    : "the start script stands in the command of their container, and is another one than the operator's";
  const message = `the pods restart once when the group is taken over, one after another: ${why}`;
  problems.add('adopt-restart', cluster.origin, ['spec', component.name], message, 'key');
}

function hasScriptInPod({ name }: GroupComponent, theirs: readonly MapValue[]): boolean {
  const set = theirs.find(({ kind }) => kind === 'StatefulSet');
  const containers = mapsAt(set, 'spec', 'template', 'spec', 'containers');
  const command = containers.find((container) => container.name === name)?.command;
  return Array.isArray(command) && command[1] === '-c';
}

function titleOf(resource: MapValue): string {
  return `${String(resource.kind)} ${String(metadataOf(resource).name)}`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Without what engines and this project read on a resource, and pods do not come to see. */
function withoutEngines(resource: MapValue): MapValue {
  const { annotations, ...metadata } = metadataOf(resource);
  const kept = Object.entries(isMap(annotations) ? annotations : {}).filter(
    ([key]) => key !== GENERATED_BY && !isEngineKey(key),
  );
  const own = kept.length > 0 ? { annotations: Object.fromEntries(kept) } : {};
  return { ...resource, metadata: { ...metadata, ...own } };
}
