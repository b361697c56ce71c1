import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { graphDot } from '../../src/report/graph-dot.ts';
import { graphHtml } from '../../src/report/graph-html.ts';
import { drawCluster } from '../../src/report/graph-layout.ts';
import { graphMermaid } from '../../src/report/graph-mermaid.ts';
import { FONTS, type Group } from '../../src/report/graph-scene.ts';
import { graphSvg } from '../../src/report/graph-svg.ts';
import { textWidth } from '../../src/report/graph-text.ts';
import { visible } from '../../src/text/index.ts';
import { HOSTILE, hardSystems } from '../support/hard-systems.ts';
import { faultsOf, type Picture } from '../support/picture.ts';
import { Sandbox } from '../support/sandbox.ts';
import { systemNamed } from '../support/system.ts';
import { describeWith, GRAPHVIZ } from '../support/tools.ts';

const SYSTEMS = await hardSystems();

describe.each(['everything', 'joined'])('the system %s', async (name) => {
  const system = await systemNamed(name);
  test.each([
    ['mmd', graphMermaid(system)],
    ['dot', graphDot(system)],
    ['svg', graphSvg(system)],
  ])('as .%s', async (ending, text) => {
    await expect(text).toMatchFileSnapshot(`../../fixtures/systems/expected/${name}.${ending}`);
  });
});

