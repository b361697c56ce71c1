import { setImmediate } from 'node:timers/promises';

/** A point where signals are handled; if there was one, the work ends there. */
export type Pause = () => Promise<void>;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

class Interrupted extends Error {}

/**
 * Does work that a signal must not interrupt anywhere: it ends at the next pause, and only then does the process act on
 * the signal.
 */
export async function untilDone(work: (pause: Pause) => Promise<void>): Promise<void> {
  let heard: NodeJS.Signals | undefined;
  const hear = (signal: NodeJS.Signals) => {
    heard ??= signal;
  };
  for (const signal of SIGNALS) process.on(signal, hear);
  try {
    await work(async () => {
      await setImmediate();
      if (heard !== undefined) throw new Interrupted();
    });
    await setImmediate();
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  } finally {
    for (const signal of SIGNALS) process.off(signal, hear);
  }
  if (heard !== undefined) process.kill(process.pid, heard);
}
