/** Where a shape of a picture is, in pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly (Area & { readonly style: string })[];
  readonly texts: readonly (Area & { readonly text: string })[];
  /** The two ends of each. */
  readonly arrows: readonly Area[];
}

/** Boxes that hold text and nothing else, which no arrow may pass through. */
const SOLID = new Set(['base', 'group', 'absent', 'service', 'badge', 'clients']);

/** What makes a picture unreadable: texts that are cut off, overlap something, or are covered. */
export function faultsOf({ width, height, boxes, texts, arrows }: Picture): string[] {
  const faults: string[] = [];
  const page = { left: 0, top: 0, right: width, bottom: height };
  for (const one of [...boxes, ...texts]) if (!isIn(one, page)) faults.push(`${nameOf(one)} is cut`);
  for (const [text, other] of pairs(texts)) {
    if (meet(text, other)) faults.push(`${nameOf(text)} is over ${nameOf(other)}`);
  }
  for (const text of texts) {
    for (const box of boxes) {
      if (meet(text, box) && !isIn(text, box)) faults.push(`${nameOf(text)} sticks out of ${nameOf(box)}`);
    }
    if (arrows.some((arrow) => meet(arrow, text))) faults.push(`an arrow runs over ${nameOf(text)}`);
  }
  for (const [box, other] of pairs(boxes)) {
    if (meet(box, other) && !isIn(box, other) && !isIn(other, box))
      faults.push(`${nameOf(box)} is over ${nameOf(other)}`);
  }
  for (const arrow of arrows) {
    for (const box of boxes) {
      if (SOLID.has(box.style) && meet(arrow, box)) faults.push(`an arrow runs through ${nameOf(box)}`);
    }
  }
  for (const [arrow, other] of pairs(arrows)) if (meet(arrow, other)) faults.push('two arrows cross');
  return faults;
}

function nameOf(shape: Picture['boxes'][number] | Picture['texts'][number]): string {
  return 'text' in shape ? `"${shape.text}"` : `${shape.style} at ${shape.left},${shape.top}`;
}

/** Half a pixel is invisible. */
const SLACK = 0.5;

function meet(a: Area, b: Area): boolean {
  return (
    a.left < b.right - SLACK &&
    b.left < a.right - SLACK &&
    a.top < b.bottom - SLACK &&
    b.top < a.bottom - SLACK
  );
}

function isIn(inner: Area, outer: Area): boolean {
  return (
    inner.left >= outer.left - SLACK &&
    inner.right <= outer.right + SLACK &&
    inner.top >= outer.top - SLACK &&
    inner.bottom <= outer.bottom + SLACK
  );
}

function pairs<T>(list: readonly T[]): [T, T][] {
  return list.flatMap((one, index) => list.slice(index + 1).map((other): [T, T] => [one, other]));
}
