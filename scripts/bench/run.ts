import { statSync } from 'node:fs';
import { BARE_NODE, type Contender } from './contenders.ts';
import type { Measure, Sample } from './measure.ts';
import type { Scenario } from './scenarios.ts';

/** What one contender did in one scenario; the index in `samples` is the round. */
export interface Result {
  contender: string;
  samples: (Sample | undefined)[];
  /** Why there are no figures: it failed, or was not started. */
  absent?: string;
}

export interface Outcome {
  scenario: Scenario;
  inputBytes: number;
  results: Result[];
}

/** Runs the contenders in turn: each round runs every contender once, and starts with a different one. */
export async function run(scenario: Scenario, measure: Measure, freeGiB: number): Promise<Outcome> {
  const input = scenario.input();
  await measure(['cat'], input); // otherwise the first to run would wait for the disk
  const entries = scenario.contenders.map((contender) => ({
    contender,
    result: enter(contender, scenario, freeGiB),
  }));
  for (let round = 0; round < scenario.rounds; round++) {
    const start = round % entries.length;
    for (const { contender, result } of [...entries.slice(start), ...entries.slice(0, start)]) {
      if (
        result.absent !== undefined ||
        (round >= scenario.roundsOfSlow && contender.gibAt50000 !== undefined)
      )
        continue;
      const sample = await measure(contender.command, input);
      const failure = failureOf(sample, contender);
      if (failure === undefined) result.samples[round] = sample;
      else result.absent = `FAILED: ${failure}`;
    }
  }
  return { scenario, inputBytes: statSync(input).size, results: entries.map(({ result }) => result) };
}

function enter({ name, gibAt50000 = 0 }: Contender, { size }: Scenario, freeGiB: number): Result {
  const needs = (gibAt50000 * size) / 50_000;
  if (needs <= freeGiB) return { contender: name, samples: [] };
  return {
    contender: name,
    samples: [],
    absent: `skipped: needs about ${Math.ceil(needs)} GiB of free memory`,
  };
}

function failureOf({ failure, outputBytes, stderr }: Sample, { name }: Contender): string | undefined {
  if (failure !== undefined) return [failure, stderr.split('\n')[0]].filter(Boolean).join(': ');
  return outputBytes === 0 && name !== BARE_NODE ? 'wrote nothing' : undefined;
}

/** Figures of one contender in one scenario: times in milliseconds, memory in MiB. */
export interface Figures {
  median: number;
  min: number;
  rounds: number;
  peakMiB?: number;
}

export function figures({ samples }: Result): Figures | undefined {
  const taken = samples.filter((sample) => sample !== undefined);
  if (taken.length === 0) return undefined;
  const times = taken.map(({ ms }) => ms);
  const peaks = taken.flatMap(({ peakMiB }) => peakMiB ?? []);
  const peak = peaks.length === 0 ? {} : { peakMiB: Math.max(...peaks) };
  return { median: median(times), min: Math.min(...times), rounds: taken.length, ...peak };
}

/**
 * How many times as long `one` takes as `other`: the median over the rounds that both ran in, because the machine
 * drifts. With fewer than three such rounds one unlucky run would decide, so the medians are compared instead.
 */
export function ratio(one: Result, other: Result): number | undefined {
  const ratios = one.samples.flatMap((sample, round) => {
    const paired = other.samples[round];
    return sample === undefined || paired === undefined ? [] : [sample.ms / paired.ms];
  });
  if (ratios.length >= 3) return median(ratios);
  const [first, second] = [figures(one), figures(other)];
  return first && second && first.median / second.median;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}
