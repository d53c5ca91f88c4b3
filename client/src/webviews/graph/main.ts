/** The graph's page: asks the extension, paints what it is given, and turns what the user does into moves of the view. */
import type { DrawnEdge, DrawnPatch, GraphReply } from '../../../../server/src/protocol/graph.ts';
import type { GraphAnswer, GraphQuestion } from '../../features/graph/messages.ts';
import { one } from '../common/dom.ts';
import { editor, listen } from '../common/editor.ts';
import { filled } from '../common/filled.ts';
import { showDetails } from './details.ts';
import { showExcluded } from './excluded.ts';
import { larger, layHands, smaller } from './hands.ts';
import { patchList } from './list.ts';
import { edgesByPatch, leadsTo } from './neighbours.ts';
import { sheet } from './sheet.ts';
import './style.css';
import { textsOf } from './texts.ts';

interface Kept {
  readonly search: string;
  readonly product: string;
  readonly excluded: readonly string[];
  readonly chosen: string;
}

const texts = textsOf(one('main', HTMLElement));
const canvas = one('#canvas', HTMLCanvasElement);
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
let chosen = -1;
let wanted = before?.chosen ?? '';
const excluded = new Set(before?.excluded ?? []);
search.value = before?.search ?? '';

const drawing = sheet(canvas, () => {
  return { graph, chosen, found, excluded, edgesOf: (patch) => edges[patch] ?? [] };
});
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
  if (narrowed || !drawing.isFitted()) drawing.fit();
  filter();
  showExcluded(excludedLine, graph, { texts, excluded, onClear: excludeNone });
  if (chosen >= 0) choose(chosen, false);
  else details.replaceChildren();
  performance.mark('patchlab-graph');
  canvas.dataset.replies = String(Number(canvas.dataset.replies ?? 0) + 1);
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
  drawing.paintSoon();
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
  drawing.paintSoon();
  if (!one) return details.replaceChildren();
  if (brings) drawing.bring(one);
  said.textContent = labelOf(one);
  ask({ kind: 'patch', id: one.id, excluded: [...excluded] });
}

function chooseId(id: string): void {
  const at = graph.patches.findIndex((patch) => patch.id === id);
  if (at >= 0) return choose(at);
  // It is for another product: all are shown again.
  wanted = id;
  product.value = '';
  drawing.forget();
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

function excludeNone(): void {
  excluded.clear();
  keep();
  draw();
  canvas.focus();
}

// ---------- hands and keys

layHands(canvas, drawing, {
  walk(to) {
    if (chosen < 0) return false;
    const next = leadsTo(graph, chosen, { edges: edges[chosen] ?? [], to });
    if (next !== chosen) choose(next);
    return true;
  },
  choose: (patch) => choose(patch, false),
  openChosen: () => open(chosen),
  open,
});

// Whoever comes by the keys finds something chosen.
canvas.addEventListener('focus', () => {
  if (chosen < 0 && canvas.matches(':focus-visible')) choose(list.first());
});

one('#in', HTMLElement).addEventListener('click', () => larger(drawing));
one('#out', HTMLElement).addEventListener('click', () => smaller(drawing));
one('#fit', HTMLElement).addEventListener('click', () => drawing.fit());
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
  drawing.forget();
  keep();
  draw();
});

listen<GraphAnswer>((data) => {
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
