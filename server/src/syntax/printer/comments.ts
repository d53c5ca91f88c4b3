/** Comments behind something on their lines: those of neighbouring lines stand in one column. */
import type { Item } from './items.ts';
import type { Gap } from './layout.ts';
import { widestOf } from './spaces.ts';

interface Trailing {
  readonly index: number;
  readonly line: number;
  readonly width: number;
}

/** Sets the gaps before trailing comments: two blanks behind the longest line of a run of lines that have one. */
export function alignComments(items: readonly Item[], gaps: Gap[], column: number): void {
  let line = 0;
  let width = column;
  let run: Trailing[] = [];
  const finish = () => {
    const widest = widestOf(run);
    for (const one of run) gaps[one.index] = { lines: 0, blanks: widest + 2 - one.width };
    run = [];
  };
  for (const [index, item] of items.entries()) {
    const gap = gaps[index] ?? { lines: 0, blanks: 0 };
    line += gap.lines;
    if (item.trailing && gap.lines === 0) {
      const last = run.at(-1);
      if (last !== undefined && last.line !== line - 1) finish();
      run.push({ index, line, width });
    }
    width = (gap.lines > 0 ? 0 : width) + gap.blanks + item.image.length;
  }
  if (run.length > 0) finish();
}
