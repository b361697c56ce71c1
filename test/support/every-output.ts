import { run } from '../../functions/expand-tidb-groups/run.ts';
import { Loaded } from '../../src/cli/load.ts';
import { policiesFor } from '../../src/cli/placement.ts';
import { type Item, openStream, type Piece } from '../../src/list/index.ts';
import { compare, type Snapshot } from '../../src/plan/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { FileNames } from '../../src/render/file-names.ts';
import {
  adoptClusters,
  convertResources,
  DEFAULT_SETTINGS,
  manifests,
  render,
  snapshotOf,
} from '../../src/render/index.ts';
import { formatSarif } from '../../src/report/format-sarif.ts';
import { graphDot } from '../../src/report/graph-dot.ts';
import { graphHtml } from '../../src/report/graph-html.ts';
import { graphMermaid } from '../../src/report/graph-mermaid.ts';
import { graphSvg } from '../../src/report/graph-svg.ts';
import {
  asLines,
  formatGithub,
  formatJson,
  formatText,
  type Report,
  terminalText,
} from '../../src/report/index.ts';
import { listJson } from '../../src/report/list-json.ts';
import { listMarkdown } from '../../src/report/list-markdown.ts';
import { listTable } from '../../src/report/list-table.ts';
import { planJson } from '../../src/report/plan-json.ts';
import { planMarkdown } from '../../src/report/plan-markdown.ts';
import { planTable } from '../../src/report/plan-table.ts';
import { systemOf } from '../../src/system/index.ts';
import type { MapValue, Value } from '../../src/yaml/index.ts';
import { writeMap } from '../../src/yaml-write/index.ts';

/** Who reads an output. */
export type Reader =
  | 'terminal'
  | 'github'
  | 'markdown'
  | 'xml'
  | 'html'
  | 'dot'
  | 'mermaid'
  | 'json'
  | 'yaml';

export interface Output {
  readonly what: string;
  readonly reader: Reader;
  readonly text: string;
  /** For an output with a line for each problem: how many. */
  readonly problems?: number;
}

/** A command, and what it writes for manifests in a file, or for a change of them. */
export interface Command {
  readonly name: string;
  outputs(file: string, old: string, now: string): Promise<Output[]>;
}

/**
 * What all commands write, in every format. Errors stop nothing: another command shows what one refuses.
 */
export const COMMANDS: readonly Command[] = [
  { name: 'the function', outputs: (_, __, now) => ofFunction(now) },
  { name: 'validate', outputs: (file, _, now) => ofValidate(file, now) },
  { name: 'render', outputs: (file, _, now) => ofRender(file, now) },
  { name: 'adopt', outputs: (file, _, now) => ofAdopt(file, now) },
  { name: 'convert', outputs: (file, _, now) => ofConvert(file, now) },
  { name: 'diff', outputs: ofDiff },
  { name: 'sql', outputs: (file, _, now) => ofSql(file, now) },
  { name: 'list and graph', outputs: (file, _, now) => ofSystem(file, now) },
];

/** The names of the files that `render -o` writes, without the cost of a render. */
export const FILE_NAMES: Command = {
  name: 'render -o',
  outputs: async (file, _, now) => {
    const problems = new Problems();
    const names = new FileNames(problems);
    const items = await openStream(file, Buffer.from(now), NAMES, problems);
    const files = items.map((origin) => names.take({ ...origin.id, origin }) ?? '');
    return [
      { what: 'the files', reader: 'terminal', text: `${files.join('\n')}\n` },
      ofLines('what render -o says of names', asLines(problems.all)),
    ];
  },
};

/** What the function renders beside workloads where somebody asks for it. */
export const BESIDE: Command = {
  name: 'the function with certificates and monitors',
  outputs: (_, __, now) =>
    ofFunction(now, {
      apiVersion: 'groups.pingcap.com/v1alpha1',
      kind: 'ExpandTidbGroups',
      metadata: { name: 'beside' },
      spec: { certificates: { issuer: 'ca' }, monitoring: { kind: 'PodMonitor' } },
    }),
};

async function ofFunction(text: string, functionConfig?: MapValue): Promise<Output[]> {
  const list = {
    apiVersion: 'config.kubernetes.io/v1',
    kind: 'ResourceList',
    items: await valuesIn(text),
    ...(functionConfig && { functionConfig }),
  };
  const { output, messages } = await run(Buffer.from(writeMap(list)));
  return [{ what: 'the list', reader: 'yaml', text: textOf(output) }, ofLines('its messages', messages)];
}

async function ofValidate(file: string, text: string): Promise<Output[]> {
  const { loaded, problems } = await load(file, text);
  await render(loaded.items, problems);
  const report: Report = { problems: problems.all, resources: loaded.items.length };
  const line = (name: string, number: number) => loaded.line(name, number);
  const count = problems.all.length;
  const sarif = { uriOf: encodeURIComponent, version: '1.0.0' };
  return [
    {
      what: 'validate',
      reader: 'terminal',
      text: formatText(report, { line, colors: false }),
      problems: count,
    },
    {
      what: 'validate -o github',
      reader: 'github',
      text: formatGithub(report, (name) => name),
      problems: count,
    },
    { what: 'validate -o json', reader: 'json', text: formatJson(report) },
    { what: 'validate -o sarif', reader: 'json', text: formatSarif(report, sarif) },
  ];
}

