import { parseArgs } from 'node:util';
import { FAMILIES, type Scenario } from './scenarios.ts';

export interface Options {
  rounds?: number;
  sizes?: number[];
  only: string[];
  json?: string;
  markdown: boolean;
}

export const USAGE = `Usage: npm run bench -- [options]

  --rounds N        so many rounds of everything
  --sizes N,N       only scenarios of these sizes, such as 10,1000
  --only NAME       only this scenario (list-1000), family (${FAMILIES.join(', ')})
                    or contender (cat); may be given several times
  --json FILE       every sample, for further use
  --markdown        the tables as the README has them
`;

/** Throws an error with a message for the user if an option is wrong. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string' },
      sizes: { type: 'string' },
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      markdown: { type: 'boolean', default: false },
    },
  });
  const { rounds, sizes, json } = values;
  return {
    only: values.only,
    markdown: values.markdown,
    ...(rounds === undefined ? {} : { rounds: positive('--rounds', rounds) }),
    ...(sizes === undefined ? {} : { sizes: sizes.split(',').map((size) => positive('--sizes', size)) }),
    ...(json === undefined ? {} : { json }),
  };
}

function positive(option: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`\`${option}\` must be a number from 1, but is "${text}"`);
}

/** The scenarios and contenders that the user asked for. Throws if a name or size matches none of them. */
export function choose(all: readonly Scenario[], { rounds, sizes, only }: Options): Scenario[] {
  const scenarioNames = new Set(all.flatMap(({ name, family }) => [name, family]));
  const contenderNames = new Set(all.flatMap(({ contenders }) => contenders.map(({ name }) => name)));
  for (const name of only) {
    if (scenarioNames.has(name) || contenderNames.has(name)) continue;
    const known = [...FAMILIES, ...contenderNames].map((one) => `"${one}"`).join(', ');
    throw new Error(
      `\`--only\` must be one of ${known}, or a scenario such as "list-1000", but is "${name}"`,
    );
  }
  const wanted = only.filter((name) => scenarioNames.has(name));
  const runners = only.filter((name) => contenderNames.has(name));
  const chosen = all
    .filter(({ name, family }) => wanted.length === 0 || wanted.includes(name) || wanted.includes(family))
    .filter(({ size }) => sizes === undefined || sizes.includes(size))
    .map((scenario) => ({
      ...scenario,
      ...(rounds === undefined ? {} : { rounds, roundsOfSlow: rounds }),
      contenders: scenario.contenders.filter(({ name }) => runners.length === 0 || runners.includes(name)),
    }))
    .filter(({ contenders }) => contenders.length > 0);
  if (chosen.length === 0) throw new Error('no scenario fits both `--sizes` and `--only`');
  return chosen;
}
