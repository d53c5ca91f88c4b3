/** Converting one declaration between script and XML: it moves, with its comments, into the file of the other kind beside its own. */
import type { TextDocumentEdit, WorkspaceEdit, CreateFile } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { aboveComments, declarationToXml } from '../../convert/script.ts';
import { declarationToScript } from '../../convert/xml.ts';
import type { Span } from '../../model/source.ts';
import { render } from '../../patchxml/write/element.ts';
import { writeFile } from '../../patchxml/write/write.ts';
import { parse } from '../../syntax/parse.ts';
import { leafEnd, type DeclarationNode } from '../../syntax/tree.ts';
import { treeOf } from '../parsed.ts';
import { rangeOf } from '../ranges.ts';
import type { Workspace } from '../workspace.ts';
import { declarationBegin, lineStartOf } from '../xml/declarations.ts';
import { isXml, readingOf, xmlOf } from '../xml/document.ts';

/** What the editor can do with edits of several files. */
export interface EditAbility {
  readonly documentChanges?: boolean | undefined;
  readonly resourceOperations?: readonly string[] | undefined;
}

interface Conversion {
  readonly title: string;
  readonly edit: WorkspaceEdit;
}

/** What is taken out of one file and what it is in the other. */
interface Moved {
  readonly node: DeclarationNode;
  readonly removed: Span;
  /** For a file in which nothing stands. */
  readonly whole: string;
  /** What goes into a file that is there, and where. */
  readonly into: (other: TextDocument) => { readonly at: number; readonly text: string } | undefined;
}

/** The conversion of the declaration whose head is selected; undefined where there is none, or it has a mistake. */
export function conversion(
  { workspace, ability }: { readonly workspace: Workspace; readonly ability: EditAbility | undefined },
  document: TextDocument,
  selected: Span,
): Conversion | undefined {
  if (ability?.documentChanges !== true) return undefined;
  const inXml = isXml(document);
  const moved = inXml ? fromXml(document, selected) : fromScript(document, selected);
  if (!moved) return undefined;
  const uri = neighbour(document.uri);
  const other = uri === undefined ? undefined : workspace.documentOfUri(uri);
  if (uri === undefined || (!other && ability.resourceOperations?.includes('create') !== true)) return undefined;
  const place = other ? moved.into(other) : { at: 0, text: moved.whole };
  if (!place) return undefined;
  const at = other ? other.positionAt(place.at) : { line: 0, character: 0 };
  const create: CreateFile[] = other ? [] : [{ kind: 'create', uri, options: { ignoreIfExists: true } }];
  const changes: TextDocumentEdit[] = [
    { textDocument: { uri, version: null }, edits: [{ range: { start: at, end: at }, newText: place.text }] },
    {
      textDocument: { uri: document.uri, version: document.version },
      edits: [{ range: rangeOf(document, moved.removed), newText: '' }],
    },
  ];
  const title = `Convert this ${moved.node.kind} to ${inXml ? 'a script' : 'XML'}`;
  return { title, edit: { documentChanges: [...create, ...changes] } };
}

function neighbour(uri: string): string | undefined {
  if (/\.patches\.xml$/i.test(uri)) return uri.replace(/\.patches\.xml$/i, '.detect');
  return /\.detect$/i.test(uri) ? uri.replace(/\.detect$/i, '.patches.xml') : undefined;
}

// ---------- from a script

function fromScript(document: TextDocument, selected: Span): Moved | undefined {
  const text = document.getText();
  const tree = treeOf(document);
  const node = tree.declarations.find(
    (one) => one.start <= selected.start && selected.end <= headEnd(one) && !one.damaged,
  );
  if (!node || parse(text).errors.some(({ start, end }) => start < node.end && end > node.start)) return undefined;
  const elements = declarationToXml(text, tree, node);
  if (elements.length === 0) return undefined;
  const begin = aboveComments(text, node.start);
  return {
    node,
    removed: withLines(text, { start: begin, end: behindRemark(text, node.end) }),
    whole: writeFile(elements),
    into: (other) => {
      const { root, findings } = xmlOf(other);
      if (findings.length > 0 || root?.name !== 'patches' || root.closeNameStart === undefined) return undefined;
      const close = root.closeNameStart - '</'.length;
      const written = elements.map((one) => render(one, '  ')).join('');
      const line = lineStartOf(other.getText(), close);
      const isAlone = other.getText().slice(line, close).trim() === '';
      return { at: isAlone ? line : close, text: inLines(other, isAlone ? written : `\n${written}`) };
    },
  };
}

const headEnd = ({ name, title, start }: DeclarationNode): number =>
  title ? leafEnd(title) : name ? leafEnd(name) : start;

/** A comment behind the closing brace goes with it. */
const behindRemark = (text: string, end: number): number =>
  end + (/^[ \t]*#[^\r\n]*/.exec(text.slice(end, end + 4000))?.[0].length ?? 0);

// ---------- from XML

function fromXml(document: TextDocument, selected: Span): Moved | undefined {
  const text = document.getText();
  const { root } = xmlOf(document);
  const element = root?.children.find(
    (one) => one.kind === 'element' && one.start <= selected.start && selected.end <= one.openEnd,
  );
  const { file, offsets } = readingOf(document);
  const node = element && file.declarations.find((one) => offsets.toStart(one.start) === element.start);
  if (element?.kind !== 'element' || !node || node.damaged || !element.closed) return undefined;
  const begin = declarationBegin(document, element);
  const above = xmlOf(document).comments.filter(({ start }) => start >= begin && start < element.start);
  const said = above.map((one) => one.text.trim());
  const script = declarationToScript(text, node, said);
  if (parse(script).errors.length > 0) return undefined;
  return {
    node,
    removed: withLines(text, { start: begin, end: element.end }),
    whole: script,
    into: (other) => {
      const written = other.getText();
      const gap = written.trim() === '' ? '' : written.endsWith('\n') ? '\n' : '\n\n';
      return { at: written.length, text: inLines(other, gap + script) };
    },
  };
}

// ---------- texts

/** A part with its line ends, and the empty line behind it, where it has lines of its own. */
function withLines(text: string, { start, end }: Span): Span {
  const line = lineStartOf(text, start);
  const rest = /^[ \t]*(?:\r?\n(?:[ \t]*\r?\n)?|$)/.exec(text.slice(end));
  return text.slice(line, start).trim() === '' && rest ? { start: line, end: end + rest[0].length } : { start, end };
}

/** With the line ends of the file that it goes into. */
const inLines = (other: TextDocument, text: string): string =>
  other.getText().includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
