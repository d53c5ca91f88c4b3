/** Paints what is in view: boxes with their texts where they can be read, else as blocks of colour. */
import type { DrawnEdge, DrawnPatch, EdgeKind, GraphReply } from '../../../../server/src/protocol/graph.ts';
import { colourOf, colourOfEdge, signOf, type Colours } from './colours.ts';
import { inDrawing, type Size, type View } from './view.ts';

export interface Scene {
  readonly graph: GraphReply;
  readonly view: View;
  readonly size: Size;
  readonly colours: Colours;
  /** Indices of patches; -1 for none. */
  readonly chosen: number;
  /** Those that the search has found; all where nothing is searched. */
  readonly found: ReadonlySet<number> | undefined;
  readonly excluded: ReadonlySet<string>;
  readonly edgesOf: (patch: number) => readonly DrawnEdge[];
}

const READABLE = 0.38;
const DASHES: Readonly<Record<EdgeKind, number[]>> = { whole: [], part: [6, 4], none: [2, 4], circle: [10, 3, 2, 3] };
/** The longer a path, the more each of its lines costs. */
const TOGETHER = 100;
const KINDS: readonly EdgeKind[] = ['whole', 'part', 'none', 'circle'];

/** Paints all anew; `ratio` are the pixels of the screen for each of the window. */
export function paint(at: CanvasRenderingContext2D, scene: Scene, ratio: number): void {
  const { view, size, colours } = scene;
  at.setTransform(ratio, 0, 0, ratio, 0, 0);
  at.fillStyle = colours.paper;
  at.clearRect(0, 0, size.width, size.height);
  at.fillRect(0, 0, size.width, size.height);
  at.transform(view.scale, 0, 0, view.scale, view.x, view.y);
  paintEdges(at, scene);
  const seen = patchesInView(scene);
  if (view.scale < READABLE) paintBlocks(at, scene, seen);
  else for (const index of seen) paintBox(at, scene, index);
  paintChosen(at, scene);
}

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Arrows' heads can be seen. */
  readonly heads: boolean;
}

function inView({ view, size }: Scene): Bounds {
  const start = inDrawing(view, { x: 0, y: 0 });
  const end = inDrawing(view, { x: size.width, y: size.height });
  return { left: start.x, top: start.y, right: end.x, bottom: end.y, heads: view.scale >= READABLE };
}

function patchesInView(scene: Scene): readonly number[] {
  const { left, top, right, bottom } = inView(scene);
  const { patches, box } = scene.graph;
  const seen: number[] = [];
  for (const [index, { x, y }] of patches.entries()) {
    if (x < right && x + box.width > left && y < bottom && y + box.height > top) seen.push(index);
  }
  return seen;
}

function paintEdges(at: CanvasRenderingContext2D, scene: Scene): void {
  const { graph, colours, view } = scene;
  const bounds = inView(scene);
  for (const kind of KINDS) {
    at.strokeStyle = colourOfEdge(kind, colours);
    at.globalAlpha = kind === 'whole' && scene.chosen >= 0 ? 0.45 : 0.8;
    // Dashes of thousands of lines cost much and are not seen from afar.
    at.setLineDash(view.scale < READABLE ? [] : DASHES[kind]);
    at.lineWidth = Math.max(1, 0.7 / view.scale);
    let together = 0;
    at.beginPath();
    for (const edge of graph.edges) {
      if (edge.kind !== kind) continue;
      trace(at, graph, { edge, bounds });
      if (++together % TOGETHER !== 0) continue;
      at.stroke();
      at.beginPath();
    }
    at.stroke();
  }
  at.globalAlpha = 1;
  at.setLineDash([]);
}

interface Traced {
  readonly edge: DrawnEdge;
  readonly bounds: Bounds;
}

/** From the middle below the newer one to the middle above the older one, where some of it may be seen. */
function trace(at: CanvasRenderingContext2D, { patches, box }: GraphReply, { edge, bounds }: Traced): void {
  const [from, to] = [patches[edge.newer], patches[edge.older]];
  if (!from || !to) return;
  const [x1, x2] = [from.x + box.width / 2, to.x + box.width / 2];
  const down = from.y <= to.y;
  const [y1, y2] = [from.y + (down ? box.height : 0), to.y + (down ? 0 : box.height)];
  if (Math.max(x1, x2) < bounds.left || Math.min(x1, x2) > bounds.right) return;
  if (Math.max(y1, y2) < bounds.top || Math.min(y1, y2) > bounds.bottom) return;
  at.moveTo(x1, y1);
  at.lineTo(x2, y2);
  if (!bounds.heads) return;
  const back = down ? -7 : 7;
  at.moveTo(x2 - 4, y2 + back);
  at.lineTo(x2, y2);
  at.lineTo(x2 + 4, y2 + back);
}

