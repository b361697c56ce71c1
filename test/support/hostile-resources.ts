import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { isMap, type MapValue } from '../../src/yaml/index.ts';
import { writeMap } from '../../src/yaml-write/index.ts';
import { COMMANDS, type Output, renderedOf, valuesIn, withTexts } from './every-output.ts';
import { hostileUtf8 } from './hostile.ts';

/** What terminals, GitHub, browsers and readers of Markdown, XML, DOT and Mermaid act on. */
const ACTED_ON = [
  ...[
    '::error::x',
    '::stop-commands::x',
    '##[error]x',
    '##vso[task.complete]',
    '\n::error::x',
    '\r::error::x',
    ' ::add-mask::x',
  ],
  ...[
    '\u001b[31m',
    '\u001b]8;;https://x.y\u0007',
    '\u009b2J',
    '\u202e',
    '\u2066',
    '\u061c',
    '\u00ad',
    '\u200b',
    '\u000b',
    '\u{e0041}',
  ],
  ...[
    '<script>',
    '</text></svg>',
    '</title>',
    '&lt;',
    ']]>',
    '<!--',
    '"',
    "'",
    '`',
    '``',
    '```',
    '|',
    '\\',
    '\\N',
    '\\l',
    '{',
    '}',
  ],
  ...[
    'www.x.org',
    'https://x.org',
    '@someone',
    '#1',
    'a@x.org',
    '[l](https://x.org)',
    '![i](x)',
    '**',
    '_',
    '~~',
    '$x$',
    ':tada:',
  ],
  ...[
    '"]',
    '"] --> x',
    '%%{init: {}}%%',
    'classDef',
    'style',
    'end',
    '#quot;',
    '---',
    '===',
    '%0A::error::',
    '%25',
    ',title=x',
    '::',
  ],
];

/** Texts that try to make a reader act. */
const hostile = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ACTED_ON) }, hostileUtf8), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.join('').replaceAll('\0', ''));

/** Fields by which we recognize a resource stay unchanged: otherwise it would be ignored. */
function isOurs(text: string): boolean {
  return /^(?:apiVersion|kind|metadata|spec|name|namespace|pingcap\.com\/v1alpha1|apps\/v1|v1|TidbCluster|TiKVGroup|TiDBGroup|StatefulSet|Service|ConfigMap)$/.test(
    text,
  );
}

/** Hostile texts in some values, and in fewer keys. */
function spoiled(
  resources: readonly MapValue[],
  texts: readonly string[],
  choices: readonly number[],
): MapValue[] {
  let at = 0;
  return resources.map((resource) => {
    const value = withTexts(resource, (text, isKey) => {
      at++;
      const chosen = (choices[at % choices.length] ?? 0) + at;
      const isSpared = isOurs(text) || chosen % (isKey ? 11 : 4) !== 0;
      return isSpared ? undefined : texts[chosen % texts.length];
    });
    return isMap(value) ? value : resource;
  });
}

/** Which texts go into which fields. */
export interface Spoiling {
  readonly texts: readonly string[];
  readonly choices: readonly number[];
}

export const anySpoiling: fc.Arbitrary<Spoiling> = fc.record({
  texts: fc.array(hostile, { minLength: 5, maxLength: 5 }),
  choices: fc.array(fc.nat(1000), { minLength: 7, maxLength: 13 }),
});

/** What all commands write for resources that become hostile, and for resources with other hostile texts. */
export async function spoiledOutputs(
  base: readonly MapValue[],
  { texts, choices }: Spoiling,
): Promise<Output[]> {
  const one = streamOf(spoiled(base, texts, choices));
  const two = streamOf(spoiled(base, texts.toReversed(), choices));
  const all: Output[] = [];
  for (const { outputs } of COMMANDS) {
    all.push(...(await outputs(`${texts[0]}.yaml`, streamOf(base), one)));
    all.push(...(await outputs('input.yaml', one, two)));
  }
  return all;
}

function streamOf(resources: readonly MapValue[]): string {
  return resources.map((resource) => writeMap(resource)).join('---\n');
}

const SYSTEMS = ['everything', 'joined'].map((name) =>
  readFileSync(new URL(`../../fixtures/systems/${name}.yaml`, import.meta.url), 'utf8'),
);

/** Systems that have something of every kind, as people write them and as they are rendered. */
export async function systemsToSpoil(): Promise<MapValue[][]> {
  const text = SYSTEMS.join('---\n');
  return Promise.all([text, await renderedOf(text)].map(valuesIn));
}
