import { EVERYTHING } from '../list/index.ts';
import { Problems } from '../problem/index.ts';
import { renderToValidate } from '../render/index.ts';
import { asCounted, formatText, hasErrors, type ReportedProblem, reported } from '../report/index.ts';
import { checkAllDuplicates } from '../validate/index.ts';
import { type Settings, settled } from './settings.ts';
import { type Manifests, open } from './texts.ts';

/** The result of a validation. */
export interface Validated {
  /** Whether there are no errors. */
  readonly isValid: boolean;
  readonly problems: readonly ReportedProblem[];
  /** The problems as `tidb-groups validate` prints them, without the lines that they are in. */
  readonly text: string;
}

/**
 * Reports what is wrong in manifests, as `tidb-groups validate` does.
 *
 * @param given the manifests, rendered or not
 * @param settings those that they are rendered with; with `strict`, warnings are errors
 * @example
 * const { isValid, text } = await validate([{ name: 'cluster.yaml', text: manifests }]);
 * if (!isValid) console.error(text);
 */
export async function validate(given: Manifests, settings: Settings = {}): Promise<Validated> {
  const found = new Problems();
  const whole = settled(settings, found);
  const items = await open(given, found);
  await renderToValidate(items, found, whole);
  // What cannot be read is reported when a check needs it.
  checkAllDuplicates(await open(given, new Problems(), EVERYTHING), found);
  const problems = asCounted(found.all, whole.strict);
  const report = { problems, resources: items.length };
  const text = formatText(report, { line: () => undefined, colors: false });
  return { isValid: !hasErrors(problems), problems: reported(problems), text };
}
