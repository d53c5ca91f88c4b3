/**
 * Where each patch of a graph stands: newer ones above those that they supersede, what hangs together side by side, and few
 * lines that cross. The same graph always gives the same places.
 */
import { outgoing, topological, type Arc } from './reduce.ts';

export const BOX = { width: 176, height: 44 } as const;
const GAP = { x: 24, y: 46, part: 60 } as const;
/** A layer of more goes on in a further row. */
const MOST_IN_ROW = 24;
/** More do not make a drawing much clearer, and it has to be there at once. */
const SWEEPS = 4;

export interface Layout {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly width: number;
  readonly height: number;
}

/** `arcs` have no circle; those of circles are led from the first to the last of their members and so have none either. */
export function layoutOf(count: number, arcs: readonly Arc[], circular: readonly Arc[]): Layout {
  const all = [...arcs, ...circular.filter(([newer, older]) => newer < older)];
  const graph: Graph = {
    layers: layersOf(count, all),
    older: outgoing(count, all),
    newer: outgoing(
      count,
      all.map(([newer, older]) => [older, newer]),
    ),
    x: new Float64Array(count),
    y: new Float64Array(count),
  };
  return packed(
    graph,
    partsOf(count, [...arcs, ...circular]).map((nodes) => placePart(graph, nodes)),
  );
}

interface Graph {
  readonly layers: Int32Array;
  readonly older: readonly (readonly number[])[];
  readonly newer: readonly (readonly number[])[];
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Each node's layer: the longest way to it from one that nothing supersedes. */
export function layersOf(count: number, arcs: readonly Arc[]): Int32Array {
  const layers = new Int32Array(count);
  const next = outgoing(count, arcs);
  for (const node of topological(count, arcs)) {
    for (const older of next[node] ?? []) layers[older] = Math.max(layers[older] ?? 0, (layers[node] ?? 0) + 1);
  }
  return layers;
}

/** What hangs together, the largest first; each part's nodes in their order. */
export function partsOf(count: number, arcs: readonly Arc[]): readonly (readonly number[])[] {
  const parent = Int32Array.from({ length: count }, (_, index) => index);
  const root = (node: number): number => {
    let at = node;
    for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) {
      parent[at] = parent[up] ?? up;
      at = up;
    }
    return at;
  };
  for (const [newer, older] of arcs) parent[root(newer)] = root(older);
  const parts = new Map<number, number[]>();
  for (let node = 0; node < count; node++) {
    const known = parts.get(root(node));
    if (known) known.push(node);
    else parts.set(root(node), [node]);
  }
  return [...parts.values()].sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
}

interface Part {
  readonly nodes: readonly number[];
  readonly width: number;
  readonly height: number;
}

/** Places one part with its left upper corner at 0, 0. */
function placePart(graph: Graph, nodes: readonly number[]): Part {
  const rows = orderedLayers(graph, nodes).flatMap(inRows);
  rows.forEach((row, index) => {
    row.forEach((node, at) => {
      graph.x[node] = (at - (row.length - 1) / 2) * (BOX.width + GAP.x);
      graph.y[node] = index * (BOX.height + GAP.y);
    });
  });
  for (const sides of ['newer', 'older', 'newer'] as const) for (const row of rows) drawTogether(graph, row, sides);
  let [left, right] = [Infinity, -Infinity];
  for (const node of nodes) {
    left = Math.min(left, graph.x[node] ?? 0);
    right = Math.max(right, graph.x[node] ?? 0);
  }
  for (const node of nodes) graph.x[node] = (graph.x[node] ?? 0) - left;
  return { nodes, width: right - left + BOX.width, height: rows.length * (BOX.height + GAP.y) - GAP.y };
}

/** The part's layers, each sorted by where what it is tied to stands: going down, then up, and again. */
function orderedLayers({ layers, newer, older }: Graph, nodes: readonly number[]): readonly number[][] {
  const ordered: number[][] = [];
  for (const node of nodes) (ordered[layers[node] ?? 0] ??= []).push(node);
  const filled = ordered.filter((layer) => layer.length > 0);
  const place = new Map<number, number>();
  const number = (layer: readonly number[]): void =>
    layer.forEach((node, index) => place.set(node, (index + 0.5) / layer.length));
  filled.forEach(number);
  const wish = (node: number, sides: readonly (readonly number[])[]): number => {
    const tied = sides[node] ?? [];
    let sum = 0;
    for (const other of tied) sum += place.get(other) ?? 0;
    return tied.length === 0 ? (place.get(node) ?? 0) : sum / tied.length;
  };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (const layer of down ? filled : filled.toReversed()) {
      const wishes = new Map(layer.map((node) => [node, wish(node, down ? newer : older)]));
      layer.sort((a, b) => (wishes.get(a) ?? 0) - (wishes.get(b) ?? 0) || a - b);
      number(layer);
    }
  }
  return filled;
}

/** A layer that is too wide, in rows of about the same length. */
function inRows(layer: readonly number[]): readonly (readonly number[])[] {
  const count = Math.ceil(layer.length / MOST_IN_ROW);
  const length = Math.ceil(layer.length / count);
  return Array.from({ length: count }, (_, row) => layer.slice(row * length, (row + 1) * length));
}

/** Moves a row's patches towards what they are tied to, as far as their neighbours leave room. */
function drawTogether({ x, ...graph }: Graph, row: readonly number[], sides: 'newer' | 'older'): void {
  const step = BOX.width + GAP.x;
  const wishes = row.map((node) => {
    const tied = graph[sides][node] ?? [];
    let sum = 0;
    for (const other of tied) sum += x[other] ?? 0;
    return tied.length === 0 ? (x[node] ?? 0) : sum / tied.length;
  });
  const fromLeft: number[] = [];
  for (const wish of wishes) fromLeft.push(Math.max(wish, (fromLeft.at(-1) ?? -Infinity) + step));
  const fromRight: number[] = [];
  for (const wish of wishes.toReversed()) fromRight.push(Math.min(wish, (fromRight.at(-1) ?? Infinity) - step));
  fromRight.reverse();
  // The middle of both keeps the distance that each of them keeps.
  row.forEach((node, index) => (x[node] = ((fromLeft[index] ?? 0) + (fromRight[index] ?? 0)) / 2));
}

/** Parts side by side in shelves, about as wide as high by the shape of a screen. */
function packed({ x, y }: Graph, parts: readonly Part[]): Layout {
  const area = parts.reduce((sum, { width, height }) => sum + (width + GAP.part) * (height + GAP.part), 0);
  const widest = parts.reduce((most, { width }) => Math.max(most, width), 0);
  const limit = Math.max(widest, Math.sqrt(area * 1.6));
  let [left, top, shelf, right] = [0, 0, 0, 0];
  for (const { nodes, width, height } of parts) {
    if (left > 0 && left + width > limit) {
      top += shelf + GAP.part;
      [left, shelf] = [0, 0];
    }
    for (const node of nodes) {
      x[node] = Math.round((x[node] ?? 0) + left);
      y[node] = Math.round((y[node] ?? 0) + top);
    }
    right = Math.max(right, left + width);
    left += width + (nodes.length === 1 ? GAP.x : GAP.part);
    shelf = Math.max(shelf, height);
  }
  return { x, y, width: Math.round(right), height: Math.round(top + shelf) };
}
