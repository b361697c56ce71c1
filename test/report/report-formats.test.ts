import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { validate } from '../../src/cli/validate.ts';
import type { Code, Origin, Path, Place, Problem, Severity } from '../../src/problem/index.ts';
import { formatSarif } from '../../src/report/format-sarif.ts';
import { formatGithub, formatJson, formatText, type Report } from '../../src/report/index.ts';

const SARIF = { uriOf: (file: string) => file, version: '1.2.3' };

describe('a report of real files', async () => {
  const { report, loaded } = await validate(['fixtures/reports/manifests'], {
    strict: false,
    rendered: false,
  });
  const line = (file: string, number: number) => loaded.line(file, number);

  test.each([
    ['text.txt', formatText(report, { line, colors: false })],
    ['colors.txt', formatText(report, { line, colors: true }).replaceAll('\u001b', '␛')],
    ['problems.json', formatJson(report)],
    ['github.txt', formatGithub(report, (file) => file)],
    ['problems.sarif', formatSarif(report, SARIF)],
  ])('as %s', async (name, text) => {
    await expect(text).toMatchFileSnapshot(`../../fixtures/reports/expected/${name}`);
  });

  test('has an error of every file, and a warning', () => {
    const places = report.problems.map(
      ({ origin, place, path = [], part = 'value' }) => place ?? origin?.locate(path, part),
    );
    expect(new Set(places.map((found) => found?.file?.split('/').at(-1)))).toEqual(
      new Set(['basic.yaml', 'groups.yaml', 'broken.yaml']),
    );
    expect(report.problems.map(({ severity }) => severity)).toContain('warning');
  });

  test.each([
    ['docs/validate.schema.json', formatJson(report)],
    ['fixtures/reports/sarif-as-used.schema.json', formatSarif(report, SARIF)],
  ])('fits %s', (schema, text) => {
    expect(faults(schema, text)).toEqual([]);
  });
});

describe('a report of nothing', () => {
  const report: Report = { problems: [], resources: 1 };

  test('says so in every format', () => {
    expect(formatText(report, { line: () => undefined, colors: true })).toBe('no problems in 1 resource\n');
    expect(formatGithub(report, (file) => file)).toBe('no problems in 1 resource\n');
    expect(JSON.parse(formatJson(report))).toEqual({
      problems: [],
      summary: { errors: 0, warnings: 0, infos: 0, resources: 1 },
    });
    expect(JSON.parse(formatSarif(report, SARIF)).runs[0].results).toEqual([]);
  });

  test('fits the schemas', () => {
    expect(faults('docs/validate.schema.json', formatJson(report))).toEqual([]);
    expect(faults('fixtures/reports/sarif-as-used.schema.json', formatSarif(report, SARIF))).toEqual([]);
  });
});

function faults(schema: string, text: string): unknown[] {
  const check = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(schema, 'utf8')));
  check(JSON.parse(text));
  return check.errors ?? [];
}

interface Made {
  readonly code?: Code;
  readonly severity?: Severity;
  readonly message?: string;
  readonly place?: Place;
  readonly name?: string;
  readonly path?: Path;
}

function problem({
  code = 'ip',
  severity = 'error',
  message = 'is wrong',
  place = {},
  name,
  path,
}: Made): Problem {
  if (name === undefined) return { code, severity, message, place };
  const id = { apiVersion: 'v1', kind: 'Thing', namespace: '', name };
  const origin: Origin = { id, locate: () => place };
  return { code, severity, message, origin, path: path ?? ['spec'] };
}

const reportOf = (...problems: readonly Made[]): Report => ({
  problems: problems.map(problem),
  resources: 3,
});