/** From afar: the colour alone. Rectangles by themselves are painted faster than as one path. */
function paintBlocks(at: CanvasRenderingContext2D, scene: Scene, seen: readonly number[]): void {
  const { graph, colours, found } = scene;
  const { width, height } = graph.box;
  for (const index of seen) {
    const patch = graph.patches[index];
    if (!patch) continue;
    const faded = found !== undefined && !found.has(index);
    at.fillStyle = faded ? colours.border : patch.back === undefined ? colourOf(patch.status, colours) : colours.focus;
    at.fillRect(patch.x, patch.y, width, height);
  }
}

function paintBox(at: CanvasRenderingContext2D, scene: Scene, index: number): void {
  const { graph, colours, found, excluded } = scene;
  const patch = graph.patches[index];
  if (!patch) return;
  const { width, height } = graph.box;
  at.globalAlpha = found === undefined || found.has(index) ? 1 : 0.3;
  at.fillStyle = colours.box;
  at.fillRect(patch.x, patch.y, width, height);
  at.fillStyle = colourOf(patch.status, colours);
  at.fillRect(patch.x, patch.y, 5, height);
  const marked = patch.inCircle || patch.hasGap;
  at.strokeStyle = patch.back === undefined ? (marked ? colours.bad : colours.border) : colours.focus;
  at.lineWidth = patch.back === undefined ? 1 : 3;
  at.setLineDash(isPruned(patch) ? [4, 3] : []);
  at.strokeRect(patch.x + 0.5, patch.y + 0.5, width - 1, height - 1);
  at.setLineDash([]);
  write(at, scene, patch);
  if (excluded.has(patch.id)) {
    at.fillStyle = colours.ink;
    at.fillRect(patch.x + 10, patch.y + 15, width - 20, 1.5);
  }
  at.globalAlpha = 1;
}

const isPruned = ({ status }: DrawnPatch): boolean => status === 'superseded' || status === 'effectively installed';

function write(at: CanvasRenderingContext2D, { graph, colours }: Scene, patch: DrawnPatch): void {
  const { width } = graph.box;
  const signs = `${patch.inCircle ? '⟳' : ''}${patch.hasGap ? '⚠' : ''}${signOf(patch)}`;
  at.textBaseline = 'alphabetic';
  at.textAlign = 'left';
  at.fillStyle = colours.ink;
  at.font = '600 12px system-ui, sans-serif';
  at.fillText(cut(at, patch.id, width - 20 - (signs === '' ? 0 : 10 + 9 * signs.length)), patch.x + 12, patch.y + 19);
  at.fillStyle = colours.faint;
  at.font = '11px system-ui, sans-serif';
  const beneath = patch.back === undefined ? patch.title : `↩ ${patch.back}`;
  at.fillText(cut(at, beneath, width - 20), patch.x + 12, patch.y + 35);
  at.textAlign = 'right';
  at.fillStyle = patch.inCircle || patch.hasGap ? colours.bad : colourOf(patch.status, colours);
  at.font = '600 12px system-ui, sans-serif';
  at.fillText(signs, patch.x + width - 8, patch.y + 19);
}

const fitting = new Map<string, string>();

/** As much of a text as there is room for, in the font that is set. */
function cut(at: CanvasRenderingContext2D, text: string, room: number): string {
  const key = `${at.font}|${room}|${text}`;
  const known = fitting.get(key);
  if (known !== undefined) return known;
  let shown = text;
  for (let most = text.length - 1; most > 0 && at.measureText(shown).width > room; most--)
    shown = `${text.slice(0, most)}…`;
  fitting.set(key, shown);
  return shown;
}

function paintChosen(at: CanvasRenderingContext2D, scene: Scene): void {
  const { graph, colours, chosen, view } = scene;
  const patch = graph.patches[chosen];
  if (!patch) return;
  const everywhere = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity, heads: true };
  at.beginPath();
  for (const edge of scene.edgesOf(chosen)) trace(at, graph, { edge, bounds: everywhere });
  at.strokeStyle = colours.focus;
  at.lineWidth = Math.max(2, 1.5 / view.scale);
  at.stroke();
  at.lineWidth = Math.max(3, 2 / view.scale);
  at.strokeRect(patch.x - 2, patch.y - 2, graph.box.width + 4, graph.box.height + 4);
}
