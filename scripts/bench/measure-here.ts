import { spawn } from 'node:child_process';
import { createReadStream, readFileSync } from 'node:fs';
import type { Sample } from './measure.ts';

/** Less exact: Node's pipes are sockets, and /proc shows the peak only while the process runs. */
export function measureHere(
  command: readonly string[],
  input: string,
  env: NodeJS.ProcessEnv,
): Promise<Sample> {
  return new Promise((resolve, reject) => {
    const [file = '', ...args] = command;
    const start = process.hrtime.bigint();
    const child = spawn(file, args, { env });
    let peakKiB = 0;
    const poll = setInterval(() => {
      peakKiB = Math.max(peakKiB, peakSoFar(child.pid));
    }, 2);
    let outputBytes = 0;
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      outputBytes += chunk.length;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(0, 2000);
    });
    child.stdin.on('error', () => {}); // a child that does not read its stdin breaks the pipe
    createReadStream(input, { highWaterMark: 1 << 16 }).pipe(child.stdin);
    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearInterval(poll);
      const ms = Number(process.hrtime.bigint() - start) / 1e6;
      const peak = peakKiB === 0 ? {} : { peakMiB: peakKiB / 1024 };
      const failure = status === 0 ? {} : { failure: signal ? `signal ${signal}` : `exit status ${status}` };
      resolve({ ms, outputBytes, stderr, ...peak, ...failure });
    });
  });
}

function peakSoFar(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // it has ended, or this system has no /proc
  }
}
