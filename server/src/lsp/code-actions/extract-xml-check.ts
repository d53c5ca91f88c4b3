/** Extract a named check in XML: a selected condition becomes a declaration; what it takes from outside becomes its parameters. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../../model/source.ts';
import { attributeOf, elementsOf, type XmlElement } from '../../patchxml/document.ts';
import type { Names } from '../names.ts';
import { nameOfUri } from '../uris.ts';
import { declarationBegin, lineStartOf } from '../xml/declarations.ts';
import { elementsAt, readingOf } from '../xml/document.ts';
import { typed } from '../xml/types.ts';
import { freshId, namesTaken, replaced, trimmed } from './extract-check.ts';
import type { Change } from './fixes.ts';

type Replacement = Omit<Change, 'title'>;

const CONDITIONS: ReadonlySet<string> = new Set([
  ...['keyCheck', 'fileCheck', 'folderCheck', 'serviceCheck', 'msiCheck', 'hotfixCheck', 'nameCheck', 'textCheck'],
  ...['literalCheck', 'all', 'any', 'not', 'useCheck', 'useProduct', 'on'],
]);

/** The edits, where exactly one condition is selected that can stand by itself. */
export function extractXmlCheck(
  document: TextDocument,
  selected: Span,
  names: Names,
): readonly Replacement[] | undefined {
  const text = document.getText();
  const span = trimmed(text, selected);
  if (span.start >= span.end || readingOf(document).file.declarations.length === 0) return undefined;
  const around = typed(elementsAt(document, span.start));
  const condition = around.find(
    ({ element, type }) => type !== undefined && CONDITIONS.has(type) && isAt(element, span),
  );
  const declaration = around[1]?.element;
  // A statement `on` is no condition.
  const parent = condition && around[around.indexOf(condition) - 1]?.type;
  if (!condition || !declaration || isDamaged(document, declaration)) return undefined;
  if (condition.type === 'on' && /^(?:product|variant|patch|bulletin)$/.test(parent ?? '')) return undefined;
  const taken = namesTaken(names, text, { file: nameOfUri(document.uri), span });
  if (!taken || readsValueOf(condition.element, new Set(taken.uses.map(({ start }) => start)))) return undefined;
  const id = freshId(names);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const place = declarationBegin(document, declaration);
  const indent = /^[ \t]*/.exec(text.slice(lineStartOf(text, place)))?.[0] ?? '';
  const parameters = [...taken.parameters.values()].map((name) => `${indent}  <parameter name="${name}"/>`);
  const body = moved(replaced(text, span, taken), columnOf(text, span.start), `${indent}  `);
  const lines = [`<check id="${id}">`, ...parameters, `${indent}  ${body}`, `${indent}</check>`, '', indent];
  return [
    { at: { start: place, end: place }, text: lines.join(eol) },
    { at: span, text: useOf(id, [...taken.parameters.keys()]) },
  ];
}

const isAt = (element: XmlElement, { start, end }: Span): boolean => element.start === start && element.end === end;

function isDamaged(document: TextDocument, { start, end }: XmlElement): boolean {
  const { file, offsets } = readingOf(document);
  return !file.declarations.some(
    (one) => !one.damaged && offsets.toStart(one.start) === start && offsets.toEnd(one.end) === end,
  );
}

/** Whether it reads a registry value of an element that is bound outside: an element cannot be handed over. */
function readsValueOf(element: XmlElement, uses: ReadonlySet<number>): boolean {
  const of = element.name === 'name' && attributeOf(element, 'value') ? attributeOf(element, 'of') : undefined;
  if (of && [...uses].some((start) => of.valueStart < start && start < of.valueEnd)) return true;
  return elementsOf(element).some((one) => readsValueOf(one, uses));
}

function useOf(id: string, written: readonly string[]): string {
  const args = written.map((name) => `<argument><name of="${name}"/></argument>`);
  return args.length === 0 ? `<check ref="${id}"/>` : `<check ref="${id}">${args.join('')}</check>`;
}

const columnOf = (text: string, offset: number): number =>
  /^[ \t]*/.exec(text.slice(lineStartOf(text, offset), offset))?.[0].length ?? 0;

/** Lines behind the first keep their indentation to each other; those within a value stay as they are. */
function moved(body: string, column: number, indent: string): string {
  if (/=\s*(?:"[^"<]*[\r\n]|'[^'<]*[\r\n])/.test(body)) return body;
  return body.replaceAll(
    /(\r?\n)([ \t]*)/g,
    (_, eol: string, blanks: string) => eol + indent + blanks.slice(Math.min(column, blanks.length)),
  );
}
