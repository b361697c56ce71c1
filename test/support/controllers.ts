import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { MapValue } from '../../src/yaml/index.ts';
import { CONTROLLERS } from './tools.ts';

export interface PodStatus {
  readonly name: string;
  readonly uid: string;
  readonly set: string;
  readonly revision: string;
  readonly phase: 'Pending' | 'Running';
  readonly ready: boolean;
  readonly deleting: boolean;
}

export interface SetStatus {
  readonly name: string;
  readonly replicas: number;
  readonly available: number;
  readonly done: boolean;
}

export interface Answered {
  readonly error?: string;
  readonly code?: number;
  readonly pods?: readonly PodStatus[];
  readonly sets?: readonly SetStatus[];
  readonly warnings?: readonly string[];
}

/** A request to the API server about a StatefulSet, and the admission policies there. */
export interface Request {
  readonly policies: readonly MapValue[];
  readonly operation: 'UPDATE' | 'DELETE';
  readonly subresource?: 'scale';
  readonly old: MapValue;
  readonly new?: MapValue;
  readonly propagationPolicy?: string;
  readonly isNamespaceGoing?: boolean;
}

/** Sends all commands to one process of Kubernetes' own code: see `test/support/controllers`. */
export function askControllers(commands: readonly object[]): Answered[] {
  const { status, stdout, stderr } = spawnSync(CONTROLLERS.path ?? '', {
    input: commands.map((command) => `${JSON.stringify(command)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** What the API server says about new resources; undefined if it accepts them. */
export function refusals(resources: readonly MapValue[]): (string | undefined)[] {
  return askControllers(resources.map((object) => ({ do: 'validate', object }))).map(({ error }) => error);
}

/** The controllers as a process that takes one command after another. */
export class Controllers {
  private readonly child: ChildProcessWithoutNullStreams = spawn(CONTROLLERS.path ?? '', { stdio: 'pipe' });
  private readonly lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();

  async tell(command: object): Promise<Answered> {
    this.child.stdin.write(`${JSON.stringify(command)}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error('the controllers have ended');
    return JSON.parse(value);
  }

  stop(): void {
    this.child.kill();
  }
}
