/** Formatting of a whole file, of a part of it, and of what was just closed or left. The printer decides how it looks. */
import type {
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  ServerCapabilities,
  TextEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../model/source.ts';
import { formatXmlEdits } from '../patchxml/format/format.ts';
import { formatEdits, type FormatEdit } from '../syntax/printer.ts';
import { Close, Open } from '../syntax/tokens.ts';
import { tokensOf } from './parsed.ts';
import { rangeOf } from './ranges.ts';
import { onDocument, type Session } from './session.ts';
import { allElements, isXml } from './xml/document.ts';

export function serveFormatting(session: Session): ServerCapabilities {
  const { connection } = session;
  connection.onDocumentFormatting(
    onDocument(session, (document) => editsWithin(document, { start: 0, end: Infinity })),
  );
  connection.onDocumentRangeFormatting(
    onDocument(session, (document, { params }: { params: DocumentRangeFormattingParams }) => {
      const { start, end } = params.range;
      return editsWithin(document, { start: document.offsetAt(start), end: document.offsetAt(end) });
    }),
  );
  connection.onDocumentOnTypeFormatting(
    onDocument(session, (document, { params }: { params: DocumentOnTypeFormattingParams }) => {
      const offset = document.offsetAt(params.position);
      const span =
        params.ch === '\n' ? lineAbove(document, params.position.line) : closedAt(document, offset, params.ch);
      return span ? editsWithin(document, span) : [];
    }),
  );
  return {
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: ['>', '\n'] },
  };
}

/** Each of the printer's edits can be made alone, so a part is formatted as it would be with the whole. */
function editsWithin(document: TextDocument, { start, end }: Span): TextEdit[] {
  return allEdits(document)
    .filter((edit) => edit.start >= start && edit.end <= end)
    .map((edit) => ({ range: rangeOf(document, edit), newText: edit.text }));
}

/** None for XML that is not well-formed. */
function allEdits(document: TextDocument): readonly FormatEdit[] {
  if (!isXml(document)) return formatEdits(document.getText());
  const found = formatXmlEdits(document.getText());
  return found.ok ? found.edits : [];
}

/** What a `}` closes in a script, a `>` in XML. */
function closedAt(document: TextDocument, offset: number, character: string): Span | undefined {
  if (isXml(document)) return character === '>' ? elementClosedAt(document, offset) : undefined;
  return character === '}' ? blockClosedAt(document, offset) : undefined;
}

/** An element whose end has just been typed, with the blanks before it. */
function elementClosedAt(document: TextDocument, offset: number): Span | undefined {
  for (const { start, end, closed } of allElements(document)) {
    if (end !== offset || !closed) continue;
    return { start: document.getText().slice(0, start).trimEnd().length, end };
  }
  return undefined;
}

/** From the line that opens a block to the brace that closes it, which has just been typed. */
function blockClosedAt(document: TextDocument, offset: number): Span | undefined {
  const open: number[] = [];
  for (const { tokenType, startOffset } of tokensOf(document)) {
    if (startOffset >= offset) return undefined;
    if (tokenType === Open) open.push(startOffset);
    if (tokenType !== Close) continue;
    const start = open.pop();
    if (startOffset === offset - 1 && start !== undefined) {
      const { line } = document.positionAt(start);
      return { start: document.offsetAt({ line, character: 0 }), end: offset };
    }
  }
  return undefined;
}

/** The line that was left, without what surrounds it: the new line is not to be taken away again. */
function lineAbove(document: TextDocument, line: number): Span | undefined {
  if (line === 0) return undefined;
  const start = document.offsetAt({ line: line - 1, character: 0 });
  const text = document
    .getText()
    .slice(start, document.offsetAt({ line, character: 0 }))
    .trimEnd();
  return { start, end: start + text.length };
}
