import { pathToFileURL } from 'node:url';
import type { Picture } from './picture.ts';
import { Sandbox } from './sandbox.ts';

/** Opens a page in a browser, and returns the text that its last script writes into `<pre id="result">`. */
export function resultOf(chromium: string, page: string, script: string): unknown {
  const sandbox = new Sandbox({ 'page.html': withResult(page, script) });
  const { stdout, stderr } = sandbox.run(
    chromium,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      `--user-data-dir=${sandbox.path('profile')}`,
      '--window-size=1600,1200',
      '--virtual-time-budget=30000',
      '--dump-dom',
      pathToFileURL(sandbox.path('page.html')).href,
    ],
    { env: { HOME: sandbox.root } },
  );
  const [, result] = /<pre id="result">([^<]+)<\/pre>/.exec(stdout) ?? [];
  if (result === undefined)
    throw new Error(`the page has no result: ${stdout.slice(-500)} ${stderr.slice(-500)}`);
  return JSON.parse(result.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'));
}

function withResult(page: string, script: string): string {
  return `${page}\n<pre id="result"></pre>\n${script}`;
}

/** Measures every box, text and arrow of the one picture of a page. */
const MEASURE = `<script>
const svg = document.querySelector('svg');
const origin = svg.getBoundingClientRect();
const area = (element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left: left - origin.left, top: top - origin.top, right: right - origin.left, bottom: bottom - origin.top };
};
const all = (selector) => [...svg.querySelectorAll(selector)];
document.getElementById('result').textContent = JSON.stringify({
  width: origin.width,
  height: origin.height,
  boxes: all('rect:not(.page)').map((rect) => ({ ...area(rect), style: rect.getAttribute('class') })),
  texts: all('text').map((text) => ({ ...area(text), text: text.textContent })),
  arrows: all('path.arrow').map(area),
});
</script>`;

/** Writes the results of all frames, once they are there. */
const COLLECT = `<script>
addEventListener('load', () => {
  const results = [...document.querySelectorAll('iframe')].map((frame) =>
    JSON.parse(frame.contentDocument.getElementById('result').textContent),
  );
  document.getElementById('result').textContent = JSON.stringify(results);
});
</script>`;

/** The pictures of pages. All are opened at once, each in a frame, because a browser takes long to start. */
export function measured(chromium: string, pages: readonly string[]): Picture[] {
  // The pages let no script run; this one is ours.
  const frames = pages.map((page) => {
    const text = page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
    const source = withResult(text, MEASURE).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    return `<iframe width="1600" height="1200" srcdoc="${source}"></iframe>`;
  });
  return resultOf(
    chromium,
    `<!doctype html><meta charset="utf-8">${frames.join('\n')}`,
    COLLECT,
  ) as Picture[];
}
