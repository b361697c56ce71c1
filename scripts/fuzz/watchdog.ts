import { Worker } from 'node:worker_threads';

/** Milliseconds that no small input may take, and that other programs beside it may. */
const LIMIT = 20_000;
export const LIMIT_WITH_OTHERS = 180_000;

/** Runs beside the one thread that could be stuck: then it says in what, and ends the process. */
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
