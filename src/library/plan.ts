import type { Plan } from '../plan/index.ts';
import { Problems } from '../problem/index.ts';
import { snapshotOf } from '../render/index.ts';
import { type ReportedProblem, reported } from '../report/index.ts';
import { type Settings, settled } from './settings.ts';
import { type Manifests, open } from './texts.ts';

/** The effect of a change. */
export interface Planned {
  /** Undefined if a side has errors. */
  readonly verdict: Plan['verdict'] | undefined;
  /** As `tidb-groups diff` prints it; undefined if a side has errors. */
  readonly text: string | undefined;
  /** The same as Markdown, for a comment on a pull request. */
  readonly markdown: string | undefined;
  /** The same as JSON, for programs: `docs/diff.schema.json` describes it. */
  readonly json: string | undefined;
  /** Errors of either side. */
  readonly problems: readonly ReportedProblem[];
}

/**
 * Says what a change does, as `tidb-groups diff` does: which pods restart and why, what Kubernetes refuses, what loses
 * data.
 *
 * @param before the current manifests, rendered or not
 * @param after the manifests after the change
 * @param settings for rendering both sides
 * @example
 * const { verdict, markdown } = await plan(old, now);
 * if (verdict === 'dangerous') console.log(markdown);
 */
export async function plan(before: Manifests, after: Manifests, settings: Settings = {}): Promise<Planned> {
  const found = new Problems();
  const whole = settled(settings, found);
  const sides = [await open(before, found), await open(after, found)] as const;
  const old = await snapshotOf(sides[0], found, whole);
  const now = await snapshotOf(sides[1], found, whole);
  const errors = found.all.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    return {
      verdict: undefined,
      text: undefined,
      markdown: undefined,
      json: undefined,
      problems: reported(errors),
    };
  }
  const [{ compare }, { planTable }, { planMarkdown }, { planJson }] = await Promise.all([
    import('../plan/index.ts'),
    import('../report/plan-table.ts'),
    import('../report/plan-markdown.ts'),
    import('../report/plan-json.ts'),
  ]);
  const made = compare(old, now);
  return {
    verdict: made.verdict,
    text: planTable(made, { colors: false }),
    markdown: planMarkdown(made),
    json: planJson(made),
    problems: [],
  };
}
