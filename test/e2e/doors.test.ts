import { describe, expect, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { resourceList } from '../support/basic.ts';
import { doorInputs, type Input, meaningInputs, randomInputs } from '../support/door-inputs.ts';
import {
  DOORS,
  type Door,
  expectSame,
  isMissing,
  newestDoors,
  type Opened,
  openHere,
  STDIN,
  tableDoors,
} from '../support/doors.ts';
import { inTurn } from '../support/runs.ts';
import type { Files } from '../support/sandbox.ts';

/** A batch size that keeps builds fast: for twice as many resources kustomize takes much more than twice as long. */
const AT_ONCE = 90;

async function isRight({ text }: Input): Promise<boolean> {
  return !(await run(Buffer.from(resourceList(...text.split(/^---\n/m))))).failed;
}

/** Puts each input into the first batch that has room for it and no input with the same titles. */
function batchesOf(inputs: readonly Input[]): Input[][] {
  const batches: { inputs: Input[]; titles: Set<string> }[] = [];
  for (const input of inputs) {
    const { titles } = input;
    let batch = batches.find(
      (one) => one.titles.size + titles.length < AT_ONCE && !titles.some((title) => one.titles.has(title)),
    );
    if (batch === undefined) {
      batch = { inputs: [], titles: new Set() };
      batches.push(batch);
    }
    batch.inputs.push(input);
    for (const title of titles) batch.titles.add(title);
  }
  return batches.map((batch) => batch.inputs);
}

function filesOf(batch: readonly Input[]): Files {
  return Object.fromEntries(batch.map(({ text }, index) => [`${String(index).padStart(3, '0')}.yaml`, text]));
}

/**
 * kustomize passes `1.0` on as `1`. Unless the key is known to hold a float, no later reader can tell.
 */
const LOST_BY_KUSTOMIZE: readonly string[] = ['conformance/tikv-group config-new-keys'];

const isLost = ({ name }: Input) => LOST_BY_KUSTOMIZE.includes(name);

const inputs = doorInputs();
const BATCHES = [
  ...(await judged(
    inputs.filter((input) => !isLost(input)),
    tableDoors,
  )),
  ...(await judged(randomInputs(), tableDoors)),
  ...(await judged(meaningInputs(), newestDoors)),
];

interface Batch {
  readonly what: 'right' | 'wrong';
  readonly batch: readonly Input[];
  readonly doors: readonly Door[];
}

/** The inputs in batches. Those with errors are in batches of their own, because one makes the whole render fail. */
async function judged(
  inputs: readonly Input[],
  doorsFor: (batch: number) => readonly Door[],
): Promise<Batch[]> {
  const all = inTurn(inputs, 0, 5);
  const verdicts = await Promise.all(all.map(isRight));
  return [true, false].flatMap((verdict) =>
    batchesOf(all.filter((_, index) => verdicts[index] === verdict)).map(
      (batch, index): Batch => ({ what: verdict ? 'right' : 'wrong', batch, doors: doorsFor(index) }),
    ),
  );
}

describe.each(BATCHES)('$batch.length inputs that are $what, from $batch.0.name on', ({ batch, doors }) => {
  const files = filesOf(batch);
  let judge: Promise<Opened> | undefined;
  for (const door of doors) {
    test.skipIf(isMissing(door))(`give the same result through ${door.name}`, async () => {
      judge ??= openHere(files);
      expectSame(door.open(files), await judge);
    });
  }
});

describe('a whole number with a point, under a key that nobody knows', () => {
  const files = filesOf(inputs.filter(isLost));
  const handedOn = filesOf(
    inputs
      .filter(isLost)
      .map((input) => ({ ...input, text: input.text.replaceAll(/: (\d+)\.0$/gm, ': $1') })),
  );

  for (const door of DOORS) {
    const isKustomize = door.name.startsWith('kustomize');
    test.skipIf(isMissing(door))(`${isKustomize ? 'loses' : 'keeps'} its point through ${door.name}`, () => {
      expectSame(door.open(files), STDIN.open(isKustomize ? handedOn : files));
      expect(handedOn).not.toEqual(files);
    });
  }
});
