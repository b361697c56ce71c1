import { describe, expect, test } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';

const RESOURCE = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n';

/** What a name of bytes that are no text looks like to Node, and to whoever reads a message. */
const SHOWN = '\ufffd';

const ASK = 'its name is not UTF-8; rename it';

// Elsewhere file systems have no such names.
describe.runIf(process.platform === 'linux')('a name that is not UTF-8', () => {
  test.each([
    [
      'of a file',
      'mkdir in; cp a.yaml "in/$(printf "\\377").yaml"',
      'validate in',
      `"in/${SHOWN}.yaml" must be readable, but ${ASK}`,
    ],
    [
      'of a file on the command line',
      'cp a.yaml "$(printf "\\377").yaml"',
      'validate "$(printf "\\377").yaml"',
      `"${SHOWN}.yaml" must be a file or a directory, but ${ASK}`,
    ],
    [
      'of a directory',
      'mkdir -p "in/$(printf "\\376")"',
      'render in',
      `all of "in/${SHOWN}" must be readable, but ${ASK}`,
    ],
    [
      'of what is to be written',
      ':',
      'render -o "$(printf "\\377")" a.yaml',
      `"${SHOWN}" must have a name in UTF-8; use another name`,
    ],
  ])('%s is named as the reason', (_, prepare, command, message) => {
    const sandbox = new Sandbox({ 'a.yaml': RESOURCE });
    expect(sandbox.run('sh', ['-c', prepare]).status).toBe(0);
    const { status, stdout, stderr } = sandbox.run('sh', ['-c', `tidb-groups ${command}`]);
    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: `error: ${message}\n` });
  });
});
