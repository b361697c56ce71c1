import { GENERATED_BY, type TidbCluster } from '../api/index.ts';
import { byName, type GroupComponent } from '../components/index.ts';
import { isEngineKey } from '../gitops/index.ts';
import { isCarried, workloadsOf } from '../heterogeneous/index.ts';
import { metadataOf } from '../list/index.ts';
import { changedFields } from '../plan/index.ts';
import { formatPath, type Path, Problems, type Subject } from '../problem/index.ts';
import { isMap, type MapValue, mapsAt } from '../yaml/index.ts';

/**
 * Reports where a group renders something else than the TidbCluster; returns what the latter renders, by kind and name.
 */
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
      const [ours, its] = shownApart(now, old);
      const message = `the ${title} of the group has ${ours} in \`${field}\`, but TiDB Operator has ${its}; make the settings of both TidbClusters equal, or expect this change`;
      problems.add('adopt-differs', cluster.origin, ['spec', component.name], message, 'key');
    }
    if (other === undefined && rendered.length > 0) {
      const message = `TiDB Operator makes a ${title}, but the group does not; make the settings of both TidbClusters equal`;
      problems.add('adopt-differs', cluster.origin, ['spec', component.name], message, 'key');
    }
  }
  reportNewer(cluster, component, problems);
  reportOwnPD(cluster, component, problems);
  reportRestart(cluster, component, theirs, problems);
  return theirs.map(titleOf);
}

/** A field that Kubernetes drops from a TidbCluster, but accepts in a group's resources. */
function reportNewer({ origin }: Subject<TidbCluster>, component: GroupComponent, problems: Problems): void {
  for (const { code, origin: where, path = [] } of problems.all.slice()) {
    if (code !== 'field-unknown-operator' || where !== origin) continue;
    if (path[0] !== 'spec' || !isCarried(String(path[1]), component)) continue;
    const message = `\`${formatPath(path)}\` has no effect, because TiDB Operator v1.6 does not know it, and would take effect in the group; remove it first`;
    problems.add('adopt-differs', origin, path, message, 'key');
  }
}

/** Where a heterogeneous TidbCluster has PD, its other servers ask that one; members of PD ask the one they join. */
function reportOwnPD(
  { object, origin }: Subject<TidbCluster>,
  component: GroupComponent,
  problems: Problems,
): void {
  const { pd } = byName;
  if (!object.spec.pd || component.name === pd.name) return;
  const message = `\`spec.${component.name}\` stands beside \`spec.${pd.name}\`, so its servers ask the members of PD here ("${origin.id.name}-${pd.name}"), but a group asks those of the TidbCluster that it names, so its pods restart when the group takes over`;
  problems.add('adopt-differs', origin, ['spec', component.name], message, 'key');
}

/** A text that the group passes to the server unchanged, and the operator to a shell. */
function reportWords({ origin }: Subject<TidbCluster>, path: Path, problems: Problems): void {
  const message = `\`${formatPath(path)}\` has special characters of the shell: in TiDB Operator's start script the shell splits it or runs parts of it, but the group passes it unchanged, as one word; write the result`;
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
    ? "with `configUpdateStrategy: RollingUpdate` the ConfigMap is named after its contents, and the start script in it differs from the operator's"
    : "the start script is in the command of their container, and differs from the operator's";
  const message = `the pods restart once when the group takes over, one after another: ${why}`;
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

const LONGEST = 60;
/** How much of what both have alike stands before the difference. */
const BEFORE = 20;

/** Two values as far as they fit in a message, from shortly before the first place where they differ. */
function shownApart(one: unknown, other: unknown): [one: string, other: string] {
  const texts = [one, other].map((value) => (value === undefined ? undefined : JSON.stringify(value)));
  const [a = '', b = ''] = texts;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const isLong = Math.max(a.length, b.length) > LONGEST;
  const start = isLong && same > BEFORE && b !== '' && a !== '' ? same - BEFORE : 0;
  const [first = '', second = ''] = texts.map((text) => (text === undefined ? 'nothing' : cut(text, start)));
  return [first, second];
}

function cut(text: string, start: number): string {
  const end = start + LONGEST;
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
}

/** Without what engines and this project read on a resource, and pods never see. */
function withoutEngines(resource: MapValue): MapValue {
  const { annotations, ...metadata } = metadataOf(resource);
  const kept = Object.entries(isMap(annotations) ? annotations : {}).filter(
    ([key]) => key !== GENERATED_BY && !isEngineKey(key),
  );
  const own = kept.length > 0 ? { annotations: Object.fromEntries(kept) } : {};
  return { ...resource, metadata: { ...metadata, ...own } };
}
