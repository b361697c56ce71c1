import { BARE_NODE, CAT, KYAML, OURS } from './contenders.ts';
import { count, times } from './format.ts';
import { type Figures, figures, type Outcome, ratio } from './run.ts';

/** One goal, as a ratio within the run: a time alone would mostly describe the machine. */
export interface Target {
  goal: string;
  /** The result of this run, in words; absent if the run lacks the figures that the goal needs. */
  measured?: string;
  met?: boolean;
}

type Found = { measured: string; met: boolean } | undefined;

export function targets(outcomes: readonly Outcome[]): Target[] {
  const known = new Known(outcomes);
  const goal = (text: string, found: Found): Target => ({ goal: text, ...found });
  return [
    ...[[1000, 5] as const, [10_000, 30] as const, [50_000, 50] as const].map(([size, least]) =>
      goal(
        `${count(size)} resources: ${least} times as fast as the kyaml no-op`,
        fasterThanKyaml(known, `list-${size}`, least),
      ),
    ),
    goal(
      '50,000 resources: peak memory at most the input and 100 MiB',
      peakOverInput(known, 'list-50000', 100),
    ),
    goal('time grows linearly from 1,000 to 50,000 resources', linear(known, 'list', [1000, 10_000, 50_000])),
    goal('time grows linearly from 100 to 10,000 groups', linear(known, 'clusters', [10, 100, 1000])),
    goal(
      '10 resources, 9 expanded and validated: at most 2.5 times a bare node',
      overBareNode(known, 'list-10', 2.5),
    ),
    ...(['anchor', 'crlf', 'json'] as const).flatMap((family) => [
      goal(
        `1,000 resources, ${SLOW[family]}: no slower than the kyaml no-op`,
        fasterThanKyaml(known, `${family}-1000`, 1),
      ),
      goal(
        `10,000 resources, ${SLOW[family]}: twice as fast as the kyaml no-op`,
        fasterThanKyaml(known, `${family}-10000`, 2),
      ),
    ]),
    goal(
      '`render` of 2,000 files: at most twice `cat`, plus a bare node',
      overReading(known, 'render-2000', 2),
    ),
  ];
}

const SLOW = { anchor: 'anchors', crlf: 'CRLF', json: 'JSON' } as const;

/** Noise and a growing heap may make a resource cost more in a long list, but only up to this ratio. */
const LINEAR_WITHIN = 1.5;

class Known {
  readonly #outcomes: ReadonlyMap<string, Outcome>;

  constructor(outcomes: readonly Outcome[]) {
    this.#outcomes = new Map(outcomes.map((outcome) => [outcome.scenario.name, outcome]));
  }

  outcome(scenario: string): Outcome | undefined {
    return this.#outcomes.get(scenario);
  }

  figures(scenario: string, contender: string): Figures | undefined {
    const result = this.#result(scenario, contender);
    return result && figures(result);
  }

  ratio(scenario: string, one: string, other: string): number | undefined {
    const first = this.#result(scenario, one);
    const second = this.#result(scenario, other);
    return first && second && ratio(first, second);
  }

  #result(scenario: string, contender: string) {
    return this.outcome(scenario)?.results.find((result) => result.contender === contender);
  }
}

function fasterThanKyaml(known: Known, scenario: string, least: number): Found {
  const measured = known.ratio(scenario, KYAML, OURS);
  return measured === undefined
    ? undefined
    : { measured: `${times(measured)} times`, met: measured >= least };
}

function overBareNode(known: Known, scenario: string, most: number): Found {
  const measured = known.ratio(scenario, OURS, BARE_NODE);
  return measured === undefined ? undefined : { measured: `${times(measured)} times`, met: measured <= most };
}

function peakOverInput(known: Known, scenario: string, allowedMiB: number): Found {
  const peak = known.figures(scenario, OURS)?.peakMiB;
  const bytes = known.outcome(scenario)?.inputBytes;
  if (peak === undefined || bytes === undefined) return undefined;
  const over = peak - bytes / 2 ** 20;
  return { measured: `the input and ${over.toFixed(0)} MiB`, met: over <= allowedMiB };
}

/** Compares what one more resource costs between the larger two sizes and between the smaller two. */
function linear(known: Known, family: string, sizes: readonly [number, number, number]): Found {
  const [small, middle, large] = sizes;
  const time = (size: number) => known.figures(`${family}-${size}`, OURS)?.median;
  const [first, second, third] = [time(small), time(middle), time(large)];
  if (first === undefined || second === undefined || third === undefined) return undefined;
  const growth = (third - second) / (large - middle) / ((second - first) / (middle - small));
  return { measured: `each further one costs ${times(growth)} times as much`, met: growth <= LINEAR_WITHIN };
}

function overReading(known: Known, scenario: string, most: number): Found {
  const [ours, cat, node] = [OURS, CAT, BARE_NODE].map((name) => known.figures(scenario, name)?.median);
  if (ours === undefined || cat === undefined || node === undefined) return undefined;
  const measured = (ours - node) / cat;
  return { measured: `${times(measured)} times, plus a bare node`, met: measured <= most };
}
