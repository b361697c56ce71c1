import { bytesOfPieces } from '../list/index.ts';
import { Problems } from '../problem/index.ts';
import { framed, renderToApply } from '../render/index.ts';
import { asCounted, hasErrors, type ReportedProblem, reported } from '../report/index.ts';
import { type Settings, settled } from './settings.ts';
import { type Manifests, open } from './texts.ts';

/** The result of a render. */
export interface Rendered {
  /** Plain manifests as a YAML stream, as `tidb-groups render` prints them; undefined if there are errors. */
  readonly text: string | undefined;
  /** What is wrong, or worth knowing. */
  readonly problems: readonly ReportedProblem[];
}

/**
 * Expands the groups in manifests, as `tidb-groups render` does: the result is ready for `kubectl apply`.
 *
 * @param given the manifests: TidbClusters, groups, and any other resources, which stay as they are
 * @param settings as in an ExpandTidbGroups; with `strict`, warnings are errors
 * @example
 * const { text, problems } = await render(manifests);
 * if (text === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
 */
export async function render(given: Manifests, settings: Settings = {}): Promise<Rendered> {
  const found = new Problems();
  const whole = settled(settings, found);
  const manifests = await renderToApply(await open(given, found), found, whole);
  const problems = asCounted(found.all, whole.strict);
  return {
    text: hasErrors(problems) ? undefined : bytesOfPieces(framed(manifests)).toString('utf8'),
    problems: reported(problems),
  };
}