describe('text', () => {
  const show = (line: string, place: Place) => {
    const report = reportOf({ place: { file: 'a.yaml', line: 7, ...place } });
    return formatText(report, { line: () => line, colors: false })
      .split('\n')
      .slice(1, 3);
  };

  test.each([
    ['a value', 'a: bc # d', { column: 4, endLine: 7, endColumn: 6 }, 'a: bc # d', '   ^^'],
    ['a place without an end', 'a: bc', { column: 4 }, 'a: bc', '   ^'],
    [
      'what goes on in further lines',
      'a: {b: c,  ',
      { column: 4, endLine: 9, endColumn: 2 },
      'a: {b: c,',
      '   ^^^^^^',
    ],
    ['the end of a line', 'a:', { column: 3 }, 'a:', '  ^'],
    ['what lies behind the line', 'a:', { column: 9, endLine: 7, endColumn: 9 }, 'a:', '  ^'],
    [
      'letters that take two columns, or none',
      '大😀e\u0301: 大x',
      { column: 8, endLine: 7, endColumn: 10 },
      '大😀e\u0301: 大x',
      '       ^^^',
    ],
    ['a tab', '\ta:\tb', { column: 5, endLine: 7, endColumn: 6 }, ' a: b', '    ^'],
    [
      'what a terminal would act on',
      'a: \u001b[31mx\u202e',
      { column: 4, endLine: 7, endColumn: 5 },
      'a: \\u001b[31mx\\u202e',
      '   ^^^^^^',
    ],
  ])('points at %s', (_, line, place, written, carets) => {
    expect(show(line, place)).toEqual([`  7 | ${written}`, `    | ${carets}`]);
  });

  test('cuts a line that is very long, around the place', () => {
    const line = `{${'"key": "value", '.repeat(1000)}}`;
    const [written = '', carets = ''] = show(line, { column: 8009, endLine: 7, endColumn: 8016 });
    expect(written.length).toBeLessThan(180);
    expect(written).toMatch(/^ {2}7 \| ….*…$/);
    expect(written.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe(line.slice(8008, 8015));
  });

  test.each([
    ['no place', {}, 'error: is wrong [ip]'],
    ['a file only', { file: 'a.yaml' }, 'a.yaml: error: is wrong [ip]'],
    ['a line that is not known', { file: 'a.yaml', line: 3, column: 2 }, 'a.yaml:3:2: error: is wrong [ip]'],
  ])('does without a line where there is %s', (_, place, headline) => {
    const [first, second] = formatText(reportOf({ place }), { line: () => undefined, colors: false }).split(
      '\n',
    );
    expect([first, second]).toEqual([headline, '']);
  });

  test('counts in its last line', () => {
    const last = (...severities: Severity[]) =>
      formatText(reportOf(...severities.map((severity) => ({ severity }))), {
        line: () => undefined,
        colors: false,
      })
        .trimEnd()
        .split('\n')
        .at(-1);
    expect(last('error')).toBe('1 error in 3 resources');
    expect(last('warning', 'error', 'error')).toBe('2 errors, 1 warning in 3 resources');
    expect(last('info', 'warning', 'info', 'warning')).toBe('2 warnings, 2 infos in 3 resources');
  });
});

describe('the order', () => {
  test('is errors first, and within a severity that of the files and lines', () => {
    const report = reportOf(
      { severity: 'info', place: { file: 'b', line: 1, column: 1 }, message: '5' },
      { severity: 'warning', place: { file: 'a', line: 1, column: 1 }, message: '4' },
      { place: { file: 'b', line: 20, column: 1 }, message: '2' },
      { place: { file: 'a', line: 2, column: 3 }, message: '3' },
      { place: { file: 'b', line: 3, column: 9 }, message: '1' },
    );
    const { problems } = JSON.parse(formatJson(report)) as { problems: { message: string }[] };
    expect(problems.map(({ message }) => message)).toEqual(['1', '2', '3', '4', '5']);
  });
});

describe('github', () => {
  const command = (made: Made, fileOf = (file: string): string | undefined => file) =>
    formatGithub(reportOf(made), fileOf).split('\n')[0];

  test.each<[string, Made, string]>([
    [
      'an error',
      { place: { file: 'a.yaml', line: 1, column: 2, endLine: 1, endColumn: 5 } },
      '::error file=a.yaml,line=1,endLine=1,col=2,endColumn=5,title=ip::is wrong',
    ],
    ['a warning', { severity: 'warning' }, '::warning title=ip::is wrong'],
    ['an info', { severity: 'info', place: { file: 'a.yaml' } }, '::notice file=a.yaml,title=ip::is wrong'],
    [
      'several lines, which have no columns',
      { place: { file: 'a.yaml', line: 1, column: 2, endLine: 3, endColumn: 5 } },
      '::error file=a.yaml,line=1,endLine=3,title=ip::is wrong',
    ],
    [
      'a place without an end',
      { place: { file: 'a.yaml', line: 4, column: 2 } },
      '::error file=a.yaml,line=4,endLine=4,col=2,title=ip::is wrong',
    ],
    ['a resource', { name: 'x' }, '::error title=ip%3A Thing x::is wrong'],
    [
      'what must be escaped',
      { place: { file: '50%,a:b\n.yaml' }, message: 'is 50%: a, b\r\nend' },
      '::error file=50%25%2Ca%3Ab%0A.yaml,title=ip::is 50%25: a, b\\r\\nend',
    ],
  ])('writes %s', (_, made, expected) => {
    expect(command(made)).toBe(expected);
  });

  test('names no file that is not in the repository', () => {
    expect(command({ place: { file: '/etc/a.yaml', line: 1, column: 1 } }, () => undefined)).toBe(
      '::error title=ip::is wrong',
    );
  });
});

describe('sarif', () => {
  const resultsOf = (...problems: readonly Made[]) =>
    (JSON.parse(formatSarif(reportOf(...problems), SARIF)) as { runs: [{ results: Result[] }] }).runs[0]
      .results;
  const fingerprints = (...problems: readonly Made[]) =>
    resultsOf(...problems).map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);

  interface Result {
    readonly locations: readonly { readonly physicalLocation?: object }[];
    readonly partialFingerprints: { readonly primaryLocationLineHash: string };
  }

  const at = (line: number, file = 'a.yaml'): Place => ({ file, line, column: 1 });

  test('a fingerprint stays where lines or files move', () => {
    const [here, there] = [
      fingerprints({ name: 'x', place: at(3), path: ['spec', 'a'] }),
      fingerprints({ name: 'x', place: at(40, 'b.yaml'), path: ['spec', 'a'] }),
    ];
    expect(here).toEqual([expect.stringMatching(/^[0-9a-f]{16}:1$/)]);
    expect(there).toEqual(here);
  });

  test('other codes, resources and fields have other fingerprints', () => {
    const all = fingerprints(
      { name: 'x', path: ['spec', 'a'] },
      { name: 'y', path: ['spec', 'a'] },
      { name: 'x', path: ['spec', 'b'] },
      { name: 'x', path: ['spec', 'a'], code: 'port' },
      { place: at(1) },
      { place: at(1, 'b.yaml') },
    );
    expect(new Set(all).size).toBe(all.length);
  });

  test('problems that are otherwise the same are counted', () => {
    const [first = '', second = ''] = fingerprints({ name: 'x' }, { name: 'x' });
    expect([first.slice(-2), second.slice(-2)]).toEqual([':1', ':2']);
    expect(second.slice(0, -2)).toBe(first.slice(0, -2));
  });

  test('a problem of a whole file has the first line, one of no file no place in any', () => {
    const [file, nothing] = resultsOf({ place: { file: 'a.yaml' } }, {});
    expect(file?.locations[0]?.physicalLocation).toMatchObject({ region: { startLine: 1 } });
    expect(nothing?.locations[0]?.physicalLocation).toBeUndefined();
  });

  test('a file outside of the repository has a URI of its own, which has no base', () => {
    const text = formatSarif(reportOf({ place: { file: 'a.yaml' } }), {
      ...SARIF,
      uriOf: (file) => `file:///tmp/${file}`,
    });
    expect(JSON.parse(text).runs[0].results[0].locations[0].physicalLocation.artifactLocation).toEqual({
      uri: 'file:///tmp/a.yaml',
    });
    expect(faults('fixtures/reports/sarif-as-used.schema.json', text)).toEqual([]);
  });

  test('fits the schema whatever is missing', () => {
    const text = formatSarif(
      reportOf({}, { name: 'x' }, { place: { file: 'a.yaml' } }, { place: at(1) }),
      SARIF,
    );
    expect(faults('fixtures/reports/sarif-as-used.schema.json', text)).toEqual([]);
  });
});
