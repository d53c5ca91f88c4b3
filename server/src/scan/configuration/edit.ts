/** Changes to the text of patchlab.json that leave everything else as it was written: comments, order, blanks. */
import { JsonError, nodeAt, readJson, type JsonNode } from './json.ts';

/** Replaces a stretch of the text. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One change at a path of names and positions; objects on the way that are not there are made. */
export type JsonChange =
  | { readonly kind: 'set'; readonly path: readonly (string | number)[]; readonly value: unknown }
  /** Adds to the end of the list there. */
  | { readonly kind: 'append'; readonly path: readonly (string | number)[]; readonly value: unknown }
  | { readonly kind: 'remove'; readonly path: readonly (string | number)[] };

/** The edit that makes a change; a sentence without its full stop where the text is not such that it can be made. */
export function editFor(text: string, change: JsonChange): TextEdit | string {
  let root: JsonNode;
  try {
    root = readJson(text.trim() === '' ? `${text}{}` : text);
  } catch (error) {
    if (error instanceof JsonError) return `it is no JSON: ${error.message}`;
    throw error;
  }
  const layout = layoutOf(text);
  if (text.trim() === '')
    return { start: 0, end: text.length, text: `${print(freshFor(change), layout, 0)}${layout.eol}` };
  if (change.kind === 'remove') return removal(text, root, change.path);
  return addition(root, change, layout);
}

/** A text with its edit made. */
export function withEdit(text: string, { start, end, text: by }: TextEdit): string {
  return text.slice(0, start) + by + text.slice(end);
}

interface Layout {
  readonly eol: string;
  readonly indent: string;
  readonly text: string;
}

/** As the file has it: its line ends, and the indent of its first indented line. */
function layoutOf(text: string): Layout {
  return { eol: text.includes('\r\n') ? '\r\n' : '\n', indent: /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ', text };
}

type Addition = Exclude<JsonChange, { kind: 'remove' }>;

const valueFor = ({ kind, value }: Addition): unknown => (kind === 'append' ? [value] : value);

function freshFor(change: JsonChange): unknown {
  if (change.kind === 'remove') return {};
  return change.path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), valueFor(change));
}

function addition(root: JsonNode, change: Addition, layout: Layout): TextEdit | string {
  const { path } = change;
  const there = nodeAt(root, path);
  if (there && change.kind === 'append') {
    if (there.kind !== 'array') return `"${path.join('.')}" is no list`;
    return insertion(there, '', { value: change.value, layout });
  }
  if (there) {
    const depth = depthAt(layout, there.start);
    return { start: there.start, end: there.end, text: print(change.value, layout, depth) };
  }
  let known = path.length - 1;
  while (known > 0 && !nodeAt(root, path.slice(0, known))) known--;
  const holder = nodeAt(root, path.slice(0, known));
  if (holder?.kind !== 'object') return `"${path.slice(0, known).join('.')}" is no object`;
  const missing = path.slice(known + 1).reduceRight<unknown>((inner, name) => ({ [name]: inner }), valueFor(change));
  return insertion(holder, `${JSON.stringify(path[known])}: `, { value: missing, layout });
}

/** Behind the last of a list's or object's own, on a line of its own where the others have theirs. */
function insertion(
  holder: JsonNode & { kind: 'object' | 'array' },
  name: string,
  { value, layout }: { readonly value: unknown; readonly layout: Layout },
): TextEdit {
  const depth = depthAt(layout, holder.start);
  const own = holder.kind === 'object' ? holder.members.map((member) => member.value) : holder.items;
  const last = own.at(-1);
  const written = layout.text.slice(holder.start, holder.end);
  const isShort = holder.kind === 'array' && last !== undefined && !written.includes('\n');
  if (isShort) return { start: last.end, end: last.end, text: `, ${name}${print(value, layout, depth)}` };
  const line = `${layout.eol}${layout.indent.repeat(depth + 1)}${name}${print(value, layout, depth + 1)}`;
  if (last) return { start: last.end, end: last.end, text: `,${line}` };
  const inside = layout.text.slice(holder.start + 1, holder.end - 1);
  // A comment in an empty list stays where it is.
  const kept = inside.trim() === '' ? '' : inside.trimEnd();
  return {
    start: holder.start + 1,
    end: holder.end - 1,
    text: `${kept}${line}${layout.eol}${layout.indent.repeat(depth)}`,
  };
}

/** How deep the line is indented that a place stands on. */
function depthAt({ text, indent }: Layout, at: number): number {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1);
  const blank = /^[ \t]*/.exec(line)?.[0].length ?? 0;
  return Math.floor(blank / indent.length);
}

function removal(text: string, root: JsonNode, path: readonly (string | number)[]): TextEdit | string {
  const holder = nodeAt(root, path.slice(0, -1));
  const last = path.at(-1);
  const spans =
    holder?.kind === 'object'
      ? holder.members.map(({ start, value: { end } }) => ({ start, end }))
      : holder?.kind === 'array'
        ? holder.items
        : [];
  const at = holder?.kind === 'object' ? holder.members.findLastIndex(({ key }) => key === last) : Number(last);
  const gone = spans[at];
  if (!gone) return `there is no "${path.join('.')}"`;
  const before = spans[at - 1];
  const after = spans[at + 1];
  // With the comma that would be one too many, and the blanks between.
  if (after) return { start: gone.start, end: after.start, text: keptComments(text, gone.end, after.start) };
  if (before) return { start: before.end, end: gone.end, text: keptComments(text, before.end, gone.start).trimEnd() };
  return { start: gone.start, end: gone.end, text: '' };
}

/** Comments between two neighbours belong to nobody that can be told: they stay. */
function keptComments(text: string, from: number, to: number): string {
  const between = text.slice(from, to);
  if (!/\/[/*]/.test(between)) return '';
  return between.replace(/^([^,/]*),/, '$1').replace(/^\s+/, (blank) => (blank.includes('\n') ? '' : blank));
}

/** JSON as this file is laid out; lists of plain values stay on one line while they are short. */
function print(value: unknown, layout: Layout, depth: number): string {
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) {
    const line = `[${value.map((each) => JSON.stringify(each)).join(', ')}]`;
    if (line.length <= 80) return line;
  }
  const lines = JSON.stringify(value, null, layout.indent).split('\n');
  return lines.join(`${layout.eol}${layout.indent.repeat(depth)}`);
}
