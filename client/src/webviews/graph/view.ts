/** What of the drawing is seen: where its beginning is in the window, and how large it is shown. */

export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const SCALE = { least: 0.01, most: 2.5 };
const MARGIN = 24;

/** Larger or smaller around a point of the window, which stays where it is. */
export function zoomed(view: View, factor: number, around: Point): View {
  const scale = Math.max(SCALE.least, Math.min(SCALE.most, view.scale * factor));
  const by = scale / view.scale;
  return { scale, x: around.x - (around.x - view.x) * by, y: around.y - (around.y - view.y) * by };
}

/** All of it in the middle of the window, and no larger than it is. */
export function fitted(drawing: Size, window: Size): View {
  const room = { width: window.width - 2 * MARGIN, height: window.height - 2 * MARGIN };
  const scale = Math.max(SCALE.least, Math.min(1, room.width / drawing.width, room.height / drawing.height));
  return {
    scale,
    x: (window.width - drawing.width * scale) / 2,
    y: Math.max(MARGIN, (window.height - drawing.height * scale) / 2),
  };
}

/** A point of the drawing in the middle of the window, large enough to be read. */
export function centred(view: View, point: Point, window: Size): View {
  const scale = Math.max(view.scale, 0.8);
  return { scale, x: window.width / 2 - point.x * scale, y: window.height / 2 - point.y * scale };
}

/** A point of the window, in the drawing. */
export const inDrawing = ({ scale, x, y }: View, point: Point): Point => ({
  x: (point.x - x) / scale,
  y: (point.y - y) / scale,
});
