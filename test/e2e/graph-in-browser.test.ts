import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { graphHtml } from '../../src/report/graph-html.ts';
import { graphMermaid } from '../../src/report/graph-mermaid.ts';
import { visible } from '../../src/text/index.ts';
import { measured, resultOf } from '../support/chromium.ts';
import { HOSTILE, hardSystems } from '../support/hard-systems.ts';
import { faultsOf, type Picture } from '../support/picture.ts';
import { TRIES_ALL } from '../support/runs.ts';
import { Sandbox } from '../support/sandbox.ts';
import { CHROMIUM, describeWith, MERMAID } from '../support/tools.ts';

const SYSTEMS = await hardSystems();
const SLOW = 60_000;

if (!TRIES_ALL) console.log('not run here: pages in Chromium, which takes a while; .ci/run tries it');

describeWith(TRIES_ALL ? [CHROMIUM] : [], 'a page can be read', (chromium) => {
  let pictures: readonly (Picture | undefined)[] | undefined;
  /** The pictures of the page that the command writes, and of the page of each system. */
  function allPictures() {
    pictures ??= measured(chromium, [
      new Sandbox().groups(['graph', '-o', 'html', '-'], {
        input: readFileSync('fixtures/systems/everything.yaml'),
      }).stdout,
      ...SYSTEMS.map(([, system]) => graphHtml(system)),
    ]);
    return pictures;
  }

  test.each(SYSTEMS.map(([what], index) => [what, index] as const))(
    'of %s: no text is cut, and nothing runs over it',
    (_, index) => {
      const [, ...ofSystems] = allPictures();
      const picture = ofSystems[index];
      if (picture === undefined) throw new Error('the page has no picture');
      expect(picture.texts.length).toBeGreaterThan(5);
      expect(faultsOf(picture)).toEqual([]);
    },
    SLOW,
  );

  test(
    'as the command writes it, with everything that there is in the manifests',
    () => {
      const [picture] = allPictures();
      if (picture === undefined) throw new Error('the page has no picture');
      const shown = picture.texts.map(({ text }) => text);
      expect(shown).toEqual(
        expect.arrayContaining([
          'TidbCluster prod',
          'Service analytics-tidb',
          'TiKV hot-nvme-zone-a',
          'each 4 to 8 CPU, 16Gi memory',
          'zone eu-central-1a',
          'suspended ×3',
        ]),
      );
      expect(picture.boxes.filter(({ style }) => style === 'group')).toHaveLength(5);
    },
    SLOW,
  );
});

describeWith([MERMAID], 'takes what we write', (mermaid) => {
  test(
    'and draws every node of every system',
    () => {
      const texts = SYSTEMS.map(([, system]) => graphMermaid(system));
      const page = `<!doctype html><meta charset="utf-8"><script src="${pathToFileURL(mermaid).href}"></script>`;
      const script = `<script type="module">
        const texts = ${JSON.stringify(texts).replaceAll('<', '\\u003c')};
        const results = [];
        mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
        for (const [index, text] of texts.entries()) {
          try {
            const { svg } = await mermaid.render('picture' + index, text);
            const drawn = new DOMParser().parseFromString(svg, 'text/html');
            const labels = [...drawn.querySelectorAll('.nodeLabel')].map((label) => label.textContent);
            results.push({ nodes: drawn.querySelectorAll('.node').length, labels, strange: drawn.querySelectorAll('.nodeLabel :is(script, img, em, strong, del, a, code)').length });
          } catch (error) {
            results.push({ error: String(error) });
          }
        }
        document.getElementById('result').textContent = JSON.stringify(results);
      </script>`;
      const results = resultOf(CHROMIUM.path ?? '', page, script) as {
        nodes: number;
        labels: string[];
        strange: number;
      }[];
      texts.forEach((text, index) => {
        const nodes = new Set(text.match(/c\d+_(?:s\d+(?:_v\d+)?|clients|pd)(?=[[(])/g));
        expect(results[index]).toMatchObject({ nodes: nodes.size, strange: 0 });
      });
      // The last of the systems has hostile texts in every label.
      const shown = results
        .at(-1)
        ?.labels.join('')
        .replaceAll(/[\s\u2060]/g, '');
      // The remains of an entity that lost its end.
      expect(shown).not.toMatch(/#\d+(?![\d;])/);
      for (const text of HOSTILE) {
        const wanted = visible(text).replaceAll(/\s/g, '');
        expect(shown).toContain(`${wanted}=${wanted}`);
      }
    },
    SLOW,
  );
});
