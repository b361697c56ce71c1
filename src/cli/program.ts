import { CommanderError } from 'commander';
import { byKind } from '../components/index.ts';
import { listed } from '../text/index.ts';
import { adoptCommand } from './adopt.ts';
import { newCommand, PROGRAM } from './command.ts';
import { convertCommand } from './convert.ts';
import { crdsCommand } from './crds.ts';
import { diffCommand } from './diff.ts';
import { explainCommand } from './explain.ts';
import { graphCommand } from './graph.ts';
import { initCommand } from './init.ts';
import { listCommand } from './list.ts';
import { Misuse } from './misuse.ts';
import { policyCommand } from './policy.ts';
import { renderCommand } from './render.ts';
import { say } from './say.ts';
import { schemaCommand } from './schema.ts';
import { sqlCommand } from './sql.ts';
import { validateCommand } from './validate.ts';
import { versionAndCommit } from './version.ts';

/** Exit status of a command that was called wrongly. */
const MISUSE = 2;

const COMMANDS = [
  initCommand,
  renderCommand,
  validateCommand,
  diffCommand,
  adoptCommand,
  convertCommand,
  graphCommand,
  listCommand,
  explainCommand,
  schemaCommand,
  crdsCommand,
  policyCommand,
  sqlCommand,
];

/** Runs a command of the CLI; resolves with the exit status. */
export async function runCommand(args: readonly string[]): Promise<number> {
  let status = 0;
  const program = newCommand(PROGRAM)
    .description(
      `Expands ${listed(Object.keys(byKind))} resources into plain Kubernetes workloads.\n\n` +
        'Without arguments it is a KRM function: a ResourceList on standard input, the result on standard output.',
    )
    .version(versionAndCommit());
  for (const create of COMMANDS) {
    program.addCommand(
      create((code) => {
        status = code;
      }),
    );
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : MISUSE;
    if (!(error instanceof Misuse)) throw error;
    say([`error: ${error.message}`]);
    return MISUSE;
  }
  return status;
}
