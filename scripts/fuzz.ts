import { parseArgs } from 'node:util';
import { seeded } from './bench/inputs/random.ts';
import { check, type Finding } from './fuzz/check.ts';
import { checkFiles } from './fuzz/check-files.ts';
import { checkOutputs } from './fuzz/check-outputs.ts';
import { checkSizes } from './fuzz/check-sizes.ts';
import { corpus } from './fuzz/corpus.ts';
import { minimised } from './fuzz/minimise.ts';
import { mutated } from './fuzz/mutate.ts';
import { LIMIT_WITH_OTHERS, Watchdog } from './fuzz/watchdog.ts';

const USAGE = `Usage: npm run fuzz -- [options]

lists    mutates lists and manifests, and looks for any that is lost, changed or misread on the way
files    names, directories and links: for any way to read or write outside of a directory
outputs  hostile texts in every field: for any output that says something else to those who read it
sizes    any number of anything: for crashes, memory that runs out, and more steps than in proportion

  --seconds N   for so long (default: 60)
  --seed N      the same inputs again (default: another every time)
  --only KIND   one of these (default: all, for as long each)
`;

/** Findings of the same kind usually have the same cause. */
const MOST_FINDINGS = 20;
const MOST_DETAIL = 2000;

interface Fuzzer {
  readonly kind: string;
  /** Tries another input, which depends only on the seed. */
  next(seed: number): Promise<Finding | undefined> | Finding | undefined;
}

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const seconds = numberOf('--seconds', values.seconds ?? '60');
  const seed = numberOf('--seed', values.seed ?? String(1 + (Date.now() % 0x7fffffff)));
  process.stdout.write(`seed ${seed}, ${seconds} seconds\n`);
  const watchdog = new Watchdog();
  const findings = new Map<string, Finding>();
  const runs = fuzzers(seed, watchdog)
    .filter(({ kind }) => values.only === undefined || kind === values.only)
    .map((fuzzer) => ({ fuzzer, count: 0, spent: 0 }));
  if (runs.length === 0) throw new Error(`\`--only\` must be a kind, but is "${values.only}"`);
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end && findings.size < MOST_FINDINGS) {
    const run = runs.reduce((least, one) => (one.spent < least.spent ? one : least));
    const start = Date.now();
    const finding = await run.fuzzer.next(seed + run.count);
    run.spent += Date.now() - start;
    run.count++;
    watchdog.rest();
    if (finding === undefined || findings.has(finding.title)) continue;
    findings.set(finding.title, finding);
    process.stdout.write(`\n${finding.title}\n${finding.detail.slice(0, MOST_DETAIL)}\n`);
  }
  watchdog.end();
  const counts = runs.map(({ fuzzer, count }) => `${count} of ${fuzzer.kind}`).join(', ');
  process.stdout.write(`\n${counts}; ${findings.size} findings\n`);
  return findings.size > 0 ? 1 : 0;
}

function fuzzers(seed: number, watchdog: Watchdog): Fuzzer[] {
  return [
    { kind: 'lists', next: listsFuzzer(seed, watchdog) },
    { kind: 'files', next: checkFiles },
    {
      kind: 'outputs',
      next: (now) => {
        watchdog.watch(`outputs, seed ${now}`, LIMIT_WITH_OTHERS);
        return checkOutputs(now);
      },
    },
    { kind: 'sizes', next: checkSizes },
  ];
}

function listsFuzzer(seed: number, watchdog: Watchdog): Fuzzer['next'] {
  const random = seeded(seed);
  const inputs = corpus(random);
  const known = new Set<string>();
  return async (now) => {
    const input = mutated(inputs, random);
    watchdog.watch(input);
    const finding = await check(input, now);
    if (finding === undefined || known.has(finding.title)) return undefined;
    known.add(finding.title);
    watchdog.rest();
    const least = await minimised(finding, input, now);
    const { title, detail } = (await check(least, now)) ?? finding;
    return { title, detail: `${JSON.stringify(least)}\n${detail}` };
  };
}

function numberOf(option: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`\`${option}\` must be a number from 1, but is "${text}"`);
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : error}\n`);
  return 2;
});
