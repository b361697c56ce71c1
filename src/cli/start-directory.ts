import { join } from 'node:path';
import { byKind, isGroupKind } from '../components/index.ts';
import { quote } from '../expand/index.ts';
import { FIRST_CLUSTER, FIRST_GROUPS, groupsFrom, startingFiles, type Tool } from '../init/index.ts';
import { type Place, type Problem, Problems } from '../problem/index.ts';
import { renderToValidate } from '../render/index.ts';
import { asLines } from '../report/index.ts';
import { type Base, baseIn } from './base-file.ts';
import { Loaded } from './load.ts';
import { Misuse } from './misuse.ts';
import { checkIsFree, type NewFiles, writeNewFiles } from './new-files.ts';
import { say } from './say.ts';
import { settingsToValidate } from './settings.ts';

const NEXT: { readonly [tool in Tool]: string } = {
  kustomize: 'kustomize build --enable-alpha-plugins --enable-exec',
  kpt: 'kpt fn render --allow-exec',
};

const FIRST: Base = {
  file: 'cluster.yaml',
  bytes: Buffer.from(FIRST_CLUSTER),
  isThere: false,
  name: 'basic',
};

/** Writes what a directory starts with; resolves with the exit status. */
export async function start(directory: string, tool: Tool, from: string | undefined): Promise<number> {
  const base = from === undefined ? FIRST : await baseIn(from, directory);
  if (base === undefined) return 1;
  if (base.isThere && FIRST_GROUPS.has(base.file)) {
    throw new Misuse(
      `"${from}" must have another name, because a group is written to "${base.file}"; rename it`,
    );
  }
  checkIsFree(directory, base.isThere ? base.file : undefined);
  const { groups, problems, notes } = await groupsOf(base);
  say([...asLines(problems.all), ...notes]);
  if (problems.errorCount > 0) return 1;
  const others = startingFiles({ tool, cluster: base.name, resources: [base.file, ...groups.keys()] });
  const cluster = base.isThere ? [] : [[base.file, base.bytes] as const];
  const files: NewFiles = new Map<string, string | Buffer>([...cluster, ...groups, ...others]);
  writeNewFiles(directory, files);
  const wrote = [...files.keys()].map((file) => `wrote ${join(directory, file)}`);
  say([...wrote, `now run: ${NEXT[tool]} ${quote(directory)}`]);
  return 0;
}

/** Groups that join a base, and what is wrong with both. */
interface Checked {
  readonly groups: ReadonlyMap<string, string>;
  readonly problems: Problems;
  readonly notes: readonly string[];
}

/** A setting of the base's own servers that is wrong or does nothing in a group is left out there. */
async function groupsOf({ file, bytes, object }: Base): Promise<Checked> {
  const left = new Set<string>();
  for (;;) {
    const groups = object === undefined ? FIRST_GROUPS : groupsFrom(object, left);
    const problems = await problemsOf(new Map<string, string | Buffer>([[file, bytes], ...groups]));
    const before = left.size;
    const isNew = (place: Place) => groups.has(place.file ?? '');
    if (object !== undefined) for (const field of fieldsOfGroups(problems.all, isNew)) left.add(field);
    if (left.size === before) return { groups, problems, notes: [...left].map(noteOf) };
  }
}

/** `TiKVGroup.failover`: the fields of new groups that are wrong, and right in the base; there may be others beside it. */
function fieldsOfGroups(problems: readonly Problem[], isNew: (place: Place) => boolean): string[] {
  const inBase = new Set(problems.map(({ code, path = [] }) => [code, ...path.slice(0, 3)].join()));
  return problems.flatMap(({ code, severity, origin, path = [] }) => {
    const [section, field] = path;
    const kind = origin?.id.kind ?? '';
    if (severity === 'info' || !isNew(origin?.locate(path, 'value') ?? {})) return [];
    if (!isGroupKind(kind) || section !== 'spec' || field === undefined) return [];
    return inBase.has([code, 'spec', byKind[kind].name, field].join()) ? [] : [`${kind}.${field}`];
  });
}

function noteOf(left: string): string {
  const [kind, field] = left.split('.');
  return `note: the ${kind} is without \`spec.${field}\` of the servers in the TidbCluster, which is not for groups`;
}

async function problemsOf(files: NewFiles): Promise<Problems> {
  const problems = new Problems();
  const loaded = new Loaded(problems);
  for (const [file, contents] of files) await loaded.add(file, Buffer.from(contents));
  await renderToValidate(loaded.items, problems, await settingsToValidate(loaded.items, problems));
  return problems;
}