test('the picture in the README is the one of the example', () => {
  const [, picture] = /```mermaid\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
  const sandbox = new Sandbox();
  sandbox.copy('examples/kpt/package', 'package');
  expect(picture).toBe(sandbox.groups(['graph', 'package']).stdout);
});

/** Every line of ours is one of these; whatever a user wrote is inside the quotes, and cannot end them. */
const TEXT = '"(?:[\\p{L}\\p{N} .,:=·×/()+-]|#\\d+;|<br/>)*"';
const ID = 'c\\d+_\\w+';
const MERMAID_LINES = [
  'flowchart TB',
  'acc(?:Title|Descr): [\\p{L}\\p{N} .,:=·×/()+-]*',
  `subgraph c\\d+(?:_[a-z]+)?\\[${TEXT}\\]`,
  'end',
  `${ID}(?:\\[${TEXT}\\]|\\(\\[${TEXT}\\]\\))(?::::(?:group|absent))?`,
  `${ID}\\(\\[${TEXT}\\]\\) --> ${ID}`,
  `${ID} -->(?:\\|${TEXT}\\|)? ${ID}`,
  'classDef group stroke:#e8710a,stroke-width:3px',
  'classDef absent stroke-dasharray:4',
].map((line) => new RegExp(`^ *${line}$`, 'u'));

describe.each(SYSTEMS)('of %s,', (_, system) => {
  test('the Mermaid has no line of any other form, and every subgraph ends', () => {
    const lines = graphMermaid(system).trimEnd().split('\n');
    expect(lines.filter((line) => !MERMAID_LINES.some((form) => form.test(line)))).toEqual([]);
    const count = (form: RegExp) => lines.filter((line) => form.test(line)).length;
    expect(count(/^ *subgraph /)).toBe(count(/^ *end$/));
  });

  test('the Mermaid names only nodes that there are', () => {
    const text = graphMermaid(system).replaceAll(/"[^"]*"/g, '');
    const made = new Set([...text.matchAll(/(?:subgraph )?(c\d+\w*)[[(]/g)].map(([, id]) => id));
    const used = [...text.matchAll(/(c\d+_\w+)(?= -->)|(?<=--> |\| )(c\d+_\w+)/g)].map(([id]) => id);
    expect(used.filter((id) => !made.has(id))).toEqual([]);
  });

  test('the SVG is well-formed, and asks for nothing and runs nothing', () => {
    const svg = graphSvg(system);
    expect(balanceOf(svg)).toEqual([]);
    const markup = svg.replace('xmlns="http://www.w3.org/2000/svg"', '').replaceAll(/>[^<]*</g, '><');
    expect(markup).not.toMatch(
      /<(?:script|foreignObject|image|use|a)\b|\bon\w+=|href|https?:|@import|@font-face|url\((?!#tip\))/i,
    );
  });

  test('the SVG has a name and a description for those who cannot see it', () => {
    const svg = graphSvg(system);
    expect(svg).toMatch(
      /^<svg [^>]*role="img" aria-labelledby="graph-title graph-description">\n<title id="graph-title">TidbCluster [^<]+<\/title>\n<desc id="graph-description">[^<]+<\/desc>\n/,
    );
  });

  test.each(system.clusters.map((cluster): [string, Group] => [cluster.name, drawCluster(cluster)]))(
    'by our own measure no text is cut or run over: %s',
    (__, drawn) => {
      expect(faultsOf(pictureOf(drawn))).toEqual([]);
    },
  );
});

/** The picture as drawn, with texts as wide as we think that they get. */
function pictureOf({ width, height, shapes }: Group): Picture {
  const boxes: Picture['boxes'][number][] = [];
  const texts: Picture['texts'][number][] = [];
  const arrows: Picture['arrows'][number][] = [];
  for (const shape of shapes) {
    if (shape.shape === 'box') {
      const { style, x, y } = shape;
      boxes.push({ style, left: x, top: y, right: x + shape.width, bottom: y + shape.height });
    } else if (shape.shape === 'arrow') {
      const [{ x, y }, to] = [shape.from, shape.to];
      arrows.push({
        left: Math.min(x, to.x) - 1,
        right: Math.max(x, to.x) + 1,
        top: Math.min(y, to.y),
        bottom: Math.max(y, to.y),
      });
    } else {
      const font = FONTS[shape.style];
      const text = shape.about === undefined ? shape.text : `${shape.about} ${shape.text}`;
      const wide = textWidth(text, font);
      const left = { start: shape.x, middle: shape.x - wide / 2, end: shape.x - wide }[shape.anchor];
      texts.push({
        text,
        left,
        right: left + wide,
        top: shape.y - font.size * 0.95,
        bottom: shape.y + font.size * 0.25,
      });
    }
  }
  return { width, height, boxes, texts, arrows };
}

/** Tags that nothing ends, or that end nothing, and characters that XML does not have. */
function balanceOf(xml: string): string[] {
  const open: string[] = [];
  const faults = [...xml.matchAll(/&(?!(?:amp|lt|gt|quot);)|(?!\n)\p{Cc}/gu)].map(([text]) => text);
  for (const [, end, name = '', alone] of xml.matchAll(/<(\/?)([a-zA-Z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (end === '/') {
      if (open.pop() !== name) faults.push(`</${name}>`);
    } else if (alone !== '/') open.push(name);
  }
  const left = xml.replaceAll(/<(\/?)([a-zA-Z]+)(?:\s[^<>]*?)?(\/?)>/g, '');
  return [...faults, ...open, ...(left.match(/[<>]/g) ?? [])];
}

test('what users wrote is there to be read, in every format', () => {
  const [, system] = SYSTEMS.find(([what]) => what === 'texts that mean something') ?? ['', { clusters: [] }];
  const asXml = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const letters = (text: string) => text.replaceAll(/<[^>]*>|\s/g, '');
  const mermaid = graphMermaid(system).replaceAll(/#(\d+);/g, (_, point) =>
    String.fromCodePoint(Number(point)),
  );
  for (const text of HOSTILE.map(visible)) {
    expect(mermaid.replaceAll('\u2060', '')).toContain(text);
    expect(graphDot(system)).toContain(
      text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;'),
    );
    expect(letters(graphSvg(system).replaceAll('</text>\n', ''))).toContain(
      asXml(text).replaceAll(/\s/g, ''),
    );
  }
});

test('the page holds the picture, asks for nothing, and lets nothing run', async () => {
  const system = await systemNamed('everything');
  const page = graphHtml(system);
  expect(page).toContain(graphSvg(system));
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(page).not.toMatch(/<script|<link|<img/);
});

describeWith([GRAPHVIZ], 'draws every system', (dot) => {
  test.each(SYSTEMS)('%s', (_, system) => {
    const { status, stdout, stderr } = spawnSync(dot, ['-Tplain'], {
      input: graphDot(system),
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const nodes = system.clusters.flatMap(({ servers }) => servers).length;
    expect(stdout.match(/^node c\d+_s\d+ /gm)).toHaveLength(nodes);
  });
});
