/** The graph's page: asks the extension, paints what it is given, and turns what the user does into moves of the view. */
import type { DrawnEdge, DrawnPatch, GraphReply } from '../../../../server/src/protocol/graph.ts';
import type { GraphAnswer, GraphQuestion } from '../../features/graph/messages.ts';
import { one } from '../common/dom.ts';
import { editor } from '../common/editor.ts';
import { filled } from '../common/filled.ts';
import { coloursNow } from './colours.ts';
import { showDetails } from './details.ts';
import { patchList } from './list.ts';
import { edgesByPatch, leadsTo, type Direction } from './neighbours.ts';
import { paint } from './paint.ts';
import './style.css';
import { textsOf } from './texts.ts';
import { centred, fitted, inDrawing, zoomed, type Point, type Size, type View } from './view.ts';

interface Kept {
  readonly search: string;
  readonly product: string;
  readonly excluded: readonly string[];
  readonly chosen: string;
}

const texts = textsOf(one('main', HTMLElement));
const canvas = one('#canvas', HTMLCanvasElement);
const context = canvas.getContext('2d', { alpha: false });
const search = one('#search', HTMLInputElement);
const product = one('#product', HTMLSelectElement);
const details = one('#details', HTMLElement);
const notice = one('#notice', HTMLElement);
const problem = one('#problem', HTMLElement);
const told = one('#told', HTMLElement);
const excludedLine = one('#excluded', HTMLElement);
const said = one('#said', HTMLElement);

const EMPTY: GraphReply = {
  ...{ machine: null, width: 1, height: 1, box: { width: 1, height: 1 }, patches: [], edges: [], products: [], all: 0 },
  undrawn: { implied: 0, tooMany: 0 },
};
const before = editor.getState() as Kept | undefined;
let graph = EMPTY;
let edges: readonly (readonly DrawnEdge[])[] = [];
let lowered: readonly string[] = [];
let found: ReadonlySet<number> | undefined;
let colours = coloursNow();
let view: View = { scale: 1, x: 0, y: 0 };
let size: Size = { width: 1, height: 1 };
let chosen = -1;
let wanted = before?.chosen ?? '';
let isPlaced = false;
let waiting = false;
const excluded = new Set(before?.excluded ?? []);
search.value = before?.search ?? '';

const list = patchList(one('#list', HTMLElement), { label: labelOf, onChoose: choose, onOpen: open });

function ask(question: GraphQuestion): void {
  editor.postMessage(question);
}

function keep(): void {
  const kept: Kept = {
    ...{ search: search.value, product: product.value, excluded: [...excluded] },
    chosen: graph.patches[chosen]?.id ?? wanted,
  };
  editor.setState(kept);
}

// ---------- painting

function paintSoon(): void {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    if (!context) return;
    const edgesOf = (patch: number): readonly DrawnEdge[] => edges[patch] ?? [];
    paint(context, { graph, view, size, colours, chosen, found, excluded, edgesOf }, devicePixelRatio);
    canvas.dataset.scale = view.scale.toFixed(3);
    canvas.dataset.at = `${Math.round(view.x)},${Math.round(view.y)}`;
  });
}

function move(to: View): void {
  view = to;
  paintSoon();
}

const middle = (): Point => ({ x: size.width / 2, y: size.height / 2 });

new ResizeObserver(() => {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width === 0 || height === 0) return;
  size = { width, height };
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  if (!isPlaced && graph.patches.length > 0) place();
  paintSoon();
}).observe(canvas);

// A theme changes the class of the body and the colours of the document.
const themes = new MutationObserver(() => {
  colours = coloursNow();
  paintSoon();
});
for (const element of [document.body, document.documentElement]) themes.observe(element, { attributes: true });

// ---------- what the graph holds

function draw(): void {
  notice.textContent = texts.loading;
  notice.hidden = graph.patches.length > 0;
  problem.hidden = true;
  ask({
    kind: 'draw',
    product: product.value || (graph === EMPTY ? (before?.product ?? '') : ''),
    excluded: [...excluded],
  });
}

function take(reply: GraphReply): void {
  const narrowed =
    reply.width !== graph.width || reply.height !== graph.height || reply.patches.length !== graph.patches.length;
  graph = reply;
  edges = edgesByPatch(graph);
  lowered = graph.patches.map(({ id, title, bulletin }) => `${id} ${title} ${bulletin}`.toLowerCase());
  offerProducts();
  notice.hidden = graph.patches.length > 0;
  notice.textContent = graph.all === 0 ? texts.empty : texts.noneFits;
  chosen = graph.patches.findIndex(({ id }) => id === wanted);
  if (narrowed || !isPlaced) place();
  filter();
  showExcluded();
  if (chosen >= 0) choose(chosen, false);
  else details.replaceChildren();
  performance.mark('patchlab-graph');
  canvas.dataset.replies = String(Number(canvas.dataset.replies ?? 0) + 1);
}

