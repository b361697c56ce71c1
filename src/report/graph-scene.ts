/** What a picture is made of, each where it stands, in pixels. */
export type Shape = Box | Label | Arrow;

export interface Box {
  readonly shape: 'box';
  readonly style: BoxStyle;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type BoxStyle =
  | 'cluster'
  | 'layer'
  | 'base'
  | 'group'
  | 'absent'
  | 'service'
  | 'clients'
  | 'badge'
  | 'key-base'
  | 'key-group';

/** A line of text; `x` and `y` are where its baseline begins, or has its middle or end. */
export interface Label {
  readonly shape: 'label';
  readonly style: LabelStyle;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Pieces in a row; `about` is said more quietly. */
  readonly text: string;
  readonly about?: string;
}

export type LabelStyle = 'title' | 'heading' | 'name' | 'text' | 'quiet' | 'link' | 'count';

/** A line from one point to another, straight, with a tip at its end. */
export interface Arrow {
  readonly shape: 'arrow';
  readonly from: Point;
  readonly to: Point;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Some shapes and the room that they take, from 0, 0. */
export interface Group {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export const FONTS: { readonly [style in LabelStyle]: { readonly size: number; readonly bold?: boolean } } = {
  title: { size: 19, bold: true },
  heading: { size: 13, bold: true },
  name: { size: 15, bold: true },
  text: { size: 12.5 },
  quiet: { size: 12.5 },
  link: { size: 12 },
  count: { size: 13, bold: true },
};

export function moved(shapes: readonly Shape[], dx: number, dy: number): Shape[] {
  const by = ({ x, y }: Point): Point => ({ x: x + dx, y: y + dy });
  return shapes.map((shape) =>
    shape.shape === 'arrow'
      ? { ...shape, from: by(shape.from), to: by(shape.to) }
      : { ...shape, ...by(shape) },
  );
}

export function box(style: BoxStyle, x: number, y: number, width: number, height: number): Box {
  return { shape: 'box', style, x, y, width, height };
}

export function label(
  style: LabelStyle,
  x: number,
  y: number,
  text: string,
  anchor: Label['anchor'] = 'start',
): Label {
  return { shape: 'label', style, x, y, text, anchor };
}

export function arrow(from: Point, to: Point): Arrow {
  return { shape: 'arrow', from, to };
}
