import { parseArgs } from 'node:util';
import { seeded } from './bench/inputs/random.ts';
import { check, type Finding } from './fuzz/check.ts';
import { checkFiles } from './fuzz/check-files.ts';
import { corpus } from './fuzz/corpus.ts';
import { minimised } from './fuzz/minimise.ts';
import { mutated } from './fuzz/mutate.ts';
import { Watchdog } from './fuzz/watchdog.ts';

const USAGE = `Usage: npm run fuzz -- [options]

Mutates lists and manifests and looks for any that is lost, changed or misread on the way; and names, directories and
links for any way to read or write outside of a directory.

  --seconds N   for so long (default: 60)
  --seed N      the same inputs again (default: another every time)
`;

/** Findings of one kind are one bug, most of the time. */
const MOST_FINDINGS = 20;
const MOST_DETAIL = 2000;
/** Inputs between two trees of files, which take longer. */
const FILES_EVERY = 5;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { seconds: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const seconds = numberOf('--seconds', values.seconds ?? '60');
  const seed = numberOf('--seed', values.seed ?? String(1 + (Date.now() % 0x7fffffff)));
  process.stdout.write(`seed ${seed}, ${seconds} seconds\n`);
  const random = seeded(seed);
  const inputs = corpus(random);
  const watchdog = new Watchdog();
  const end = Date.now() + seconds * 1000;
  const findings = new Map<string, Finding>();
  let count = 0;
  while (Date.now() < end && findings.size < MOST_FINDINGS) {
    const input = mutated(inputs, random);
    watchdog.watch(input);
    const finding = await check(input, seed + count);
    const ofFiles = count % FILES_EVERY === 0 ? await checkFiles(seed + count) : undefined;
    count++;
    if (ofFiles !== undefined && !findings.has(ofFiles.title)) {
      findings.set(ofFiles.title, ofFiles);
      process.stdout.write(`\n${ofFiles.title}\n${ofFiles.detail.slice(0, MOST_DETAIL)}\n`);
    }
    if (finding === undefined || findings.has(finding.title)) continue;
    findings.set(finding.title, finding);
    watchdog.rest();
    const least = await minimised(finding, input, seed + count - 1);
    const { title, detail } = (await check(least, seed + count - 1)) ?? finding;
    process.stdout.write(`\n${title}\n${detail.slice(0, MOST_DETAIL)}\n${JSON.stringify(least)}\n`);
  }
  watchdog.end();
  process.stdout.write(`\n${count} inputs, ${findings.size} findings\n`);
  return findings.size > 0 ? 1 : 0;
}

function numberOf(option: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`\`${option}\` must be a number from 1, and is "${text}"`);
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : error}\n`);
  return 2;
});