function place(): void {
  isPlaced = size.width > 1;
  move(fitted(graph, size));
}

function offerProducts(): void {
  const now = product.value || (before?.product ?? '');
  if (product.options.length !== graph.products.length + 1) {
    const all = product.options[0];
    product.replaceChildren(...(all ? [all] : []), ...graph.products.map((name) => new Option(name, name)));
  }
  product.value = graph.products.includes(now) ? now : '';
}

function filter(): void {
  const text = search.value.trim().toLowerCase();
  const fits =
    text === '' ? [...graph.patches.keys()] : [...lowered.keys()].filter((at) => lowered[at]?.includes(text));
  found = text === '' ? undefined : new Set(fits);
  const patches = graph.patches;
  fits.sort((a, b) => (patches[a]?.y ?? 0) - (patches[b]?.y ?? 0) || (patches[a]?.x ?? 0) - (patches[b]?.x ?? 0));
  list.show(patches, fits);
  list.choose(chosen);
  tell(fits.length);
  paintSoon();
}

function tell(count: number): void {
  const { machine, all, undrawn } = graph;
  told.textContent = [
    `${filled(texts.shown, String(count), String(all))}.`,
    machine === null ? texts.notScanned : `${filled(texts.scanned, machine)}.`,
    ...(undrawn.implied > 0 ? [filled(texts.implied, String(undrawn.implied))] : []),
    ...(undrawn.tooMany > 0 ? [filled(texts.tooMany, String(undrawn.tooMany))] : []),
    ...(count === 0 && all > 0 ? [texts.noneFits] : []),
  ].join(' ');
}

function labelOf(patch: DrawnPatch): string {
  const { id, title, severity, status, back, inCircle, hasGap } = patch;
  const parts = [id, title, severity, status ?? ''];
  if (inCircle) parts.push(texts.inCircle);
  if (hasGap) parts.push(texts.hasGap);
  if (back !== undefined) parts.push(filled(texts.comesBack, back));
  return parts.filter(Boolean).join(', ');
}

// ---------- choosing

function choose(patch: number, brings = true): void {
  chosen = patch;
  list.choose(patch);
  const one = graph.patches[patch];
  wanted = one?.id ?? '';
  keep();
  paintSoon();
  if (!one) return details.replaceChildren();
  if (brings) bring(one);
  said.textContent = labelOf(one);
  ask({ kind: 'patch', id: one.id, excluded: [...excluded] });
}

/** Into view, where it is not. */
function bring({ x, y }: DrawnPatch): void {
  const { width, height } = graph.box;
  const at = { x: view.x + x * view.scale, y: view.y + y * view.scale };
  const isSeen =
    view.scale > 0.38 &&
    at.x >= 0 &&
    at.y >= 0 &&
    at.x + width * view.scale <= size.width &&
    at.y + height * view.scale <= size.height;
  if (!isSeen) move(centred(view, { x: x + width / 2, y: y + height / 2 }, size));
}

function chooseId(id: string): void {
  const at = graph.patches.findIndex((patch) => patch.id === id);
  if (at >= 0) return choose(at);
  // It is for another product: all are shown again.
  wanted = id;
  product.value = '';
  isPlaced = false;
  draw();
}

function open(patch: number): void {
  const id = graph.patches[patch]?.id;
  if (id !== undefined) ask({ kind: 'source', id });
}

function exclude(id: string): void {
  if (!excluded.delete(id)) excluded.add(id);
  keep();
  draw();
}

function showExcluded(): void {
  excludedLine.hidden = excluded.size === 0;
  const clear = document.createElement('button');
  clear.type = 'button';
  clear.textContent = texts.clear;
  clear.addEventListener('click', () => {
    excluded.clear();
    keep();
    draw();
    canvas.focus();
  });
  const back = graph.patches.filter((patch) => patch.back !== undefined).map((patch) => patch.id);
  const names = [...excluded].slice(0, 5).join(', ') + (excluded.size > 5 ? ' …' : '');
  const text =
    graph.machine === null
      ? texts.backUnscanned
      : back.length === 0
        ? texts.backNone
        : `${texts.back}: ${back.slice(0, 8).join(', ')}${back.length > 8 ? ' …' : ''}`;
  excludedLine.replaceChildren(`${filled(texts.excluded, names)} ${text} `, clear);
}

