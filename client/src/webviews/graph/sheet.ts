/** The drawing's surface: what of it is seen, and that it is painted again when that, its size or the theme changes. */
import type { DrawnPatch } from '../../../../server/src/protocol/graph.ts';
import { coloursNow } from './colours.ts';
import { paint, type Scene } from './paint.ts';
import { centred, fitted, inDrawing, zoomed, type Point, type Size, type View } from './view.ts';

/** What is on it. */
export type Drawn = Omit<Scene, 'view' | 'size' | 'colours'>;

export interface Sheet {
  /** Paints what is on it with the next frame. */
  paintSoon(): void;
  /** By pixels of the window. */
  moveBy(by: Point): void;
  /** Around a point of the window, by itself around its middle. */
  zoomBy(factor: number, around?: Point): void;
  /** All of the drawing, as soon as the window has a size. */
  fit(): void;
  /** The next drawing is fitted anew. */
  forget(): void;
  isFitted(): boolean;
  /** A patch into view, where it is not. */
  bring(patch: DrawnPatch): void;
  /** The patch at a point of the window, by its index; -1 where there is none. */
  patchAt(point: Point): number;
}

export function sheet(canvas: HTMLCanvasElement, drawn: () => Drawn): Sheet {
  const context = canvas.getContext('2d', { alpha: false });
  let colours = coloursNow();
  let view: View = { scale: 1, x: 0, y: 0 };
  let size: Size = { width: 1, height: 1 };
  let isFitted = false;
  let waiting = false;

  function paintSoon(): void {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (!context) return;
      paint(context, { ...drawn(), view, size, colours }, devicePixelRatio);
      canvas.dataset.scale = view.scale.toFixed(3);
      canvas.dataset.at = `${Math.round(view.x)},${Math.round(view.y)}`;
    });
  }

  function move(to: View): void {
    view = to;
    paintSoon();
  }

  function fit(): void {
    isFitted = size.width > 1;
    move(fitted(drawn().graph, size));
  }

  new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = canvas;
    if (width === 0 || height === 0) return;
    size = { width, height };
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    if (!isFitted && drawn().graph.patches.length > 0) fit();
    paintSoon();
  }).observe(canvas);

  // A theme changes the class of the body and the colours of the document.
  const themes = new MutationObserver(() => {
    colours = coloursNow();
    paintSoon();
  });
  for (const element of [document.body, document.documentElement]) themes.observe(element, { attributes: true });

  return {
    paintSoon,
    moveBy: ({ x, y }) => move({ ...view, x: view.x + x, y: view.y + y }),
    zoomBy: (factor, around = { x: size.width / 2, y: size.height / 2 }) => move(zoomed(view, factor, around)),
    fit,
    forget: () => (isFitted = false),
    isFitted: () => isFitted,
    bring({ x, y }) {
      const { width, height } = drawn().graph.box;
      const at = { x: view.x + x * view.scale, y: view.y + y * view.scale };
      const isSeen =
        view.scale > 0.38 &&
        at.x >= 0 &&
        at.y >= 0 &&
        at.x + width * view.scale <= size.width &&
        at.y + height * view.scale <= size.height;
      if (!isSeen) move(centred(view, { x: x + width / 2, y: y + height / 2 }, size));
    },
    patchAt(point) {
      const { graph } = drawn();
      const { x, y } = inDrawing(view, point);
      const { width, height } = graph.box;
      return graph.patches.findIndex((one) => x >= one.x && x <= one.x + width && y >= one.y && y <= one.y + height);
    },
  };
}
