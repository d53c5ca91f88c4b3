/** Formatting of a whole script, of a part of it, and of what was just closed or left. The printer decides how it looks. */
import type {
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  ServerCapabilities,
  TextEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../model/source.ts';
import { formatEdits } from '../syntax/printer.ts';
import { Close, Open } from '../syntax/tokens.ts';
import { tokensOf } from './parsed.ts';
import { rangeOf } from './ranges.ts';
import { onScript, type Session } from './session.ts';

export function serveFormatting(session: Session): ServerCapabilities {
  const { connection } = session;
  connection.onDocumentFormatting(onScript(session, (document) => editsWithin(document, { start: 0, end: Infinity })));
  connection.onDocumentRangeFormatting(
    onScript(session, (document, { params }: { params: DocumentRangeFormattingParams }) => {
      const { start, end } = params.range;
      return editsWithin(document, { start: document.offsetAt(start), end: document.offsetAt(end) });
    }),
  );
  connection.onDocumentOnTypeFormatting(
    onScript(session, (document, { params }: { params: DocumentOnTypeFormattingParams }) => {
      const offset = document.offsetAt(params.position);
      const span = params.ch === '}' ? blockClosedAt(document, offset) : lineAbove(document, params.position.line);
      return span ? editsWithin(document, span) : [];
    }),
  );
  return {
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: ['\n'] },
  };
}

/** Each of the printer's edits can be made alone, so a part is formatted as it would be with the whole. */
function editsWithin(document: TextDocument, { start, end }: Span): TextEdit[] {
  return formatEdits(document.getText())
    .filter((edit) => edit.start >= start && edit.end <= end)
    .map((edit) => ({ range: rangeOf(document, edit), newText: edit.text }));
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
