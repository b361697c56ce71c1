import { Worker } from 'node:worker_threads';

/** A limit in milliseconds that no small input may reach, even when other programs slow the machine down. */
const LIMIT = 20_000;
export const LIMIT_WITH_OTHERS = 180_000;

/** Watches the main thread from another thread. If the main thread hangs, it prints the input and ends the process. */
const BODY = `
const { parentPort } = require('node:worker_threads');
const { writeSync } = require('node:fs');
let timer;
parentPort.on('message', (watched) => {
  clearTimeout(timer);
  if (watched === undefined) return;
  const { input, limit } = watched;
  timer = setTimeout(() => {
    writeSync(1, '\\nno end after ' + limit / 1000 + ' seconds\\n' + JSON.stringify(input) + '\\n');
    process.kill(process.pid, 'SIGKILL');
  }, limit);
});
`;

export class Watchdog {
  private readonly worker = new Worker(BODY, { eval: true });

  watch(input: string, limit = LIMIT): void {
    this.worker.postMessage({ input, limit });
  }

  rest(): void {
    this.worker.postMessage(undefined);
  }

  end(): void {
    this.worker.terminate();
  }
}
