import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { expect } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { GENERATED_BY } from '../../src/api/index.ts';
import { isToolAnnotation } from '../../src/krm/index.ts';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
import { resourceList } from './basic.ts';
import { renderPackage } from './kpt.ts';
import { build, transformer } from './kustomize.ts';
import { at, readYaml, titleOf } from './read-yaml.ts';
import { inTurn } from './runs.ts';
import { type Files, type Ran, Sandbox } from './sandbox.ts';
import { KPT, KUSTOMIZE_5_8, KUSTOMIZES, type Tool } from './tools.ts';

/** A way into the function and out of it again. */
export interface Door {
  readonly name: string;
  /** The external program that it needs; undefined for our own. */
  readonly tool?: Tool;
  /** Renders files of resources. */
  open(files: Files, settings?: Settings): Opened;
}

/** The `spec` of a function config; `drain.enabled` is a setting in a map. */
export type Settings = Readonly<Record<string, string>>;

/** What came out: the same through every door. */
export interface Opened {
  readonly failed: boolean;
  /** TidbClusters, their monitors, and generated resources, by title; without annotations for tools. */
  readonly resources: Readonly<Record<string, MapValue>>;
  /** `warning: TiKVGroup db/hot: … [code]`, sorted; without files and lines, which not every door knows. */
  readonly messages: readonly string[];
  /** Shown if the doors do not agree. */
  readonly stderr: string;
}

/** A ResourceList on standard input and standard output, as any orchestrator runs the function. */
export const STDIN: Door = {
  name: 'standard input',
  open: (files, settings = {}) => {
    const ran = new Sandbox().groups([], { input: listOf(files, settings) });
    return openedList(ran);
  },
};

/** The function inside the test's own process, by which doors are judged. */
export async function openHere(files: Files, settings: Settings = {}): Promise<Opened> {
  const { output, messages, failed } = await run(Buffer.from(listOf(files, settings)));
  const stdout = Buffer.concat(Array.from(output, (piece) => Buffer.from(piece))).toString();
  return openedList({ status: failed ? 1 : 0, stdout, stderr: messages.join('\n') });
}

function listOf(files: Files, settings: Settings): string {
  const documents = Object.values(files).flatMap((text) => text.split(/^---\n/m));
  const config = transformer(specOf(settings)).replace(/^(?=.)/gm, '  ');
  return `${resourceList(...documents)}functionConfig:\n${config}`;
}

function openedList(ran: Ran): Opened {
  const [list] = ran.status === 0 ? readCore(ran.stdout) : [];
  return opened(ran, mapsIn(list?.items));
}

const RENDER: Door = {
  name: '`tidb-groups render`',
  open: (files, settings = {}) => {
    const sandbox = new Sandbox(under('manifests', files));
    sandbox.write({ 'config.yaml': transformer(specOf(settings)) });
    const ran = sandbox.groups(['render', '--config', 'config.yaml', 'manifests']);
    return opened(ran, readCore(ran.stdout));
  },
};

function kustomizeBuild(tool: Tool): Door {
  return {
    name: tool.name,
    tool,
    open: (files, settings = {}) => {
      const resources = Object.keys(files).map((file) => `- ${file}\n`);
      const sandbox = new Sandbox({
        ...files,
        'kustomization.yaml': `resources:\n${resources.join('')}transformers: [expand.yaml]\n`,
        'expand.yaml': transformer(specOf(settings)),
      });
      const ran = build(sandbox, tool.path ?? '');
      return opened(ran, readCore(ran.stdout));
    },
  };
}

const KPT_RENDER: Door = {
  name: 'kpt',
  tool: KPT,
  open: (files, settings = {}) => {
    const sandbox = new Sandbox(under('package', files));
    sandbox.write({ 'package/Kptfile': kptfileWith({ canonicalConfig: 'true', ...settings }) });
    const ran = renderPackage(sandbox, KPT.path ?? '');
    const { Kptfile: _, ...rendered } = sandbox.files('package');
    const resources = Object.values(rendered).flatMap((text) => readCore(text));
    const [list] = readCore(sandbox.read('results/results.yaml'));
    return {
      ...opened(ran, resources),
      messages: mapsIn(at(list, 'items', 0, 'results'))
        .map((result) => withoutPlaces(lineOf(result)))
        .sort(),
    };
  },
};

/** Every door except standard input. */
export const DOORS: readonly Door[] = [RENDER, ...KUSTOMIZES.map(kustomizeBuild), KPT_RENDER];