// ---------- hands and keys

const STEP = 60;
const MOVES: Readonly<Record<string, readonly [Direction, number, number]>> = {
  ArrowUp: ['up', 0, STEP],
  ArrowDown: ['down', 0, -STEP],
  ArrowLeft: ['left', STEP, 0],
  ArrowRight: ['right', -STEP, 0],
};

canvas.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const moving = MOVES[event.key];
  if (moving) arrow(moving, event.shiftKey);
  else if (event.key === '+' || event.key === '=') move(zoomed(view, 1.25, middle()));
  else if (event.key === '-') move(zoomed(view, 0.8, middle()));
  else if (event.key === '0') move(fitted(graph, size));
  else if (event.key === 'Enter') open(chosen);
  else if (event.key === 'Escape') choose(-1);
  else return;
  event.preventDefault();
});

function arrow([to, x, y]: readonly [Direction, number, number], pans: boolean): void {
  if (pans || chosen < 0) return move({ ...view, x: view.x + x, y: view.y + y });
  const next = leadsTo(graph, chosen, { edges: edges[chosen] ?? [], to });
  if (next !== chosen) choose(next);
}

// Whoever comes by the keys finds something chosen.
canvas.addEventListener('focus', () => {
  if (chosen < 0 && canvas.matches(':focus-visible')) choose(list.first());
});

const pointOf = ({ offsetX, offsetY }: MouseEvent): Point => ({ x: offsetX, y: offsetY });

canvas.addEventListener(
  'wheel',
  (event) => {
    event.preventDefault();
    move(
      zoomed(view, Math.exp(-Math.sign(event.deltaY) * Math.min(60, Math.abs(event.deltaY)) * 0.004), pointOf(event)),
    );
  },
  { passive: false },
);

let dragged: { readonly from: Point; readonly view: View; far: boolean } | undefined;
canvas.addEventListener('pointerdown', (event) => {
  if (event.button !== 0) return;
  dragged = { from: pointOf(event), view, far: false };
  canvas.setPointerCapture(event.pointerId);
});
canvas.addEventListener('pointermove', (event) => {
  if (!dragged) return;
  const by = { x: event.offsetX - dragged.from.x, y: event.offsetY - dragged.from.y };
  dragged.far ||= Math.hypot(by.x, by.y) > 4;
  if (dragged.far) move({ ...view, x: dragged.view.x + by.x, y: dragged.view.y + by.y });
});
canvas.addEventListener('pointerup', (event) => {
  if (dragged && !dragged.far) choose(patchAt(pointOf(event)), false);
  dragged = undefined;
});
canvas.addEventListener('dblclick', (event) => open(patchAt(pointOf(event))));

function patchAt(point: Point): number {
  const { x, y } = inDrawing(view, point);
  const { width, height } = graph.box;
  return graph.patches.findIndex((one) => x >= one.x && x <= one.x + width && y >= one.y && y <= one.y + height);
}

one('#in', HTMLElement).addEventListener('click', () => move(zoomed(view, 1.25, middle())));
one('#out', HTMLElement).addEventListener('click', () => move(zoomed(view, 0.8, middle())));
one('#fit', HTMLElement).addEventListener('click', () => move(fitted(graph, size)));
one('#again', HTMLElement).addEventListener('click', draw);
search.addEventListener('input', () => {
  filter();
  keep();
});
search.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
  event.preventDefault();
  choose(list.first());
  one('#list', HTMLElement).focus();
});
product.addEventListener('input', () => {
  isPlaced = false;
  keep();
  draw();
});

addEventListener('message', ({ data }: MessageEvent<GraphAnswer>) => {
  switch (data.kind) {
    case 'graph':
      return take(data.graph);
    case 'patch': {
      if (!data.patch || data.patch.id !== graph.patches[chosen]?.id) return;
      const { machine } = graph;
      return showDetails(details, data.patch, {
        ...{ texts, machine, excluded, onGo: chooseId, onExclude: exclude },
        onSource: (id) => ask({ kind: 'source', id }),
      });
    }
    case 'failed':
      notice.hidden = true;
      problem.hidden = false;
      one('#problem-text', HTMLElement).textContent = data.text;
      return;
    case 'changed':
      return draw();
  }
});

draw();