async function ofRender(file: string, text: string): Promise<Output[]> {
  const { loaded, problems } = await load(file, text);
  const changes = await render(loaded.items, problems);
  return [
    {
      what: 'render',
      reader: 'yaml',
      text: manifests(loaded.items, changes)
        .map((one) => textOf([one.text]))
        .join('---\n'),
    },
    ofLines('what render says', asLines(problems.all)),
  ];
}

async function ofAdopt(file: string, text: string): Promise<Output[]> {
  const { loaded, problems } = await load(file, text);
  const adopted = await adoptClusters(loaded.items, problems);
  return [
    { what: 'adopt', reader: 'yaml', text: adopted.map((one) => one.text).join('---\n') },
    ofLines('what adopt says', asLines(problems.all)),
  ];
}

async function ofConvert(file: string, text: string): Promise<Output[]> {
  const { loaded, problems } = await load(file, text);
  const converted = (await convertResources(loaded.items, problems)) ?? [];
  return [
    { what: 'convert', reader: 'yaml', text: converted.map((one) => textOf([one.text])).join('---\n') },
    ofLines('what convert says', asLines(problems.all)),
  ];
}

async function ofDiff(file: string, old: string, now: string): Promise<Output[]> {
  const plan = compare(await side(file, old), await side(file, now));
  return [
    { what: 'diff', reader: 'terminal', text: planTable(plan, { colors: false }) },
    { what: 'diff -o markdown', reader: 'markdown', text: planMarkdown(plan) },
    { what: 'diff -o json', reader: 'json', text: planJson(plan) },
  ];
}

async function ofSystem(file: string, text: string): Promise<Output[]> {
  const system = systemOf(await side(file, text));
  return [
    { what: 'list', reader: 'terminal', text: listTable(system) },
    { what: 'list -o markdown', reader: 'markdown', text: listMarkdown(system) },
    { what: 'list -o json', reader: 'json', text: listJson(system) },
    { what: 'graph', reader: 'mermaid', text: graphMermaid(system) },
    { what: 'graph -o svg', reader: 'xml', text: graphSvg(system) },
    { what: 'graph -o html', reader: 'html', text: graphHtml(system) },
    { what: 'graph -o dot', reader: 'dot', text: graphDot(system) },
  ];
}

/** The policies of the first TidbCluster. */
async function ofSql(file: string, text: string): Promise<Output[]> {
  const { loaded, problems } = await load(file, text);
  const snapshot = await snapshotOf(loaded.items, problems, DEFAULT_SETTINGS);
  const [cluster] = systemOf(snapshot).clusters;
  if (cluster === undefined) return [];
  const [object] = snapshot.clusters;
  const { sql } = await policiesFor({ cluster, object, snapshot, loaded, check: [] }, problems);
  return [{ what: 'sql', reader: 'terminal', text: sql }, ofLines('what sql says', asLines(problems.all))];
}

async function side(file: string, text: string): Promise<Snapshot> {
  const { loaded, problems } = await load(file, text);
  return snapshotOf(loaded.items, problems, DEFAULT_SETTINGS);
}

async function load(file: string, text: string): Promise<{ loaded: Loaded; problems: Problems }> {
  const problems = new Problems();
  const loaded = new Loaded(problems);
  await loaded.add(file, Buffer.from(text));
  return { loaded, problems };
}

function ofLines(what: string, lines: readonly string[]): Output {
  return {
    what,
    reader: 'terminal',
    text: terminalText(lines.map((line) => [line])),
    problems: lines.length,
  };
}

function textOf(pieces: Iterable<Piece>): string {
  return Buffer.concat([...pieces].map((piece) => Buffer.from(piece))).toString();
}

const NAMES = { reads: () => false, names: () => true, markers: [] };
const EVERYTHING = { reads: () => true, names: () => true, markers: [] };

/** The resources of a stream, as values. */
export async function valuesIn(text: string): Promise<MapValue[]> {
  const items: readonly Item[] = await openStream(undefined, Buffer.from(text), EVERYTHING, new Problems());
  return items.map(({ object }) => object);
}

/** The rendered manifests. */
export async function renderedOf(text: string): Promise<string> {
  const [output] = await ofRender('input.yaml', text);
  return output?.text ?? '';
}

/** Replaces texts in resources: values, and keys of maps. `choose` returns the new text; undefined keeps the old one. */
export function withTexts<T extends Value>(
  value: T,
  choose: (text: string, isKey: boolean) => string | undefined,
): Value {
  if (typeof value === 'string') return choose(value, false) ?? value;
  if (Array.isArray(value)) return value.map((item) => withTexts(item, choose));
  if (typeof value !== 'object' || value === null || value.constructor !== Object) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [choose(key, true) ?? key, withTexts(inner, choose)]),
  );
}
