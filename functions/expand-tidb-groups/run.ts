import { NO_CHANGES, openList, type Piece, writeList } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { INTEREST, readFunctionConfig, render, reportLeftovers } from '../../src/render/index.ts';
import { asCounted, asLines, asResults, hasErrors } from '../../src/report/index.ts';
import { checkNotAlone } from './alone.ts';
import { validated } from './validator.ts';

/** The result of a run of the function. */
export interface Run {
  /** The ResourceList to write; on failure the input with `results`, or nothing if the input is no list. */
  readonly output: Iterable<Piece>;
  /** Messages for standard error, one line each. */
  readonly messages: readonly string[];
  readonly failed: boolean;
}

/** Runs the function on the bytes of a ResourceList. */
export async function run(input: Buffer): Promise<Run> {
  const problems = new Problems();
  const list = await openList(undefined, input, INTEREST, problems);
  if (list === undefined) return { output: [], messages: asLines(problems.all), failed: true };
  const { settings, onlyValidates } = readFunctionConfig(list.functionConfig, problems);
  checkNotAlone(list, problems);
  // Resources that are only read stay unchanged.
  const changes = await render(
    list.items,
    problems,
    onlyValidates ? { ...settings, canonicalConfig: false } : settings,
  );
  reportLeftovers(list.items, problems);
  const counted = asCounted(problems.all, settings.strict);
  const failed = hasErrors(counted);
  const out = failed ? NO_CHANGES : onlyValidates ? validated(list, input) : changes;
  const results = counted.length > 0 ? asResults(counted) : undefined;
  return { output: writeList(list, out, results), messages: asLines(counted), failed };
}
