/**
 * The printer of `*.detect`. It moves tokens and never changes one: all it writes are blanks and line ends, so the tree stays
 * what it is, and any selection of its edits can be applied alone. What a declaration with an error in it looks like is left
 * to its author.
 */
import { isTooLarge } from './limits.ts';
import { parse, type ParseResult } from './parse.ts';
import { blocksOf } from './printer/blocks.ts';
import { paddingOf } from './printer/columns.ts';
import { alignComments } from './printer/comments.ts';
import { sourceOf, type Source } from './printer/items.ts';
import { layout, type Part } from './printer/layout.ts';
import { marksOf } from './printer/marks.ts';
import type { DeclarationNode } from './tree.ts';

/** Replaces the blanks and line ends between two offsets; `end` is exclusive. */
export interface FormatEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text, formatted. Formatting it again changes nothing. */
export function format(text: string): string {
  return applied(text, formatEdits(text));
}

function applied(text: string, edits: readonly FormatEdit[]): string {
  let formatted = '';
  let at = 0;
  for (const { start, end, text: blanks } of edits) {
    formatted += text.slice(at, start) + blanks;
    at = end;
  }
  return formatted + text.slice(at);
}

/** What `format` changes, in order, for a caller that knows the tree already or wants a part of it only. */
export function formatEdits(text: string, parsed: ParseResult = parse(text)): readonly FormatEdit[] {
  if (isTooLarge(text)) return [];
  const { file, errors } = parsed;
  const source = sourceOf(text);
  const edits: FormatEdit[] = [];
  const write: Write = { text, eol: lineEnd(text), edits };
  if (errors.length === 0) {
    const part = { from: 0, to: source.items.length, column: 0 };
    const begin = text.startsWith('\ufeff') ? 1 : 0;
    replace(write, { start: begin, end: source.items[0]?.start ?? text.length, text: '' });
    formatPart(source, write, { ...part, declarations: file.declarations });
    const last = source.items.at(-1);
    if (last !== undefined) replace(write, { start: last.end, end: text.length, text: write.eol });
    return edits;
  }
  for (const node of undamaged(file.declarations, errors)) {
    const from = source.indexOf(node.start);
    const part = { from, to: source.indexOf(node.end), column: indentation(text, node) };
    formatPart(source, write, { ...part, declarations: [node] });
  }
  // Where braces do not match, columns decide what belongs together: then nothing moves that would change it.
  return outline(parse(applied(text, edits))) === outline(parsed) ? edits : [];
}

interface Write {
  readonly text: string;
  readonly eol: string;
  readonly edits: FormatEdit[];
}

function formatPart(source: Source, write: Write, part: Part & { declarations: readonly DeclarationNode[] }): void {
  const marks = marksOf(part.declarations, source.before);
  const blocks = blocksOf(source, marks, part);
  const gaps = layout({ source, marks, blocks, padding: paddingOf(marks, source, blocks) }, part);
  alignComments(source.items.slice(part.from, part.to), gaps, part.column);
  for (let index = part.from + 1; index < part.to; index++) {
    const before = source.items[index - 1];
    const item = source.items[index];
    const gap = gaps[index - part.from];
    if (before === undefined || item === undefined || gap === undefined) continue;
    const blanks = write.eol.repeat(gap.lines) + ' '.repeat(gap.blanks);
    replace(write, { start: before.end, end: item.start, text: blanks });
  }
}

/** How far a declaration is indented. Where errors are, moving it could change what it belongs to. */
function indentation(text: string, { start, kind }: DeclarationNode): number {
  const line = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const before = text.slice(line, start);
  return /^[ \t]*$/.test(before) ? before.replaceAll('\t', '  ').length : kind === 'patch' ? 2 : 0;
}

/** The edit, if it changes anything and replaces nothing but blanks. */
function replace({ text, edits }: Write, edit: FormatEdit): void {
  const was = text.slice(edit.start, edit.end);
  if (was !== edit.text && /^[\s\ufeff]*$/.test(was)) edits.push(edit);
}

/** The line end that most lines have. */
export function lineEnd(text: string): string {
  const counts = new Map([
    ['\n', 0],
    ['\r\n', 0],
    ['\r', 0],
  ]);
  for (const [end] of text.matchAll(/\r\n|\n|\r/g)) counts.set(end, (counts.get(end) ?? 0) + 1);
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

/** Declarations without an error in them; of a bulletin that has one, the patches that have none. */
function undamaged(
  declarations: readonly DeclarationNode[],
  errors: ParseResult['errors'],
): readonly DeclarationNode[] {
  const whole = (node: DeclarationNode): boolean =>
    !node.damaged && !errors.some(({ start, end }) => start < node.end && end > node.start);
  return declarations.flatMap((node): readonly DeclarationNode[] => {
    if (node.kind !== 'bulletin') return whole(node) ? [node] : [];
    const patches = node.body.filter((item) => item.kind === 'patch');
    return whole(node) && patches.every(whole) ? [node] : patches.filter(whole);
  });
}

/** What is declared, what stands in it, and what is wrong. */
function outline({ file, errors }: ParseResult): string {
  const told = (node: DeclarationNode): unknown => {
    const patches = node.kind === 'bulletin' ? node.body.filter((item) => item.kind === 'patch') : [];
    return [node.kind, node.name?.image, node.damaged, patches.map(told)];
  };
  return JSON.stringify([file.declarations.map(told), errors.map(({ code }) => code)]);
}
