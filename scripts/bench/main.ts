import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { cpus, freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { executable, OURS } from './contenders.ts';
import { measureWith } from './measure.ts';
import { choose, readOptions, USAGE } from './options.ts';
import { jsonReport, markdownReport, textReport } from './report.ts';
import { type Outcome, run } from './run.ts';
import { scenarios } from './scenarios.ts';
import { targets } from './targets.ts';
import { buildTools, type Tools } from './tools.ts';

const bench = fileURLToPath(new URL('.', import.meta.url));
const root = join(bench, '..', '..');
const cache = join(root, '.cache', 'bench');

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (!isExecutable(executable(root))) {
    console.error('dist/tidb-groups is not there: run `npm run build` first.');
    return 1;
  }
  const tools = buildTools(bench, join(cache, 'tools'));
  for (const note of tools.notes) console.error(`note: ${note}`);
  const chosen = choose(scenarios(root, bench, cache, tools), options);

  const measure = measureWith(tools.spawn);
  const outcomes: Outcome[] = [];
  for (const scenario of chosen) {
    console.error(`${scenario.name} …`);
    outcomes.push(await run(scenario, measure, freemem() / 2 ** 30));
  }

  const goals = targets(outcomes);
  const print = options.markdown ? markdownReport : textReport;
  process.stdout.write(print(about(tools), outcomes, goals));
  if (options.json !== undefined) {
    writeFileSync(options.json, jsonReport(about(tools), outcomes, goals));
  }
  const failed = outcomes.some(({ results }) =>
    results.some(({ contender, absent }) => contender === OURS && absent !== undefined),
  );
  return failed ? 1 : 0;
}

/** What the figures depend on. */
function about(tools: Tools): string[] {
  const memory = tools.spawn === undefined ? 'polled from /proc, which is rough' : 'as wait4 tells it';
  const rivals = [kyamlVersion(), ...['kpt-functions', 'js-yaml'].map((name) => `${name} ${version(name)}`)];
  return [
    `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, node ${process.version}; ${rivals.join(', ')}.`,
    'Whole processes on pipes, each in turn in every round; environment: PATH, HOME, LANG.',
    `Times are medians; peak memory is ${memory}.`,
    ...tools.notes.map((note) => `${note}.`),
  ];
}

function kyamlVersion(): string {
  const modules = readFileSync(join(bench, 'kyaml-noop', 'go.mod'), 'utf8');
  return `kyaml ${/kyaml (v\S+)/.exec(modules)?.[1]}`;
}

function version(name: string): string {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  process.exitCode = 2;
}
