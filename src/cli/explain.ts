import type { Command } from 'commander';
import { writeOutput } from '../io/index.ts';
import { CODES } from '../problem/index.ts';
import { nearestIn } from '../validate/index.ts';
import { newCommand } from './command.ts';
import { Misuse } from './misuse.ts';

export function explainCommand(): Command {
  return newCommand('explain')
    .summary('explain the code of a problem or a danger')
    .description(
      'Explain what a code means, and what to do. Problems end in a code in brackets; in a diff it follows DANGER.',
    )
    .argument('[code]', 'the code; the default is to list all codes')
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
        const meant = nearestIn([...Object.keys(CODES), ...dangerCodes()])(code);
        const advice = meant === undefined ? '' : `did you mean "${meant}"? `;
        throw new Misuse(`there is no code "${code}"; ${advice}\`tidb-groups explain\` lists all of them`);
      }
      writeOutput([explanation.section, '\n']);
    });
}
