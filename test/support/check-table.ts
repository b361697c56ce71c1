import { describe, expect, it } from 'vitest';
import { problemsOfAll } from './render-text.ts';
import { Container, SHELLS } from './start.ts';
import {
  asShown,
  type Case,
  expected,
  mergedCase,
  readFixture,
  renderCase,
  shownArguments,
  type Table,
} from './table.ts';

/** A file of cases as tests: the resources of each, and what its start script starts, under each shell. */
export function checkTable(name: string): void {
  const table = readFixture<Table>(name);
  const container = new Container();
  const old = Container.ofOldVersion();
  const cases: Case[] = [{ name: 'nothing changed', changes: [] }, ...table.cases];
  describe(name, () => {
    const rejected = cases.filter((one) => one.rejected);
    it.skipIf(rejected.length === 0).each(rejected)('$name is an error', async (one) => {
      const { group, cluster } = mergedCase(table, one);
      const problems = await problemsOfAll([cluster, group]);
      expect(problems.filter(({ severity }) => severity === 'error')).not.toEqual([]);
    });

    describe.each(cases.filter((one) => !one.rejected))('$name', (one) => {
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
          expect(argv && shownArguments(table, argv)).toEqual(want.argv);
        });
        if (want.argvOfOldVersions === undefined) continue;
        it.skipIf(shell.missing)(`starts a server of an old version under ${shell.name}`, () => {
          const { argv, errors } = old.start(resources, shell);
          expect(errors).toBe('');
          expect(argv && shownArguments(table, argv)).toEqual(want.argvOfOldVersions);
        });
      }
    });
  });
}
