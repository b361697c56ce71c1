import type { Command } from 'commander';
import { writeOutput } from '../io/index.ts';
import { CODES } from '../problem/index.ts';
import { newCommand } from './command.ts';
import { Misuse } from './misuse.ts';

export function explainCommand(): Command {
  return newCommand('explain')
    .summary('say what the code of a problem or a danger means, and what to do')
    .description(
      'Explain a code, which stands in brackets behind a problem, or behind DANGER in a diff: what it means, and what to do.',
    )
    .argument('[code]', 'the code; without it, all codes are listed')
    .action(async (code: string | undefined) => {
      const { dangerCodes, explain, firstSentence } = await import('../report/explain.ts');
      if (code === undefined) {
        const codes = [...Object.entries(CODES), ...dangerCodes().map((name) => [name, 'danger'])];
        const lines = codes.map(
          ([name = '', what]) => `${name} (${what}): ${firstSentence(explain(name)?.meaning ?? '')}\n`,
        );
        writeOutput(lines);
        return;
      }
      const explanation = explain(code);
      if (explanation === undefined) {
        throw new Misuse(`there is no code "${code}"; \`tidb-groups explain\` lists all of them`);
      }
      writeOutput([explanation.section, '\n']);
    });
}
