/**
 * The formatter of `*.patches.xml`. Like the printer of scripts it writes nothing but blanks and line ends, between tags and
 * within them: values, comments, CDATA and text stay byte for byte, and any selection of its edits can be made alone. A file
 * that is not well-formed is left to its author.
 */
import { lineEnd, type FormatEdit } from '../../syntax/printer.ts';
import { disagreement } from '../agree.ts';
import type { XmlFinding } from '../codes.ts';
import type { XmlElement } from '../document.ts';
import { LARGEST, tooLarge } from '../read.ts';
import { scanXml } from '../scan.ts';
import { frozenLines } from './frozen.ts';
import { contentsOf, type Contents, type Node } from './nodes.ts';
import { tagLength, writeTag } from './tag.ts';
import { fill, hasBreak, WIDTH, type Wanted, type Writing } from './writing.ts';

/** Edits, or why there are none. */
export type XmlFormat =
  | { readonly ok: true; readonly edits: readonly FormatEdit[] }
  | { readonly ok: false; readonly findings: readonly XmlFinding[] };

/** What has to change, in order. Made all together and looked at again, nothing has to. */
export function formatXmlEdits(text: string): XmlFormat {
  if (text.length > LARGEST) return { ok: false, findings: tooLarge(text) };
  const { root, comments, findings } = scanXml(text);
  if (root === undefined || findings.length > 0) return { ok: false, findings };
  const refused = disagreement(text, root);
  if (refused !== undefined) return { ok: false, findings: [refused] };
  const writing: Writing = { text, eol: lineEnd(text), edits: [], isFrozen: frozenLines(text, comments) };
  const layout: Layout = { writing, contents: contentsOf(root, comments), lengths: new Map() };
  writeFile(layout);
  return { ok: true, edits: writing.edits.toSorted((a, b) => a.start - b.start) };
}

/** The text with all edits made, or what is wrong with it. */
export function formatXml(text: string): string | readonly XmlFinding[] {
  const found = formatXmlEdits(text);
  if (!found.ok) return found.findings;
  let formatted = '';
  let at = 0;
  for (const { start, end, text: blanks } of found.edits) {
    formatted += text.slice(at, start) + blanks;
    at = end;
  }
  return formatted + text.slice(at);
}

interface Layout {
  readonly writing: Writing;
  readonly contents: Contents;
  readonly lengths: Map<XmlElement, number | undefined>;
}

/** `<?xml … ?>` with the byte order mark before it. */
const BEGINNING = /^\ufeff?(?:<\?xml\b[\s\S]*?\?>)?/;

function writeFile(layout: Layout): void {
  const { writing, contents } = layout;
  const { text } = writing;
  const begin = BEGINNING.exec(text)?.[0].length ?? 0;
  const hasDeclaration = text.charAt(begin - 1) === '>';
  let gap: Gap = { start: begin, end: begin };
  for (const node of contents.beside) {
    const isBegin = gap.previous === undefined && !hasDeclaration;
    gap = { ...gap, end: node.start, next: node };
    fill(writing, gap, isBegin ? '' : wantedIn(writing, gap, { isFlat: false, indent: 0 }));
    if (node.kind === 'element') writeElement(layout, node, 0);
    gap = { start: node.end, end: node.end, previous: node };
  }
  fill(writing, { start: gap.start, end: text.length }, { lines: 1, indent: 0 });
}

function writeElement(layout: Layout, element: XmlElement, indent: number): void {
  const { writing, contents } = layout;
  const { name, openEnd, closeNameStart, end } = element;
  writeTag(writing, element, indent);
  if (closeNameStart === undefined) return;
  fill(writing, { start: closeNameStart + name.length, end: end - 1 }, '');
  const { nodes, isKept } = contents.of(element);
  if (isKept) return;
  const length = flatLength(layout, element);
  const isFlat = nodes.length === 0 || (length !== undefined && indent + length <= WIDTH);
  let gap: Gap = { start: openEnd, end: openEnd };
  for (const node of nodes) {
    gap = { ...gap, end: node.start, next: node };
    fill(writing, gap, wantedIn(writing, gap, { isFlat, indent: indent + 2 }));
    if (node.kind === 'element') writeElement(layout, node, indent + 2);
    gap = { start: node.end, end: node.end, previous: node };
  }
  gap = { ...gap, end: closeNameStart - '</'.length };
  fill(writing, gap, wantedIn(writing, gap, { isFlat, indent }));
}

// ---------- gaps

/** Blanks between two nodes, or between one and the tag around it. */
interface Gap {
  readonly start: number;
  readonly end: number;
  readonly previous?: Node;
  readonly next?: Node;
}

/** A comment stays on the line that it is on, which says what it is about; one empty line may stand between two nodes. */
function wantedIn({ text }: Writing, gap: Gap, { isFlat, indent }: { isFlat: boolean; indent: number }): Wanted {
  const was = text.slice(gap.start, gap.end);
  const besideComment = gap.previous?.kind === 'comment' || gap.next?.kind === 'comment';
  if (isFlat || (besideComment && !hasBreak(was))) return besideComment && was !== '' ? ' ' : '';
  const breaks = was.match(/\r\n|\r|\n/g)?.length ?? 0;
  return { lines: gap.previous && gap.next && breaks > 1 ? 2 : 1, indent };
}

/** How long an element is on one line, with all in it; undefined where it stands on several. */
function flatLength(layout: Layout, element: XmlElement): number | undefined {
  if (!layout.lengths.has(element)) layout.lengths.set(element, measured(layout, element));
  return layout.lengths.get(element);
}

function measured(layout: Layout, element: XmlElement): number | undefined {
  const { writing, contents } = layout;
  const { text } = writing;
  const { name, openEnd, closeNameStart } = element;
  const tag = tagLength(text, element);
  if (tag === undefined || closeNameStart === undefined) return tag;
  const inside = text.slice(openEnd, closeNameStart - '</'.length);
  if (hasBreak(inside)) return undefined;
  const { nodes, isKept } = contents.of(element);
  const end = '</>'.length + name.length;
  if (isKept) return tag + inside.length + end;
  // Of the blanks in it, one beside a comment stays at most.
  let length = tag + end;
  let gap: Gap = { start: openEnd, end: openEnd };
  for (const node of nodes) {
    gap = { ...gap, end: node.start, next: node };
    const own = node.kind === 'comment' ? node.end - node.start : flatLength(layout, node);
    if (own === undefined) return undefined;
    length += own + flatGap(writing, gap);
    gap = { start: node.end, end: node.end, previous: node };
  }
  return length + flatGap(writing, { ...gap, end: closeNameStart - '</'.length });
}

function flatGap(writing: Writing, gap: Gap): number {
  const wanted = wantedIn(writing, gap, { isFlat: true, indent: 0 });
  return typeof wanted === 'string' ? wanted.length : 0;
}
