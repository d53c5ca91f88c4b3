/** Keys, wheel and pointer over the drawing, as moves of the sheet and choices of patches. */
import type { Direction } from './neighbours.ts';
import type { Sheet } from './sheet.ts';
import type { Point } from './view.ts';

export interface Hands {
  /** Along the edges; `false` where no patch is chosen to begin at. */
  readonly walk: (to: Direction) => boolean;
  /** -1 chooses none. */
  readonly choose: (patch: number) => void;
  readonly openChosen: () => void;
  readonly open: (patch: number) => void;
}

const STEP = 60;
const LARGER = 1.25;
const MOVES: Readonly<Record<string, readonly [Direction, Point]>> = {
  ArrowUp: ['up', { x: 0, y: STEP }],
  ArrowDown: ['down', { x: 0, y: -STEP }],
  ArrowLeft: ['left', { x: STEP, y: 0 }],
  ArrowRight: ['right', { x: -STEP, y: 0 }],
};

const pointOf = ({ offsetX, offsetY }: MouseEvent): Point => ({ x: offsetX, y: offsetY });

export const larger = (sheet: Sheet): void => sheet.zoomBy(LARGER);
export const smaller = (sheet: Sheet): void => sheet.zoomBy(1 / LARGER);

export function layHands(canvas: HTMLCanvasElement, sheet: Sheet, hands: Hands): void {
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const moving = MOVES[event.key];
    if (moving) {
      const [to, by] = moving;
      if (event.shiftKey || !hands.walk(to)) sheet.moveBy(by);
    } else if (event.key === '+' || event.key === '=') larger(sheet);
    else if (event.key === '-') smaller(sheet);
    else if (event.key === '0') sheet.fit();
    else if (event.key === 'Enter') hands.openChosen();
    else if (event.key === 'Escape') hands.choose(-1);
    else return;
    event.preventDefault();
  });
  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const turned = Math.sign(event.deltaY) * Math.min(60, Math.abs(event.deltaY));
      sheet.zoomBy(Math.exp(-turned * 0.004), pointOf(event));
    },
    { passive: false },
  );
  drag(canvas, sheet, hands);
  canvas.addEventListener('dblclick', (event) => hands.open(sheet.patchAt(pointOf(event))));
}

function drag(canvas: HTMLCanvasElement, sheet: Sheet, { choose }: Hands): void {
  let dragged: { readonly from: Point; last: Point; far: boolean } | undefined;
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    dragged = { from: pointOf(event), last: pointOf(event), far: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!dragged) return;
    const now = pointOf(event);
    dragged.far ||= Math.hypot(now.x - dragged.from.x, now.y - dragged.from.y) > 4;
    if (!dragged.far) return;
    sheet.moveBy({ x: now.x - dragged.last.x, y: now.y - dragged.last.y });
    dragged.last = now;
  });
  canvas.addEventListener('pointerup', (event) => {
    if (dragged && !dragged.far) choose(sheet.patchAt(pointOf(event)));
    dragged = undefined;
  });
}
