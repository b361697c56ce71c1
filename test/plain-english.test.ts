import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Phrases that have confused readers, each with what to write instead. */
const INSTEAD: readonly (readonly [phrase: RegExp, instead: string])[] = [
  [/\bshall\b/i, 'must, should or will'],
  [/\bbelongs? into\b/i, 'belongs in'],
  [/\bin case that\b/i, 'if, or because'],
  [/\bwithout a word\b/i, 'silently'],
  [/\bfor ever\b/i, 'forever'],
  [/\bone (?:file|line|comment|note) a [a-z]/i, 'one file per resource'],
  [/\bkeeps? [\w ]{1,30} from coming out\b/i, 'the render fails'],
  [/\b(?:what|all that) [\w ,`]{1,40} (?:come|comes|came) to\b/i, 'its resources, its result or its total'],
  [/\bregion bears\b/i, 'tolerates'],
  [/, and (?:`[^`]*`|"[^"]*"|\$\{[^}]*\}) is none\b/i, 'but … is not'],
  [/\bhow to mend\b|; mend\b/i, 'fix'],
  [/\bspelt\b|\bmisspelt\b|\blabelled\b|\bwhilst\b|\bforetold\b/i, 'spelled, labeled, while, predicted'],
  [
    /(?<![-\w])(?:behaviour|colour|favour|honour|catalogue|licence|centre|neighbour(?:s|ing)?)(?![-\w])/i,
    'behavior, color, …',
  ],
  [/\banew\b/i, 'again'],
  [/\b(?:has|have|works?) no more\b(?! than)/i, 'no longer'],
  [/\bcalled otherwise\b/i, 'has another name'],
  [/\b(?:it|that|which|but) (?:is|are) none\b/i, 'is not one'],
  [/\bnobody's business\b/i, 'does not matter'],
  [/\bbears?\b/i, 'tolerates, has'],
  [
    /\btakes? [\w ]{1,30} for (?:granted|gone|healthy|one|none|text|something)\b|\btaken for\b/i,
    'reads as, treats as',
  ],
  [/\b\w+(?:ymis|imis|alis|eris|anis|onis|ognis)(?:e|ed|es|ing|ation)\b/i, 'optimize, normalize, …'],
];

/** More of them, for tests, tools and scripts: messages of `src`, and a script in its renders, still use them. */
const IN_TOOLS: typeof INSTEAD = [
  [/\b(?:where|before|if|as) anybody\b/i, 'if a user'],
  [/\bstands? there\b/i, 'is there'],
];

describe('readers find plain American English', () => {
  test.each([...pages(), ...sources(), ...programs()])('in %s', (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const prose = proseOf(file, text);
    const found = [...INSTEAD, ...(isTool(file) ? IN_TOOLS : [])].flatMap(([phrase, instead]) => {
      const said = phrase.exec(prose)?.[0];
      return said === undefined ? [] : [`"${said}": write ${instead}`];
    });
    expect(found).toEqual([]);
  });
});

/** All that people read; the reference and the changelog of earlier releases are made of texts that are read elsewhere. */
function pages(): string[] {
  const own = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'CHANGELOG.md'];
  return [...own, ...under('docs', '.md'), ...under('examples', '.md'), ...under('functions', '.md')];
}

function sources(): string[] {
  return ['src', 'functions', 'scripts', 'test/e2e', 'test/support'].flatMap((directory) =>
    under(directory, '.ts'),
  );
}

function isTool(file: string): boolean {
  return /^(?:test|scripts|examples|\.ci)\/.*(?:\.ts|\.go|\.sh|run)$/.test(file);
}

/** Programs in Go and shell scripts. */
function programs(): string[] {
  const go = ['scripts', 'test/support'].flatMap((directory) => under(directory, '.go'));
  const shell = ['src', 'examples'].flatMap((directory) => under(directory, '.sh'));
  return [...go, ...shell, '.ci/run'];
}

function under(directory: string, ending: string): string[] {
  return readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' })
    .map((file) => join(directory, file))
    .filter((file) => file.endsWith(ending) && !file.includes('.generated.'));
}

function proseOf(file: string, text: string): string {
  if (file.endsWith('.md')) return proseOfPage(text);
  if (file.endsWith('.ts')) return proseOfSource(text);
  return commentsOfLines(text, file.endsWith('.go') ? '//' : '#');
}

/** The comments that begin with a mark and end with their line. */
function commentsOfLines(text: string, mark: string): string {
  const comments = text.split('\n').flatMap((line) => {
    const at = ` ${line}`.search(new RegExp(`\\s${mark}`));
    return at < 0 ? [] : [line.slice(at + mark.length)];
  });
  return comments
    .join(' ')
    .replace(/`[^`]*`/g, '`…`')
    .replace(/\s+/g, ' ');
}

/** A page without code. */
function proseOfPage(text: string): string {
  return text
    .replace(/^ *```[\s\S]*?^ *```$/gm, '')
    .replace(/`[^`\n]*`/g, '`…`')
    .replace(/\s+/g, ' ');
}

/** The comments of a source, and its texts of several words. */
function proseOfSource(text: string): string {
  const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true);
  const comments = new Map<number, string>();
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    const ranges = [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.getEnd()) ?? []),
    ];
    for (const { pos, end } of ranges) comments.set(pos, text.slice(pos, end));
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
    if (isText && node.getText().includes(' ')) texts.push(node.getText());
    if (!ts.isJSDoc(node)) node.getChildren(source).forEach(visit);
  };
  visit(source);
  const said = [...comments.values()].join('\n');
  const plain = said.replace(/^ *(?:\*|\/\/)/gm, '').replace(/`[^`]*`/g, '`…`');
  return [plain, ...texts].join('\n').replace(/\s+/g, ' ');
}
