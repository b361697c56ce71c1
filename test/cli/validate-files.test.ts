import { describe, expect, test } from 'vitest';
import { validate } from '../../src/cli/validate.ts';
import { formatJson } from '../../src/report/index.ts';
import { Sandbox } from '../support/sandbox.ts';
import { readFixture } from '../support/table.ts';

interface Row {
  readonly name: string;
  readonly files: { readonly [name: string]: string };
  readonly crlf?: boolean;
  /** `file:line:column code`, and a part of the message. */
  readonly problems: readonly (readonly [place: string, says: string])[];
}

interface Found {
  readonly code: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const { cluster, cases } = readFixture<{ cluster: string; cases: readonly Row[] }>('problems/files.yaml');

describe('files have one problem for each cause, and all of them at once', () => {
  test.each(cases)('$name', async ({ files, crlf = false, problems }) => {
    const written = Object.entries(files).map(([name, text]) => {
      const whole = text === 'CLUSTER' ? cluster : text;
      return [name, crlf ? whole.replaceAll('\n', '\r\n') : whole];
    });
    const sandbox = new Sandbox(Object.fromEntries(written));
    const { report } = await validate([sandbox.path('.')], { strict: false, rendered: false });
    const { problems: found }: { problems: Found[] } = JSON.parse(formatJson(report));
    const places = found.map(
      ({ file, line, column, code }) => `${file.split('/').at(-1)}:${line}:${column} ${code}`,
    );
    expect(places).toEqual(problems.map(([place]) => place));
    for (const [index, [, says]] of problems.entries()) expect(found[index]?.message).toContain(says);
  });
});
