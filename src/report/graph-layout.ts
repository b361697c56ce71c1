import type { Cluster, Layer, Link, ServerLayer } from '../system/index.ts';
import { cardWidth } from './graph-card.ts';
import { type LayerBox, layerBox } from './graph-layer.ts';
import { arrow, box, FONTS, type Group, label, moved, type Shape } from './graph-scene.ts';
import { textWidth, wrapText } from './graph-text.ts';
import { clusterFacts, clusterTitle, LAYER_NAMES, layersOf, linkText, portsText } from './graph-words.ts';

/**
 * A cluster as layers, those who ask above those who answer, with PD on the left of all that talk to it. Proxies and
 * binlogs stand on the left too, and leave room on the right for the arrows that pass them, so no arrow crosses another.
 */

const PAD = 24;
/** Between layers, for an arrow and what it says. */
const GAP = 58;
const CLIENTS_HEIGHT = 40;
const LABEL_GAP = 10;
const LINE = 20;

const PASSED: readonly Layer[] = ['proxies', 'binlogs'];

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function drawCluster(cluster: Cluster): Group {
  const layers = layersOf(cluster);
  const card = cardWidth(cluster);
  const boxes = new Map<Layer, LayerBox>(
    layers.filter(isServerLayer).map((layer) => [layer, layerBox(cluster, layer, card)]),
  );
  const main = layers.filter((layer) => layer !== 'placement');
  const placement = boxes.get('placement');
  const sideways = cluster.links.filter(({ to }) => to === 'placement');
  const gap = placement === undefined ? 0 : 44 + Math.max(0, ...sideways.map(sideLabelWidth));
  const left = placement === undefined || main.length === 0 ? 0 : placement.width + gap;
  const pass = passX(cluster, boxes);
  const width = Math.max(
    ...main.map((layer) => boxes.get(layer)?.width ?? 0),
    pass.needed,
    ...verticals(cluster).map((link) => 2 * (linkWidth(link) + LABEL_GAP + PAD)),
    main.length === 0 ? 0 : 200,
  );

  const shapes: Shape[] = [];
  const places = new Map<Layer, Placed>();
  let y = 0;
  for (const layer of main) {
    const own = boxes.get(layer);
    const place = {
      x: left,
      y,
      width: own !== undefined && PASSED.includes(layer) ? own.width : width,
      height: own?.height ?? CLIENTS_HEIGHT,
    };
    places.set(layer, place);
    shapes.push(...moved(own?.drawn(place.width, place.height) ?? clients(place.width), place.x, place.y));
    y += place.height + GAP;
  }
  if (placement !== undefined) {
    const first = Math.min(...sideways.map(({ from }) => places.get(from)?.y ?? 0));
    const top = Number.isFinite(first) ? first : 0;
    const bottom = Math.max(
      top + placement.height,
      ...[...places.values()].map((place) => place.y + place.height),
    );
    shapes.push(...moved(placement.drawn(placement.width, bottom - top), 0, top));
    y = Math.max(y, bottom + GAP);
  }
  shapes.push(...sideways.flatMap((link) => sideArrow(link, places, placement?.width ?? 0)));
  shapes.push(...verticals(cluster).flatMap((link) => downArrow(link, places, left + pass.x)));
  return framed(cluster, {
    width: left + (main.length === 0 ? (placement?.width ?? 0) : width),
    height: y - GAP,
    shapes,
  });
}

function isServerLayer(layer: Layer): layer is ServerLayer {
  return layer !== 'clients';
}

function verticals({ links }: Cluster): Link[] {
  return links.filter(({ to }) => to !== 'placement');
}

function linkWidth(link: Link): number {
  return textWidth(linkText(link), FONTS.link);
}

function sideLabelWidth({ purpose, ports }: Link): number {
  return Math.max(textWidth(purpose, FONTS.link), textWidth(portsText(ports), FONTS.link));
}

/** Where arrows pass a layer that stands on the left: right of it, and of what the arrow that ends there says. */
function passX(cluster: Cluster, boxes: ReadonlyMap<Layer, LayerBox>): { x: number; needed: number } {
  const ends = PASSED.flatMap((layer) => {
    const own = boxes.get(layer);
    if (own === undefined) return [];
    const links = verticals(cluster).filter(({ from, to }) => from === layer || to === layer);
    const labels = links.map((link) => own.width / 2 + LABEL_GAP + linkWidth(link));
    return [Math.max(own.width, ...labels) + PAD];
  });
  if (ends.length === 0) return { x: 0, needed: 0 };
  const x = Math.max(...ends);
  const passing = verticals(cluster).filter(({ from, to }) => !PASSED.includes(from) && !PASSED.includes(to));
  return { x, needed: x + LABEL_GAP + Math.max(0, ...passing.map(linkWidth)) + PAD };
}

function clients(width: number): Shape[] {
  return [
    box('clients', 0, 0, width, CLIENTS_HEIGHT),
    label('heading', width / 2, CLIENTS_HEIGHT / 2 + 5, LAYER_NAMES.clients, 'middle'),
  ];
}

/** To PD on the left: what for above the arrow, the port below it. */
function sideArrow({ from, purpose, ports }: Link, places: ReadonlyMap<Layer, Placed>, pd: number): Shape[] {
  const place = places.get(from);
  if (place === undefined) return [];
  const y = place.y + place.height / 2;
  const middle = (pd + place.x) / 2;
  return [
    arrow({ x: place.x, y }, { x: pd, y }),
    label('link', middle, y - 8, purpose, 'middle'),
    label('link', middle, y + 18, portsText(ports), 'middle'),
  ];
}

function downArrow(link: Link, places: ReadonlyMap<Layer, Placed>, pass: number): Shape[] {
  const [from, to] = [places.get(link.from), places.get(link.to)];
  if (from === undefined || to === undefined) return [];
  const isDown = from.y < to.y;
  const [upper, lower] = isDown ? [from, to] : [to, from];
  const [top, bottom] = [upper.y + upper.height, lower.y];
  const narrow = [from, to].reduce((a, b) => (b.width < a.width ? b : a));
  const isPassing = [...places.values()].some((place) => place.y > upper.y && place.y < lower.y);
  const x = isPassing ? pass : narrow.x + narrow.width / 2;
  const ends = [
    { x, y: top },
    { x, y: bottom },
  ] as const;
  return [
    isDown ? arrow(ends[0], ends[1]) : arrow(ends[1], ends[0]),
    label('link', x + LABEL_GAP, top + GAP / 2 + 4, linkText(link)),
  ];
}

/** The cluster's own box with its name around what is in it. */
function framed(cluster: Cluster, inside: Group): Group {
  const facts = clusterFacts(cluster).join(' · ');
  const inner = Math.max(inside.width, 360);
  const titles = wrapText(clusterTitle(cluster), inner, FONTS.title);
  const lines = wrapText(facts, inner, FONTS.text);
  const head = PAD + titles.length * 24 + lines.length * LINE + 10;
  const height = head + inside.height + PAD;
  const width = inner + 2 * PAD;
  return {
    width,
    height,
    shapes: [
      box('cluster', 0, 0, width, height),
      ...titles.map((line, index) => label('title', PAD, PAD + 16 + index * 24, line)),
      ...lines.map((line, index) => label('quiet', PAD, PAD + 14 + titles.length * 24 + index * LINE, line)),
      ...moved(inside.shapes, PAD + (inner - inside.width) / 2, head),
    ],
  };
}
