import { Worker } from 'node:worker_threads';

/** Longer than any small input may take. */
const LIMIT = 20_000;

/** Runs beside the one thread that could be stuck: then it says in what, and ends the process. */
const BODY = `
const { parentPort } = require('node:worker_threads');
const { writeSync } = require('node:fs');
let timer;
parentPort.on('message', (input) => {
  clearTimeout(timer);
  if (input === undefined) return;
  timer = setTimeout(() => {
    writeSync(1, '\\nno end after ${LIMIT / 1000} seconds\\n' + JSON.stringify(input) + '\\n');
    process.kill(process.pid, 'SIGKILL');
  }, ${LIMIT});
});
`;

export class Watchdog {
  private readonly worker = new Worker(BODY, { eval: true });

  watch(input: string): void {
    this.worker.postMessage(input);
  }

  rest(): void {
    this.worker.postMessage(undefined);
  }

  end(): void {
    this.worker.terminate();
  }
}
