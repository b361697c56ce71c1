import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';

/** The shells that a start script must mean the same to. */
export const SHELLS = [
  { name: 'dash', args: [] },
  { name: 'bash', args: ['--norc', '--posix'] },
].map((shell) => ({ ...shell, missing: spawnSync(shell.name, ['-c', ':']).error !== undefined }));

export type Shell = (typeof SHELLS)[number];

// Several test files share it, as they share all modules.
const TEMPORARY = mkdtempSync(join(tmpdir(), 'start-'));
process.once('exit', () => rmSync(TEMPORARY, { recursive: true, force: true }));

/** A server that prints its arguments. Some are asked for their flags first. */
function server(flags: string): string {
  return `if [ "$*" = --help ]; then echo '${flags}'; else printf '%s\\0' "$@"; fi`;
}

/** A stand-in for a container's file system: a server that prints its arguments, and the pod's annotations. */
export class Container {
  private readonly root = mkdtempSync(join(TEMPORARY, 'container-'));
  /** Results by script: most cases of a table share a few scripts. */
  private readonly started = new Map<string, Started>();

  constructor(annotations = 'prometheus.io/scrape="true"\n') {
    mkdirSync(join(this.root, 'podinfo'));
    writeFileSync(join(this.root, 'podinfo', 'annotations'), annotations);
    this.addProgram('getent', 'echo "10.0.0.7 $2"');
    this.addProgram('hostname', 'echo "10.0.0.7 fd00::7 "');
    this.addProgram('server', server('--config string --advertise-addr string'));
  }

  /** One whose server's version has only the first flag. */
  static ofOldVersion(): Container {
    const old = new Container();
    old.addProgram('server', server('--config string'));
    return old;
  }

  /** One with annotations, whose `tail` prints its arguments instead of waiting. */
  static held(annotations: string): Container {
    const held = new Container(annotations);
    held.addProgram('tail', 'printf "tail %s" "$*"');
    return held;
  }

  /** Adds a program, found before those of the machine. */
  addProgram(name: string, script: string): void {
    this.started.clear();
    const file = join(this.root, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  /** Runs the first pod's start script; what the server was started with, or undefined if it was not. */
  start(resources: readonly MapValue[], { name, args }: Shell, env: Record<string, string> = {}): Started {
    const { script, environment } = serverOf(resources);
    const placed = script
      .replaceAll('/etc/podinfo', join(this.root, 'podinfo'))
      .replaceAll(/^((?:\s*exec |case \$\())\/[\w./-]+(?= )/gm, `$1'${join(this.root, 'server')}'`);
    const path = `${this.root}:${process.env.PATH ?? ''}`;
    const whole = { ...environment, ...env, PATH: path };
    const key = JSON.stringify([name, placed, whole]);
    const known = this.started.get(key);
    if (known !== undefined) return known;
    const run = spawnSync(name, [...args, '-c', placed], {
      env: whole,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    const argv = run.stdout.endsWith('\0') ? run.stdout.split('\0').slice(0, -1) : undefined;
    const started = { argv, status: run.status, output: run.stdout, errors: run.stderr };
    this.started.set(key, started);
    return started;
  }

  /** Runs the init container that makes the configs of a numbered pod of the group; the two files. */
  makeConfigs(resources: readonly MapValue[], { name, args }: Shell, env: Record<string, string>): string[] {
    const set = resources.find(({ kind }) => kind === 'StatefulSet');
    const files = at(
      resources.find(({ kind }) => kind === 'ConfigMap'),
      'data',
    );
    const maker = listOf(at(set, 'spec', 'template', 'spec', 'initContainers')).find(
      (one) => one.name === 'init',
    );
    const [templates, data] = [join(this.root, 'templates'), join(this.root, 'data')];
    for (const directory of [templates, data]) mkdirSync(directory, { recursive: true });
    for (const [file, text] of Object.entries(isMap(files) ? files : {})) {
      writeFileSync(join(templates, file), `${text}`);
    }
    const command = Array.isArray(maker?.command) ? maker.command : [];
    const script = `${command[2]}`.replaceAll('/etc/tiflash', templates).replaceAll('/data0', data);
    const run = spawnSync(name, [...args, '-c', expanded(script, env)], {
      env: { ...env, PATH: process.env.PATH ?? '' },
      encoding: 'utf8',
    });
    if (run.status !== 0 || run.stderr !== '') throw new Error(run.stderr);
    return ['config.toml', 'proxy.toml'].map((file) => readFileSync(join(data, file), 'utf8'));
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
  // The script is in a ConfigMap or in the container's command.
  const command = server?.command;
  const inCommand = Array.isArray(command) && command[1] === '-c' ? `${command[2]}` : undefined;
  const script =
    inCommand === undefined ? `${at(map, 'data', 'startup-script')}` : expanded(inCommand, environment);
  return { script, environment };
}

/** As the kubelet does in commands: `$$` is one `$`, and `$(NAME)` is a variable, where there is one. */
function expanded(text: string, environment: Record<string, string>): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (all, name?: string) =>
    name === undefined ? '$' : (environment[name] ?? all),
  );
}

function at(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>((map, key) => (isMap(map) ? map[key] : undefined), value);
}

function listOf(value: Value | undefined): MapValue[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}
