import type { System } from '../system/index.ts';
import { drawCluster } from './graph-layout.ts';
import {
  type Arrow,
  type Box,
  type BoxStyle,
  box,
  FONTS,
  type Label,
  type LabelStyle,
  label,
  moved,
  type Shape,
} from './graph-scene.ts';
import { clusterTitle, description } from './graph-words.ts';
import { asXml } from './xml.ts';

const MARGIN = 20;
const BETWEEN = 28;
const KEY = 34;

/** A self-contained picture: no script, no font, no other file. Light or dark, like the reader's screen. */
export function graphSvg({ clusters }: System): string {
  const shapes: Shape[] = [];
  let width = 0;
  let y = MARGIN;
  for (const cluster of clusters) {
    const drawn = drawCluster(cluster);
    shapes.push(...moved(drawn.shapes, MARGIN, y));
    width = Math.max(width, drawn.width);
    y += drawn.height + BETWEEN;
  }
  if (clusters.some(({ servers }) => servers.some(({ joins }) => joins))) {
    shapes.push(...moved(key(), MARGIN, y - 8));
    y += KEY;
  }
  const [wide, high] = [width + 2 * MARGIN, y - BETWEEN + MARGIN];
  const title = clusters.map(clusterTitle).join(', ');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" role="img" aria-labelledby="graph-title graph-description">
<title id="graph-title">${asXml(title)}</title>
<desc id="graph-description">${asXml(description(clusters))}</desc>
<style>${STYLE}</style>
<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path class="tip" d="M0 0L10 5L0 10z"/></marker></defs>
<rect class="page" width="100%" height="100%"/>
${shapes.map(drawn).join('\n')}
</svg>
`;
}

/** What the colors mean. */
function key(): Shape[] {
  return [
    box('key-base', 0, 0, 18, 14),
    label('quiet', 26, 12, 'of the base'),
    box('key-group', 130, 0, 18, 14),
    label('quiet', 156, 12, 'of a group'),
  ];
}

const RADII: Partial<Record<BoxStyle, number>> = {
  cluster: 14,
  layer: 10,
  clients: 20,
  badge: 11,
  service: 16,
};

function drawn(shape: Shape): string {
  switch (shape.shape) {
    case 'box':
      return rectangle(shape);
    case 'label':
      return text(shape);
    case 'arrow':
      return line(shape);
  }
}

function rectangle({ style, x, y, width, height }: Box): string {
  return `<rect class="${style}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${RADII[style] ?? 6}"/>`;
}

function text({ style, x, y, anchor, text: written, about = '' }: Label): string {
  const at = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  const before = about === '' ? '' : `<tspan class="quiet">${asXml(about)}</tspan> `;
  return `<text class="${style}" x="${x}" y="${y}"${at}>${before}${asXml(written)}</text>`;
}

function line({ from, to }: Arrow): string {
  return `<path class="arrow" d="M${from.x} ${from.y}L${to.x} ${to.y}" marker-end="url(#tip)"/>`;
}

interface Palette {
  readonly page: string;
  readonly cluster: string;
  readonly layer: string;
  readonly card: string;
  readonly service: string;
  readonly line: string;
  readonly base: string;
  readonly group: string;
  readonly text: string;
  readonly quiet: string;
}

const LIGHT: Palette = {
  page: '#ffffff',
  cluster: '#f6f8fa',
  layer: '#eaeef2',
  card: '#ffffff',
  service: '#ddf4ff',
  line: '#57606a',
  base: '#0969da',
  group: '#bc4c00',
  text: '#1f2328',
  quiet: '#57606a',
};

const DARK: Palette = {
  page: '#0d1117',
  cluster: '#151b23',
  layer: '#212830',
  card: '#0d1117',
  service: '#122d4a',
  line: '#9198a1',
  base: '#4493f8',
  group: '#f0883e',
  text: '#f0f6fc',
  quiet: '#9198a1',
};

function colours(palette: Palette): string {
  const { page, cluster, layer, card, service, line: stroke, base, group, text: ink, quiet } = palette;
  return [
    `.page{fill:${page}}`,
    `.cluster{fill:${cluster};stroke:${stroke}}`,
    `.layer{fill:${layer};stroke:none}`,
    `.base,.key-base{fill:${card};stroke:${base}}`,
    `.group,.key-group{fill:${card};stroke:${group}}`,
    `.absent{fill:${card};stroke:${stroke}}`,
    `.service,.clients{fill:${service};stroke:${base}}`,
    `.badge{fill:${layer}}`,
    `.arrow{stroke:${stroke}}`,
    `.tip{fill:${stroke}}`,
    `text{fill:${ink}}`,
    `.quiet,.link{fill:${quiet}}`,
  ].join('');
}

const FAMILY = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif';

function fonts(): string {
  return (Object.keys(FONTS) as LabelStyle[])
    .map(
      (style) =>
        `text.${style}{font-size:${FONTS[style].size}px${FONTS[style].bold ? ';font-weight:700' : ''}}`,
    )
    .join('');
}

const STYLE = [
  `text{font-family:${FAMILY};white-space:pre}`,
  fonts(),
  '.cluster,.service,.clients{stroke-width:1}.base,.group{stroke-width:2}',
  '.key-base,.key-group{stroke-width:2}.absent{stroke-dasharray:5 4}.arrow{fill:none;stroke-width:1.6}',
  colours(LIGHT),
  `@media(prefers-color-scheme:dark){${colours(DARK)}}`,
].join('');
