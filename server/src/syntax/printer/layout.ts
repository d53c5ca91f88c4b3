/** Where every token of a part of the text goes: the blanks and line ends before it. */
import type { Blocks } from './blocks.ts';
import type { Padding } from './columns.ts';
import type { Item, Source } from './items.ts';
import type { Indent, Marks } from './marks.ts';
import { spaceBetween } from './spaces.ts';

/** What the layout follows. */
export interface Plan {
  readonly source: Source;
  readonly marks: Marks;
  readonly blocks: Blocks;
  readonly padding: Padding;
}

/** The items from `from` to before `to`; the first one stands in this column. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly column: number;
}

/** What stands before an item: so many line ends, then so many blanks. */
export interface Gap {
  readonly lines: number;
  readonly blanks: number;
}

interface Block {
  readonly inline: boolean;
  /** Where what it holds begins, and where its `}` stands. */
  readonly inner: number;
  readonly outer: number;
  /** Where the statement begins that it belongs to. */
  readonly statement: number;
}

/** What is known of the lines so far. */
interface State {
  column: number;
  /** Where the current line begins, and the current statement. */
  line: number;
  statement: number;
  readonly blocks: Block[];
  /** Whether the last block that closed stood on several lines. */
  closedLines: boolean;
  /** Where each token came to stand, for what is aligned to it. */
  readonly columns: Map<number, { readonly start: number; readonly end: number }>;
}

/** The gap before each item of a part, but for the first, which is the caller's. */
export function layout(plan: Plan, part: Part): Gap[] {
  const { column } = part;
  const state: State = { column, line: column, statement: column, blocks: [], closedLines: false, columns: new Map() };
  const gaps: Gap[] = [];
  for (let index = part.from; index < part.to; index++) {
    const item = plan.source.items[index];
    if (item === undefined) break;
    const closed = item.type === 'Close' ? state.blocks.pop() : undefined;
    const gap = index === part.from ? { lines: 0, blanks: 0 } : gapBefore(index, { plan, part, state, closed });
    gaps.push(gap);
    advance(state, item, gap, plan.marks);
    if (item.type === 'Open') state.blocks.push(opened(item, plan.blocks, state));
    if (closed !== undefined) {
      state.statement = closed.statement;
      state.closedLines = !closed.inline;
    }
  }
  return gaps;
}

function advance(state: State, item: Item, gap: Gap, marks: Marks): void {
  state.column = gap.lines > 0 ? gap.blanks : state.column + gap.blanks;
  if (gap.lines > 0) state.line = state.column;
  if (marks.begins.has(item.start) && state.blocks.length === 0) state.closedLines = false;
  if (marks.begins.has(item.start)) state.statement = gap.lines > 0 ? state.column : inner(state);
  const end = state.column + item.image.length;
  state.columns.set(item.start, { start: state.column, end });
  state.column = end;
}

function opened(item: Item, { inline, bodies }: Blocks, state: State): Block {
  const outer = bodies.has(item.start) ? state.statement : state.line;
  return { inline: inline.has(item.start), outer, inner: outer + 2, statement: state.statement };
}

/** Where what the open block holds begins. */
const inner = (state: State): number => state.blocks.at(-1)?.inner ?? state.line;

// ---------- one gap

interface Place {
  readonly plan: Plan;
  readonly part: Part;
  readonly state: State;
  /** The block that the item closes. */
  readonly closed: Block | undefined;
}

function gapBefore(index: number, place: Place): Gap {
  const { items } = place.plan.source;
  const item = items[index];
  const before = items[index - 1];
  if (item === undefined || before === undefined) return { lines: 0, blanks: 0 };
  if (item.type === 'Comment') return item.trailing ? { lines: 0, blanks: 2 } : ownLine(index, place);
  if (item.tied) return onLine(item, before, place.plan);
  const { marks } = place.plan;
  const must = item.apart || before.type === 'Comment';
  if (place.closed !== undefined && !place.closed.inline) return { lines: 1, blanks: place.closed.outer };
  if (marks.begins.has(item.start)) {
    const inline = place.state.blocks.at(-1)?.inline === true && !must;
    return inline ? onLine(item, before, place.plan) : ownLine(index, place);
  }
  const indent = marks.mayBreak.get(item.start);
  if (must || (indent !== undefined && item.lines > 0)) return { lines: 1, blanks: resolve(indent, item, place.state) };
  return onLine(item, before, place.plan);
}

function onLine(item: Item, before: Item, { marks, padding }: Plan): Gap {
  // Nothing but two blanks tells conditions and rows of one line apart.
  if (marks.begins.has(item.start) && before.type !== 'Open') return { lines: 0, blanks: 2 };
  return { lines: 0, blanks: padding.get(item.start) ?? spaceBetween(before, item).length };
}

function resolve(indent: Indent | undefined, item: Item, { statement, columns }: State): number {
  if (indent === undefined) return statement + 2;
  switch (indent.kind) {
    case 'in':
      return statement + indent.by;
    case 'below':
      return columns.get(indent.offset)?.start ?? statement + 2;
    case 'ends-with':
      return Math.max(statement + 2, (columns.get(indent.offset)?.end ?? 0) - item.image.length);
  }
}

/** A statement, a condition, a row, or a comment above one. */
function ownLine(index: number, { plan, part, state }: Place): Gap {
  const { items } = plan.source;
  const [before, item] = [items[index - 1], items[index]];
  const next = nextToken(items, index, part.to);
  const within = next !== undefined && next.type !== 'Close' && !plan.marks.begins.has(next.start);
  if (within) return { lines: 1, blanks: resolve(plan.marks.mayBreak.get(next.start), next, state) };
  const blank = (item?.lines ?? 0) > 1 && before?.type !== 'Open';
  const blanks = state.blocks.length === 0 ? part.column : inner(state);
  return { lines: blank || partsDeclarations(index, { plan, part, state }) ? 2 : 1, blanks };
}

function nextToken(items: readonly Item[], index: number, to: number): Item | undefined {
  for (let i = index; i < to; i++) if (items[i]?.type !== 'Comment') return items[i];
  return undefined;
}

/** An empty line comes between declarations of which one has several lines, unless one stands there already. */
function partsDeclarations(index: number, { plan, part, state }: Omit<Place, 'closed'>): boolean {
  const { items } = plan.source;
  const before = items[index - 1];
  if (state.blocks.length > 0 || (before?.type === 'Comment' && !before.trailing)) return false;
  let at = index;
  for (; items[at]?.type === 'Comment'; at++) if ((items[at + 1]?.lines ?? 0) > 1) return false;
  if (at >= part.to) return false;
  return state.closedLines || opensLines(at, plan);
}

/** Whether the declaration that begins at an item has a body of several lines. */
function opensLines(index: number, { source, marks, blocks }: Plan): boolean {
  for (let i = index; ; i++) {
    const item = source.items[i];
    if (item === undefined || (i > index && marks.begins.has(item.start))) return false;
    if (item.type === 'Open') return !blocks.inline.has(item.start);
  }
}
