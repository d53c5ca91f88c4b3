/** A check at the cursor of patch definitions in XML: an element among conditions, a statement in a declaration, else a patch. */
import { parse } from '../../syntax/parse.ts';
import type { XmlElement } from '../../patchxml/document.ts';
import { elementsOf } from '../../patchxml/document.ts';
import { scanXml } from '../../patchxml/scan.ts';
import { render, type OutElement } from '../../patchxml/write/element.ts';
import { writeDeclaration } from '../../patchxml/write/write.ts';
import type { NewCheck } from './in-script.ts';
import { indentAt, onOwnLines, type Insertion } from './insertion.ts';

/** Elements that hold conditions, all of which must hold, or any. */
const CONDITIONS: ReadonlySet<string> = new Set(['all', 'any', 'installed-when', 'missing-when', 'where', 'when']);
/** Elements that hold one verdict among their statements. */
const STATEMENTS: ReadonlySet<string> = new Set(['patch', 'bulletin', 'variant', 'product']);
const COMMENT = /^<!--/;

/** What to change so that the check stands at the cursor, or beside what the cursor is in. */
export function insertInXml(text: string, offset: number, check: NewCheck): Insertion | undefined {
  const { root, comments } = scanXml(text);
  if (root?.closeNameStart === undefined) return undefined;
  const comment = comments.find((one) => one.start < offset && offset < one.end);
  const path = elementsAt(root, comment ? comment.end : offset);
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const element = path[depth];
    if (!element) continue;
    const place = { element, below: path[depth + 1], offset: comment ? comment.end : offset, parent: path[depth - 1] };
    const lines = linesIn(place, check);
    if (lines !== undefined) return inside(text, place, lines);
  }
  return undefined;
}

interface Place {
  readonly element: XmlElement;
  /** What of its children the cursor is in. */
  readonly below: XmlElement | undefined;
  readonly parent: XmlElement | undefined;
  readonly offset: number;
}

/** What is written into the element: nothing where no check can stand in it. */
function linesIn({ element, parent, below }: Place, check: NewCheck): string | undefined {
  if (element.closeNameStart === undefined) return undefined;
  const isDeclaration = parent?.name === 'patches' && element.name === 'check';
  if (CONDITIONS.has(element.name) || isDeclaration) return elementsFor(check.condition);
  if (element.name === 'patches') return declarationsFor(check.declaration);
  // Of a reference to a product there is nothing inside.
  if (!STATEMENTS.has(element.name) || (element.name === 'product' && parent?.name !== 'patches')) return undefined;
  const names = new Set(elementsOf(element).map(({ name }) => name));
  if (names.has('variant') || below?.name === 'patch') return undefined;
  const verdict = ['installed-when', 'missing-when'].find((name) => names.has(name));
  if (verdict !== undefined) return elementsFor(check.condition);
  if (names.has('note') || names.has('missing-always'))
    return `<warn text="as it was seen">\n${indent(elementsFor(check.condition))}\n</warn>`;
  return `<installed-when>\n${indent(elementsFor(check.condition))}\n</installed-when>`;
}

const indent = (lines: string): string => lines.replace(/^(?=.)/gm, '  ');

function inside(text: string, { element, below, offset }: Place, lines: string): Insertion {
  const verdict = STATEMENTS.has(element.name)
    ? elementsOf(element).find(({ name }) => name === 'installed-when' || name === 'missing-when')
    : undefined;
  if (verdict?.closeNameStart !== undefined && !/^<(?:installed-when|warn)/.test(lines))
    return inside(
      text,
      { element: verdict, below: undefined, parent: element, offset: contentEnd(text, verdict) },
      lines,
    );
  const open = element.openEnd;
  const at = below ? below.end : Math.min(Math.max(offset, open), closeStart(element));
  const first = elementsOf(element)[0];
  const depth = first ? indentAt(text, first.start) : `${indentAt(text, element.start)}  `;
  return onOwnLines(text, at, { lines, indent: depth, comment: COMMENT });
}

const closeStart = (element: XmlElement): number => (element.closeNameStart ?? element.end) - 2;

/** Behind the last thing in an element. */
function contentEnd(text: string, element: XmlElement): number {
  const inner = text.slice(element.openEnd, closeStart(element));
  return element.openEnd + inner.trimEnd().length;
}

/** The elements around an offset, from the outside in; only those that it is really in. */
function elementsAt(root: XmlElement, offset: number): readonly XmlElement[] {
  const found: XmlElement[] = [];
  for (let element: XmlElement | undefined = root; element;) {
    found.push(element);
    element = elementsOf(element).find((one) => one.start < offset && offset < one.end);
  }
  return found;
}

/** The elements of a condition as they stand in `<installed-when>`. */
function elementsFor(condition: string): string {
  const [patch] = writtenFor(`patch x fixes windows {\n  installed when ${condition}\n}\n`);
  const clause = patch?.children.find((one): one is OutElement => 'name' in one && one.name === 'installed-when');
  return trimmed((clause?.children ?? []).map((one) => render(one)).join(''));
}

const declarationsFor = (declaration: string): string =>
  trimmed(
    writtenFor(declaration)
      .map((one) => render(one))
      .join('\n'),
  );

function writtenFor(script: string): readonly OutElement[] {
  return parse(script).file.declarations.flatMap((node) => writeDeclaration(node) ?? []);
}

const trimmed = (lines: string): string => lines.replace(/\n+$/, '');
