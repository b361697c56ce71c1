import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** The programs that the benchmark builds. Those that need Go are missing if Go is not installed. */
export interface Tools {
  kptFunctions: string;
  jsYaml: string;
  kyaml?: string;
  spawn?: string;
  /** Why something is missing, one line per reason. */
  notes: string[];
}

export function buildTools(bench: string, directory: string): Tools {
  mkdirSync(directory, { recursive: true });
  const notes: string[] = [];
  const go = (source: string, args: string[], what: string) => {
    const target = join(directory, source);
    const built = spawnSync('go', ['build', '-o', target, ...args], {
      cwd: join(bench, source),
      encoding: 'utf8',
    });
    if (built.status === 0) return target;
    const cause = built.error ? 'Go is not installed' : `\`go build\` failed: ${lastLine(built.stderr)}`;
    notes.push(`${what}: ${cause}`);
    return undefined;
  };
  const spawn = go('spawn', ['main.go'], 'memory is polled instead of taken from wait4, and is rough');
  const kyaml = go('kyaml-noop', ['.'], 'the no-op on kyaml is skipped, and so are the targets against it');
  return {
    kptFunctions: bundle(bench, directory, 'kpt-functions'),
    jsYaml: bundle(bench, directory, 'js-yaml'),
    ...(spawn === undefined ? {} : { spawn }),
    ...(kyaml === undefined ? {} : { kyaml }),
    notes,
  };
}

/** Each rival is bundled into one file, as ours is: loading a tree of modules would add up to 50 ms that its library does not cost. */
function bundle(bench: string, directory: string, rival: string): string {
  const outfile = join(directory, `${rival}.cjs`);
  buildSync({
    entryPoints: [join(bench, 'rivals', `${rival}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
  return outfile;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
