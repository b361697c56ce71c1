import { Loaded } from '../../src/cli/load.ts';
import { settingsToRender } from '../../src/cli/settings.ts';
import { compare, type Danger, type Plan, type Snapshot } from '../../src/plan/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { snapshotOf } from '../../src/render/index.ts';
import { asLines } from '../../src/report/index.ts';

/** The rendered manifests on one side of a comparison; they must be free of errors. */
export async function snapshot(text: string): Promise<Snapshot> {
  const problems = new Problems();
  const loaded = new Loaded(problems);
  await loaded.add('input.yaml', Buffer.from(text));
  const settings = await settingsToRender(loaded.items, problems);
  const taken = await snapshotOf(loaded.items, problems, settings);
  if (problems.errorCount > 0) throw new Error(asLines(problems.all).join('\n'));
  return taken;
}

/** The plan from some manifests to others. */
export async function planOf(old: string, now: string): Promise<Plan> {
  return compare(await snapshot(old), await snapshot(now));
}

export function codesOf(dangers: readonly Danger[]): string[] {
  return dangers.map(({ code }) => code).sort();
}

/** The two sides of a `diff -u` text without its header. */
export function sidesOf(diff: string): { old: string; now: string } {
  const side = (others: string) =>
    diff
      .split('\n')
      .filter((line) => !line.startsWith(others))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  return { old: side('+'), now: side('-') };
}
