import { spawn } from 'node:child_process';
import { measureHere } from './measure-here.ts';

/** One run of one process, from its start until it has ended and its stdout is drained. */
export interface Sample {
  ms: number;
  /** User and system time; absent if it is not known. */
  cpuMs?: number;
  /** Peak resident memory; absent if it is not known. */
  peakMiB?: number;
  outputBytes: number;
  stderr: string;
  /** Why the run is discarded, such as "exit status 1". */
  failure?: string;
}

export type Measure = (command: readonly string[], input: string) => Promise<Sample>;

/** No other variable is passed on: NODE_EXTRA_CA_CERTS alone adds 50 ms to a start of Node. */
const ENVIRONMENT = ['PATH', 'HOME', 'LANG'];

/** Measures with the `spawn` helper or, if it was not built, from this process. */
export function measureWith(helper: string | undefined): Measure {
  const env: NodeJS.ProcessEnv = {};
  for (const name of ENVIRONMENT) if (process.env[name] !== undefined) env[name] = process.env[name];
  if (helper === undefined) return (command, input) => measureHere(command, input, env);
  return async (command, input) => {
    const { stdout, stderr, status } = await collect(helper, [input, ...command], env);
    if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr.trim()}`);
    return toSample(JSON.parse(stdout));
  };
}

interface Cost {
  ms: number;
  cpuMs: number;
  peakKiB: number;
  outputBytes: number;
  succeeded: boolean;
  outcome: string;
  stderr: string;
}

function toSample(cost: Cost): Sample {
  const { ms, cpuMs, outputBytes, stderr } = cost;
  const failure = cost.succeeded ? {} : { failure: cost.outcome };
  return { ms, cpuMs, peakMiB: cost.peakKiB / 1024, outputBytes, stderr, ...failure };
}

function collect(file: string, args: string[], env: NodeJS.ProcessEnv) {
  return new Promise<{ stdout: string; stderr: string; status: number | null }>((resolve, reject) => {
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ stdout, stderr, status }));
  });
}
