import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { CLUSTER, configMap, resourceList, stream, TIKV_GROUP } from '../support/basic.ts';
import { inTurn } from '../support/runs.ts';
import { EXECUTABLE, Sandbox } from '../support/sandbox.ts';
import { BASH, OLDER_NODE } from '../support/tools.ts';

const FILES = {
  list: resourceList(CLUSTER, TIKV_GROUP, configMap('more', `  text: ${'x'.repeat(40_000)}\n`)),
  'in.yaml': stream(CLUSTER, TIKV_GROUP, configMap('more', `  text: ${'x'.repeat(40_000)}\n`)),
};

/** Runs a shell command; returns its status and output. */
function line(text: string) {
  const { status, stdout, stderr } = new Sandbox(FILES).run('bash', ['-c', text]);
  return { status, stdout, stderr };
}

/** Every command that prints something, with input for it. What is the same for all is tried of a third of them, in turn. */
const PRINTING = [
  'tidb-groups <list',
  'tidb-groups render in.yaml',
  'tidb-groups render - <in.yaml',
  'tidb-groups validate in.yaml',
  'tidb-groups validate --output github in.yaml',
  'tidb-groups diff in.yaml in.yaml',
  'tidb-groups graph in.yaml',
  'tidb-groups list in.yaml',
  'tidb-groups explain',
  'tidb-groups schema TiKVGroup',
  'tidb-groups crds',
  'tidb-groups --help',
  'tidb-groups render --help',
  'tidb-groups --version',
];

describe.skipIf(BASH.path === undefined)(
  'output that is lost is an error in one line, with a status, of',
  () => {
    test.each(inTurn(PRINTING, 2, 6))('%s', (command) => {
      expect(line(`${command} >/dev/full`)).toEqual({
        status: 1,
        stdout: '',
        stderr: 'error: output must be writable, but the disk is full; free some space\n',
      });
      // The message cannot be printed, but the exit status is set.
      expect(line(`${command} >/dev/full 2>&1`)).toMatchObject({ status: 1 });
    });

    test.each(PRINTING.slice(0, 3))('%s, into a file that may not get that large', (command) => {
      const { status, stdout, stderr } = line(`ulimit -f 8; ${command} >out`);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(
        /^error: output must be writable, but the file would exceed the size limit.*\n$/,
      );
    });
  },
);

describe.skipIf(BASH.path === undefined)('no error and no output is lost:', () => {
  test.each(inTurn(PRINTING, 0, 6))(
    'a reader that closes the pipe ends it with a status and one line: %s',
    (command) => {
      const { stdout, stderr } = line(`{ ${command}; echo "$?" >&2; } | true`);
      expect(stdout).toBe('');
      // Short output may be in the pipe before the reader closes it.
      expect(stderr).toMatch(
        /^(?:0|error: output must be writable, but whoever read it has stopped; [^\n]*\n1)\n$/,
      );
    },
  );

  test('where standard error is full, what was wrong still is', () => {
    expect(line('tidb-groups render nowhere 2>/dev/full')).toMatchObject({ status: 1, stdout: '' });
    expect(line('tidb-groups render nowhere 2>&-')).toMatchObject({ status: 2, stdout: '' });
    expect(line('tidb-groups nothing 2>/dev/full')).toMatchObject({ status: 1, stdout: '' });
  });

  test('output may be thrown away', () => {
    for (const command of inTurn(PRINTING, 2, 6))
      expect(line(`${command} >/dev/null`)).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  // Node opens /dev/null instead, as programs do that discard output, so this cannot be an error.
  test.each(inTurn(PRINTING, 1, 6))(
    'output that may be lost is not an error, but is noted: %s',
    (command) => {
      const isForStatus = /^tidb-groups (?:validate|diff) /.test(command);
      const note =
        isForStatus || process.platform !== 'linux' ? /^$/ : /^note: standard output is closed, or [^\n]*\n$/;
      for (const redirected of [`${command} >&-`, `${command} 1<>/dev/null`]) {
        const { status, stderr } = line(redirected);
        expect({ redirected, status }).toEqual({ redirected, status: 0 });
        expect(stderr).toMatch(note);
      }
      // Nobody can be told.
      expect(line(`${command} >&- 2>&-`)).toMatchObject({ status: 0 });
      expect(line(`${command} >&- 2>/dev/full`)).toMatchObject({ status: 0 });
    },
  );

  test('whoever starts it without output gets its status: Node', () => {
    const { root } = new Sandbox(FILES);
    const statusOf = (...args: string[]) =>
      spawnSync(EXECUTABLE, args, { cwd: root, stdio: 'ignore' }).status;
    expect(statusOf('render', 'in.yaml')).toBe(0);
    expect(statusOf('render', 'nowhere')).toBe(2);
    expect(statusOf('validate', 'in.yaml')).toBe(0);
  });

  test('whoever starts it without output gets its status: Python', () => {
    const start =
      'import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode)';
    const statusOf = (command: string) => line(`python3 -c '${start}' ${command}`).status;
    expect(statusOf('tidb-groups render in.yaml')).toBe(0);
    expect(statusOf('tidb-groups render nowhere')).toBe(2);
    expect(statusOf('tidb-groups diff in.yaml in.yaml')).toBe(0);
  });
});

describe.skipIf(BASH.path === undefined)('standard input', () => {
  test.each([
    ['tidb-groups <.', 1],
    ['tidb-groups render - <.', 2],
    ['tidb-groups validate <.', 2],
    ['tidb-groups diff - in.yaml <.', 2],
  ])('that is a directory is an error: %s', (command, status) => {
    expect(line(command)).toEqual({
      status,
      stdout: '',
      stderr: 'error: standard input must be readable, but it is a directory\n',
    });
  });

  test.each(['tidb-groups <&-', 'tidb-groups render - <&-', 'tidb-groups <list 0>out'])(
    'that is closed, or not for reading, is an error: %s',
    (command) => {
      const { status, stdout, stderr } = line(command);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/^.*error: .*\n$/);
    },
  );
});

describe('memory that is not enough ends in a line and a status, and not in a trace', () => {
  test.each([
    ['the function', [], 'list'],
    ['a command', ['render', '-'], 'stream'],
  ])('%s', (_, args, form) => {
    // A list with an anchor is parsed as a whole.
    const maps = Array.from({ length: 60_000 }, (__, index) =>
      configMap(`c-${index}`, `  a: &a${index} x\n  b: "1"\n`),
    );
    const input = form === 'list' ? resourceList(...maps) : stream(...maps);
    const { status, stdout, stderr } = new Sandbox().groups(args, {
      input,
      env: { NODE_OPTIONS: '--max-old-space-size=60' },
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^.*not enough memory.*\n$/);
  });
});

describe.skipIf(OLDER_NODE.path === undefined)('Node that is too old', () => {
  test.each([[[]], [['render', '-']], [['--help']]])('is told so: %j', (args) => {
    const { status, stdout, stderr } = new Sandbox().run(OLDER_NODE.path ?? '', [EXECUTABLE, ...args], {
      input: '',
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      /^error: tidb-groups needs Node 20 or newer, and this is v18\.\d+\.\d+; install a newer one\n$/,
    );
  });
});
