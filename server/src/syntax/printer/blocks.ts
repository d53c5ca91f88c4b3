/** Blocks: which stay on one line, and which are the bodies of declarations. */
import type { Source } from './items.ts';
import type { Part } from './layout.ts';
import type { Marks } from './marks.ts';

/** By the offset of `{`. */
export interface Blocks {
  /** Stand on one line with what they hold. */
  readonly inline: ReadonlySet<number>;
  /** The bodies of declarations and variants: they begin below the word that declares. */
  readonly bodies: ReadonlySet<number>;
}

/**
 * A block stays on one line where its author wrote it so. A body does that only with a single statement, and a block without
 * anything in it always.
 */
export function blocksOf(source: Source, marks: Marks, { from, to }: Part): Blocks {
  const inline = new Set<number>();
  const bodies = new Set<number>();
  const open: { readonly start: number; readonly index: number; readonly line: number }[] = [];
  let line = 0;
  for (const [offset, item] of source.items.slice(from, to).entries()) {
    const index = from + offset;
    line += item.lines;
    if (item.type === 'Open') open.push({ start: item.start, index, line });
    const opened = item.type === 'Close' ? open.pop() : undefined;
    if (opened === undefined) continue;
    const statements = marks.bodies.get(item.start);
    if (statements !== undefined) bodies.add(opened.start);
    const oneLine = opened.line === line && (statements ?? 1) <= 1;
    if (oneLine || opened.index === index - 1) inline.add(opened.start);
  }
  return { inline, bodies };
}
