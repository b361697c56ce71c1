import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/list/index.ts';
import { problemsOfAll } from './render-text.ts';
import { Container, SHELLS } from './start.ts';
import { asShown, type Case, expected, mergedCase, readFixture, renderCase, type Table } from './table.ts';

/** Any address of the base's PD, by its Service or a headless one. */
const PD_OF_BASE = /^--join=https?:\/\/basic-pd(?:-peer)?(?:\.[a-z]+\.svc(?:\.[a-z.]+)?)?:2379$/;

/** Arguments as the tables have them: flags with their values, in order, and after `--` the same again. */
function argvAsShown(argv: readonly string[] | undefined): Value {
  const words = (argv ?? []).map((word) => (PD_OF_BASE.test(word) ? '--join=<PD of the cluster>' : word));
  const isCommand = words[0] !== undefined && !words[0].startsWith('-');
  const [command, flags] = isCommand ? [words.slice(0, 1), words.slice(1)] : [[], words];
  const split = flags.indexOf('--');
  if (split === -1) return [...command, ...flags.toSorted()];
  return [...command, ...flags.slice(0, split).toSorted(), '--', ...flags.slice(split + 1).toSorted()];
}

/** A file of cases as tests: the resources of each, and what its start script starts, under each shell. */
export function checkTable(name: string): void {
  const table = readFixture<Table>(name);
  const container = new Container();
  const old = Container.ofOldVersion();
  const cases: Case[] = [{ name: 'nothing changed', changes: [] }, ...table.cases];
  describe(name, () => {
    describe.each(cases)('$name', (one) => {
      if (one.rejected) {
        it('is refused', async () => {
          const { group, cluster } = mergedCase(table, one);
          const problems = await problemsOfAll([cluster, group]);
          expect(problems.filter(({ severity }) => severity === 'error')).not.toEqual([]);
        });
        return;
      }
      const { resources, problems } = renderCase(table, one);
      const want = expected(table, one);

      it('renders what the table says', () => {
        expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(asShown(resources)).toEqual(want.resources);
      });

      if (want.argv === undefined) return;
      for (const shell of SHELLS) {
        it.skipIf(shell.missing)(`starts the server under ${shell.name}`, () => {
          const { argv, errors } = container.start(resources, shell);
          expect(errors).toBe('');
          expect(argvAsShown(argv)).toEqual(want.argv);
        });
        if (want.argvOfOldVersions === undefined) continue;
        it.skipIf(shell.missing)(`starts an old server under ${shell.name}`, () => {
          expect(argvAsShown(old.start(resources, shell).argv)).toEqual(want.argvOfOldVersions);
        });
      }
    });
  });
}
