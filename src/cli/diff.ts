import { relative, sep } from 'node:path';
import { type Command, Option } from 'commander';
import { isTerminal, writeAll } from '../io/index.ts';
import type { Plan } from '../plan/index.ts';
import { type Exit, type Ignoring, ignoreOption, newCommand } from './command.ts';
import { parseRevision } from './git.ts';
import { loadSide } from './load-side.ts';
import { Misuse } from './misuse.ts';

const FORMATS = ['table', 'markdown', 'json'] as const;

interface Options extends Ignoring {
  readonly output: (typeof FORMATS)[number];
  readonly config?: string;
}

/** What a script learns of a comparison. */
const STATUS: { readonly [verdict in Plan['verdict']]: number } = { unchanged: 0, changed: 3, dangerous: 4 };

export function diffCommand(exit: Exit): Command {
  return newCommand('diff')
    .summary('say what a change restarts or loses, and what Kubernetes refuses')
    .description(
      'Say what a change does: which pods restart and why, what Kubernetes refuses, what loses data.\n\n' +
        'OLD and NEW are files or directories, rendered or not, kpt packages, - for standard input, or ' +
        'git:REV[:PATH]. The default PATH is that of the other side.\n\n' +
        'Exit status 0: nothing changes; 3: safe changes; 4: dangerous changes; 1: errors; 2: wrong usage.',
    )
    .argument('<old>', 'the current state')
    .argument('<new>', 'the state after the change')
    .addOption(
      new Option('-o, --output <format>', 'output for people, for a pull request, or for programs')
        .choices(FORMATS)
        .default('table'),
    )
    .option('--config <file>', 'use the settings of this function config only')
    .addOption(ignoreOption())
    .action(async (old: string, now: string, options: Options) => {
      exit(await diff(old, now, options));
    });
}

async function diff(old: string, now: string, { output, config, ignore }: Options): Promise<number> {
  if (old === '-' && now === '-') throw new Misuse('only one of OLD and NEW can be standard input');
  const before = await loadSide([old], { defaultPath: pathOfOther(now), config, ignore });
  const after = await loadSide([now], { defaultPath: pathOfOther(old), config, ignore });
  if (before === undefined || after === undefined) return 1;
  const { compare } = await import('../plan/index.ts');
  const plan = compare(before, after);
  // Many people run it only for the status, so there is no note if its output is lost.
  writeAll(1, [await format(plan, output)]);
  return STATUS[plan.verdict];
}

/** The path that a revision without one has: that of the other side, as seen from the working directory. */
function pathOfOther(other: string): string {
  const revision = parseRevision(other);
  if (revision !== undefined) return revision.path ?? '.';
  if (other === '-') return '.';
  // As git has it: with slashes, and one that is not absolute counts from here.
  const path = relative('.', other).split(sep).join('/');
  return path === '' ? '.' : `./${path}`;
}

async function format(plan: Plan, output: Options['output']): Promise<string> {
  switch (output) {
    case 'table': {
      const { planTable } = await import('../report/plan-table.ts');
      return planTable(plan, { colors: (await isTerminal(1)) && !process.env.NO_COLOR });
    }
    case 'markdown': {
      const { planMarkdown } = await import('../report/plan-markdown.ts');
      return planMarkdown(plan);
    }
    case 'json': {
      const { planJson } = await import('../report/plan-json.ts');
      return planJson(plan);
    }
  }
}
