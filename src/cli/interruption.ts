import { setImmediate } from 'node:timers/promises';

/** A moment in which a signal is heard; where there was one, what is being done ends with it. */
export type Pause = () => Promise<void>;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

class Interrupted extends Error {}

/**
 * Does something that a signal must not cut off just anywhere: it ends at the next pause, in order, and only then the
 * process does what the signal is for.
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
