import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMap, type MapValue, type Value } from '../../src/list/index.ts';

/** The shells that a start script must mean the same to. */
export const SHELLS = [
  { name: 'dash', args: [] },
  { name: 'bash', args: ['--norc', '--posix'] },
].map((shell) => ({ ...shell, missing: spawnSync(shell.name, ['-c', ':']).error !== undefined }));

export type Shell = (typeof SHELLS)[number];

// Several test files share it, as they share all modules.
const TEMPORARY = mkdtempSync(join(tmpdir(), 'start-'));
process.once('exit', () => rmSync(TEMPORARY, { recursive: true, force: true }));

/** A stand-in for a container's file system: a server that prints its arguments, and the pod's annotations. */
export class Container {
  private readonly root = mkdtempSync(join(TEMPORARY, 'container-'));

  constructor(annotations = 'prometheus.io/scrape="true"\n') {
    mkdirSync(join(this.root, 'podinfo'));
    writeFileSync(join(this.root, 'podinfo', 'annotations'), annotations);
    this.addProgram('server', 'printf \'%s\\0\' "$@"');
  }

  /** A program that is found before the machine's own. */
  addProgram(name: string, script: string): void {
    const file = join(this.root, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  /** Runs the first pod's start script; what the server was started with, or undefined if it was not. */
  start(resources: readonly MapValue[], { name, args }: Shell, env: Record<string, string> = {}): Started {
    const { script, environment } = serverOf(resources);
    const placed = script
      .replaceAll('/etc/podinfo', join(this.root, 'podinfo'))
      .replace(/^exec \/(tikv|tidb)-server /m, `exec '${join(this.root, 'server')}' `);
    const path = `${this.root}:${process.env.PATH ?? ''}`;
    const run = spawnSync(name, [...args, '-c', placed], {
      env: { ...environment, ...env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    const argv = run.stdout.endsWith('\0') ? run.stdout.split('\0').slice(0, -1) : undefined;
    return { argv, status: run.status, output: run.stdout, errors: run.stderr };
  }
}

export interface Started {
  readonly argv: readonly string[] | undefined;
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** The start script, and the environment that the kubelet would give the server's container in the first pod. */
function serverOf(resources: readonly MapValue[]): { script: string; environment: Record<string, string> } {
  const set = resources.find(({ kind }) => kind === 'StatefulSet');
  const map = resources.find(({ kind }) => kind === 'ConfigMap');
  const name = `${at(set, 'metadata', 'name')}`;
  const pod = `${name}-0`;
  const fieldRefs: Record<string, Value | undefined> = {
    'metadata.name': pod,
    'metadata.namespace': at(set, 'metadata', 'namespace'),
  };
  const containers = at(set, 'spec', 'template', 'spec', 'containers');
  const server = listOf(containers).find((container) => name.endsWith(`-${container.name}`));
  const variables = listOf(server?.env).map((variable): [string, string] => {
    const fieldPath = at(variable, 'valueFrom', 'fieldRef', 'fieldPath');
    const value = fieldPath === undefined ? variable.value : fieldRefs[`${fieldPath}`];
    return [`${variable.name}`, `${value ?? ''}`];
  });
  const environment = { HOSTNAME: pod, ...Object.fromEntries(variables) };
  return { script: `${at(map, 'data', 'startup-script')}`, environment };
}

function at(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>((map, key) => (isMap(map) ? map[key] : undefined), value);
}

function listOf(value: Value | undefined): MapValue[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}