/** Reads YAML by the core schema: `yes` and dates are text there, which some doors quote; `100e6` is 100000000. */
function readCore(text: string): MapValue[] {
  // js-yaml is ten times as fast, but its integers are not exact at that size.
  if (/\d{16}/.test(text)) return readYaml(text, '1.2').map(withNumbers).filter(isMap);
  return loadAll(text, { schema: CORE_SCHEMA }).filter(isMap);
}

function withNumbers(value: Value): Value {
  if (Array.isArray(value)) return value.map(withNumbers);
  if (!isMap(value))
    return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withNumbers(inner)]));
}

/** The doors for inputs to which older versions of kustomize add nothing. */
const NEWEST_DOORS: readonly Door[] = [STDIN, RENDER, kustomizeBuild(KUSTOMIZE_5_8), KPT_RENDER];

/** The door for a batch of a table, in turn; with `FUZZ_RUNS=all`, all of them. */
export function tableDoors(batch: number): Door[] {
  return inTurn([STDIN, ...DOORS], batch);
}

/** The same without older versions of kustomize. */
export function newestDoors(batch: number): Door[] {
  return inTurn(NEWEST_DOORS, batch);
}

function kptfileWith(settings: Settings): string {
  const entries = Object.entries(settings).map(([key, text]) => `      ${key}: "${text}"\n`);
  return `apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata:\n  name: doors\npipeline:\n  mutators:\n  - exec: tidb-groups\n    configMap:\n${entries.join('')}`;
}

/** In a spec, the setting `drain.enabled` is a map in a map. */
function specOf(settings: Settings): string {
  const maps = new Map<string, string[]>();
  for (const [key, text] of Object.entries(settings)) {
    const [name = '', inner] = key.split('.');
    maps.set(name, [...(maps.get(name) ?? []), inner === undefined ? text : `${inner}: ${text}`]);
  }
  const entries = [...maps].map(([name, texts]) => {
    const isMap = Object.hasOwn(settings, name) === false;
    return `  ${name}: ${isMap ? `{${texts.join(', ')}}` : texts[0]}\n`;
  });
  return entries.length > 0 ? `spec:\n${entries.join('')}` : '';
}

function under(directory: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${directory}/${path}`, text]));
}

function opened({ status, stderr }: Ran, resources: readonly MapValue[]): Opened {
  const lines = stderr.split('\n').map((line) => /(?:^|: )((?:error|warning|info): .*)$/.exec(line)?.[1]);
  const messages = lines.flatMap((line) => (line === undefined ? [] : [withoutPlaces(line)])).sort();
  const applied = status === 0 ? resources.filter(isOurs) : [];
  const byTitle = applied.map((resource): [string, MapValue] => [
    titleOf(resource),
    withoutToolAnnotations(resource),
  ]);
  return { failed: status !== 0, resources: Object.fromEntries(byTitle), messages, stderr };
}

/** A message without the places of other resources that it names: `the ScaledObject "load" (web.yaml:12)`. */
function withoutPlaces(message: string): string {
  return message.replaceAll(/(?<=") \([^\s()]+\.yaml(?::\d+)?\)/g, '');
}

/** Whether the resource is ours: kustomize rewrites many fields of others, which do not matter here. */
function isOurs(resource: MapValue): boolean {
  const annotations = annotationsOf(resource);
  const isForTools = annotations['config.kubernetes.io/local-config'] === 'true';
  return !isForTools && (/^pingcap\.com\//.test(`${resource.apiVersion}`) || GENERATED_BY in annotations);
}

function annotationsOf(resource: MapValue): MapValue {
  const annotations = at(resource, 'metadata', 'annotations');
  return annotations !== undefined && isMap(annotations) ? annotations : {};
}

function withoutToolAnnotations(resource: MapValue): MapValue {
  const { annotations: _, ...metadata } = isMap(resource.metadata) ? resource.metadata : {};
  const kept = Object.entries(annotationsOf(resource)).filter(([key]) => !isToolAnnotation(key));
  const own = kept.length > 0 ? { annotations: Object.fromEntries(kept) } : {};
  return { ...resource, metadata: { ...metadata, ...own } };
}

/** A function result as the line that standard error would show. */
function lineOf(result: MapValue): string {
  const { kind, name, namespace } = isMap(result.resourceRef) ? result.resourceRef : {};
  const title = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  return `${result.severity}: ${title}: ${result.message} [${at(result, 'tags', 'code')}]`;
}

function mapsIn(value: Value | undefined): MapValue[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

/** Whether its tests are skipped. */
export function isMissing({ tool }: Door): boolean {
  return tool !== undefined && tool.path === undefined;
}

/** On failure, shows what the door printed to standard error. */
export function expectSame({ stderr, ...came }: Opened, { stderr: _, ...expected }: Opened): void {
  expect(came, stderr.slice(-2000)).toEqual(expected);
}
