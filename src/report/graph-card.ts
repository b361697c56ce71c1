import type { Cluster, Servers, Service } from '../system/index.ts';
import { arrow, box, FONTS, type Group, label, moved, type Shape } from './graph-scene.ts';
import { textWidth, wrapText } from './graph-text.ts';
import {
  absentPD,
  type Card,
  cardOf,
  clientServices,
  type Fact,
  serviceText,
  serviceTitle,
} from './graph-words.ts';

const PAD = 16;
const LINE = 19;
const TOP = 26;
const NARROWEST = 200;
const WIDEST = 330;
const BADGE_PAD = 9;
const GAP = 10;
/** Between a Service and its servers. */
const DROP = 26;

/** How wide the cards of a cluster are, all alike: as wide as their texts, within reason. */
export function cardWidth(cluster: Cluster): number {
  const widths = cluster.servers.flatMap((servers) => {
    const card = cardOf(servers, cluster);
    return [
      textWidth(card.title, FONTS.name) + GAP + badgeWidth(card.count),
      ...[card.subtitle, ...card.facts.map(factText)].map((text) => textWidth(text, FONTS.text)),
      ...clientServices(servers).flatMap((service) => [
        textWidth(serviceTitle(service), FONTS.heading),
        textWidth(serviceText(service), FONTS.text),
      ]),
    ];
  });
  return Math.min(WIDEST, Math.max(NARROWEST, ...widths.map((width) => width + 2 * PAD)));
}

function factText({ about, text }: Fact): string {
  return `${about} ${text}`;
}

function badgeWidth(text: string): number {
  return textWidth(text, FONTS.count) + 2 * BADGE_PAD;
}

/** A card, and what leads to it. */
export interface Cell {
  /** What is above the card, and the height that it takes; the card begins below it. */
  readonly above: readonly Shape[];
  readonly lead: number;
  readonly card: Group;
}

/** A card, and above it the Services that lead to it. */
export function serversCell(servers: Servers, cluster: Cluster, width: number): Cell {
  const card = drawCard(cardOf(servers, cluster), width, servers.joins ? 'group' : 'base');
  const services = clientServices(servers);
  if (services.length === 0) return { above: [], lead: 0, card };
  const service = drawServices(services, width);
  const lead = service.height + DROP;
  const middle = width / 2;
  const drop = arrow({ x: middle, y: service.height }, { x: middle, y: lead });
  return { above: [...service.shapes, drop], lead, card };
}

/** A cell of a row, at a place: its card begins where all in the row do, and is as high as the highest. */
export function drawnCell({ above, lead, card }: Cell, x: number, y: number, row: RowSize): Shape[] {
  const top = y + row.lead;
  const [outline, ...texts] = card.shapes;
  const stretched = outline?.shape === 'box' ? [{ ...outline, height: row.height }] : [];
  return [...moved(above, x, top - lead), ...moved([...stretched, ...texts], x, top)];
}

/** The room that a row of cells takes: above its cards, and for these. */
export interface RowSize {
  readonly lead: number;
  readonly height: number;
}

export function rowSize(cells: readonly Cell[]): RowSize {
  return {
    lead: Math.max(...cells.map(({ lead }) => lead)),
    height: Math.max(...cells.map(({ card }) => card.height)),
  };
}

function drawCard({ title, count, subtitle, facts }: Card, width: number, style: 'base' | 'group'): Group {
  const inner = width - 2 * PAD;
  const badge = badgeWidth(count);
  const titles = wrapText(title, inner - badge - GAP, FONTS.name);
  const shapes: Shape[] = [
    box('badge', width - PAD - badge, 10, badge, 22),
    label('count', width - PAD - badge / 2, TOP, count, 'middle'),
    ...titles.map((line, index) => label('name', PAD, TOP + index * LINE, line)),
  ];
  let y = TOP + titles.length * LINE;
  for (const line of wrapText(subtitle, inner, FONTS.quiet)) {
    shapes.push(label('quiet', PAD, y, line));
    y += LINE;
  }
  if (facts.length > 0) y += 4;
  for (const fact of facts) {
    for (const line of factLines(fact, inner)) {
      shapes.push({ ...label('text', PAD, y, line.text), ...(line.about !== '' && { about: line.about }) });
      y += LINE;
    }
  }
  const height = y - LINE + 14;
  return { width, height, shapes: [box(style, 0, 0, width, height), ...shapes] };
}

/** What a fact is about stands before the first of its lines. */
function factLines({ about, text }: Fact, width: number): Fact[] {
  const whole = wrapText(`${about} ${text}`, width, FONTS.text);
  const [first = ''] = whole;
  if (!first.startsWith(`${about} `)) {
    return [
      ...wrapText(about, width, FONTS.text).map((line) => ({ about: line, text: '' })),
      ...wrapText(text, width, FONTS.text).map((line) => ({ about: '', text: line })),
    ];
  }
  return whole.map((line, index) =>
    index === 0 ? { about, text: line.slice(about.length + 1) } : { about: '', text: line },
  );
}

function drawServices(services: readonly Service[], width: number): Group {
  const inner = width - 2 * PAD;
  const shapes: Shape[] = [];
  let y = 22;
  for (const service of services) {
    for (const line of wrapText(serviceTitle(service), inner, FONTS.heading)) {
      shapes.push(label('heading', width / 2, y, line, 'middle'));
      y += LINE - 1;
    }
    for (const line of wrapText(serviceText(service), inner, FONTS.text)) {
      shapes.push(label('text', width / 2, y, line, 'middle'));
      y += LINE;
    }
  }
  const height = y - LINE + 12;
  return { width, height, shapes: [box('service', 0, 0, width, height), ...shapes] };
}

/** PD where the resources do not hold it. */
export function absentCell(cluster: Cluster, width: number): Cell {
  const inner = width - 2 * PAD;
  const titles = wrapText(absentPD(cluster), inner, FONTS.name);
  const height = TOP + titles.length * LINE + 12;
  const shapes = [
    box('absent', 0, 0, width, height),
    ...titles.map((line, index) => label('name', PAD, TOP + index * LINE, line)),
    label('quiet', PAD, TOP + titles.length * LINE, 'not among the resources'),
  ];
  return { above: [], lead: 0, card: { width, height, shapes } };
}
