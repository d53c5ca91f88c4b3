/** Columns: how many blanks stand before a token so that those below each other line up. */
import type { Blocks } from './blocks.ts';
import type { Source } from './items.ts';
import type { Marks } from './marks.ts';
import { flatWidth, widestOf } from './spaces.ts';
import type { Leaf, LetNode, ReachesNode, StatementNode } from '../tree.ts';

/** Blanks before a token, by the offset where it begins; what is not in here has the usual ones. */
export type Padding = ReadonlyMap<number, number>;

/** The padding of all lists, tables and choices. */
export function paddingOf(marks: Marks, source: Source, blocks: Blocks): Padding {
  const padding = new Map<number, number>();
  for (const list of marks.lists) {
    alignLets(list, padding, source);
    alignWords(list, padding, source);
  }
  for (const table of marks.tables) {
    const open = source.before(table.rows[0]?.start ?? table.start);
    if (open !== undefined && !blocks.inline.has(open.start)) alignTable(table, padding, source);
  }
  for (const node of marks.lets) alignChoices(node, padding, source);
  return padding;
}

interface Cell {
  /** How wide what stands before the column is. */
  readonly width: number;
  /** What begins in the column. */
  readonly offset: number;
}

function align(cells: readonly Cell[], gap: number, padding: Map<number, number>): void {
  const widest = widestOf(cells);
  for (const { width, offset } of cells) padding.set(offset, widest + gap - width);
}

/** `let` after `let`, whatever blank lines and comments stand between. */
function alignLets(list: readonly StatementNode[], padding: Map<number, number>, source: Source): void {
  let cells: Cell[] = [];
  for (const node of [...list, undefined]) {
    const cell = node?.kind === 'let' ? letCell(node, source) : undefined;
    if (cell !== undefined) cells.push(cell);
    else if (cells.length > 0) {
      align(cells, 1, padding);
      cells = [];
    }
  }
}

function letCell(node: LetNode, source: Source): Cell | undefined {
  const [choice] = node.choices;
  const equal = choice === undefined ? undefined : source.before(choice.start);
  if (node.name === undefined || equal === undefined) return undefined;
  return { width: node.name.image.length, offset: equal.start };
}

/** Statements of a word and its values, without a blank line between. */
function alignWords(list: readonly StatementNode[], padding: Map<number, number>, source: Source): void {
  let cells: Cell[] = [];
  for (const node of [...list, undefined]) {
    const cell = node === undefined ? undefined : wordCell(node, source);
    if (cells.length > 0 && (cell === undefined || node === undefined || source.blankLineBefore(node.start))) {
      align(cells, 1, padding);
      cells = [];
    }
    if (cell !== undefined) cells.push(cell);
  }
}

/** Statements whose values stand in one column with those of the metadata around them. */
function wordCell(node: StatementNode, source: Source): Cell | undefined {
  if (!['attribute', 'on', 'fixes', 'supersedes'].includes(node.kind)) return undefined;
  const index = source.indexOf(node.start);
  const [word, value] = [source.items[index], source.items[index + 1]];
  return word === undefined || value === undefined ? undefined : { width: word.image.length, offset: value.start };
}

/** The `from` of rows: two blanks behind the longest version that has one, and none before the end of the longest. */
function alignTable({ rows }: ReachesNode, padding: Map<number, number>, source: Source): void {
  const branches = rows.filter(({ from }) => from !== undefined);
  const width = ({ fixed }: { readonly fixed: Leaf }): { width: number } => ({ width: fixed.image.length });
  const column = Math.max(widestOf(rows.map(width)) + 1, widestOf(branches.map(width)) + 2);
  for (const { fixed, from } of branches) {
    const word = from === undefined ? undefined : source.before(from.startOffset);
    if (word !== undefined) padding.set(word.start, column - fixed.image.length);
  }
}

/** The `when` of choices below each other. */
function alignChoices({ choices }: LetNode, padding: Map<number, number>, source: Source): void {
  const [, ...others] = choices;
  if (!others.every(({ start }) => (source.before(start)?.lines ?? 0) > 0)) return;
  const cells = choices.flatMap(({ value, when }): Cell[] => {
    const word = when === undefined ? undefined : source.before(when.start);
    if (value === undefined || word === undefined || word.lines > 0) return [];
    return [{ width: flatWidth(source, value), offset: word.start }];
  });
  if (cells.length > 1) align(cells, 1, padding);
}
