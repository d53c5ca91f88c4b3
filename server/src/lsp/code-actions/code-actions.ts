/** Code actions: what mends a finding, what silences it, and what makes one check of a condition. */
import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Span } from '../../model/source.ts';
import { toDiagnostic } from '../diagnostics.ts';
import { findingsIn } from '../findings.ts';
import { namesOf } from '../names.ts';
import { rangeOf } from '../ranges.ts';
import { onDocument, type Session } from '../session.ts';
import { nameOfUri } from '../uris.ts';
import type { Workspace } from '../workspace.ts';
import { isXml } from '../xml/document.ts';
import { conversion } from './convert.ts';
import { extractCheck } from './extract-check.ts';
import { extractXmlCheck } from './extract-xml-check.ts';
import { allFixes, fixOf, type Change } from './fixes.ts';
import { suppression } from './suppression.ts';
import { xmlSuppression } from './xml-suppression.ts';

const FIX_ALL = `${CodeActionKind.SourceFixAll}.patchlab`;
const CONVERT = `${CodeActionKind.RefactorRewrite}.patchlab`;
const KINDS = [CodeActionKind.QuickFix, CodeActionKind.RefactorExtract, CONVERT, FIX_ALL];

export function serveCodeActions(session: Session): ServerCapabilities {
  const { connection, workspace } = session;
  connection.onCodeAction(
    onDocument(session, (document, { params }: { params: CodeActionParams }): CodeAction[] => {
      const { only } = params.context;
      const span = { start: document.offsetAt(params.range.start), end: document.offsetAt(params.range.end) };
      const wants = (kind: string): boolean => only?.some((one) => kind === one || kind.startsWith(`${one}.`)) ?? true;
      return [
        ...(wants(CodeActionKind.QuickFix) ? quickFixes(workspace, document, span) : []),
        ...(wants(CodeActionKind.RefactorExtract) ? extractions(workspace, document, span) : []),
        ...(wants(CONVERT) ? conversions(session, document, span) : []),
        ...(wants(FIX_ALL) ? fixingAll(workspace, document) : []),
      ];
    }),
  );
  return { codeActionProvider: { codeActionKinds: KINDS } };
}

function quickFixes(workspace: Workspace, document: TextDocument, span: Span): CodeAction[] {
  const here = findingsIn(workspace, nameOfUri(document.uri)).filter(
    ({ at }) => at.start <= span.end && at.end >= span.start,
  );
  return here.flatMap((finding) => {
    const fix = fixOf(document.getText(), finding);
    const silence = isXml(document) ? xmlSuppression(document, finding) : suppression(document, finding);
    return [
      ...(fix ? [action(workspace, document, { finding, change: fix, isPreferred: true })] : []),
      ...(silence ? [action(workspace, document, { finding, change: silence, isPreferred: false })] : []),
    ];
  });
}

function action(
  workspace: Workspace,
  document: TextDocument,
  { finding, change, isPreferred }: { finding: Finding; change: Change; isPreferred: boolean },
): CodeAction {
  return {
    title: change.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(workspace, document, finding)],
    isPreferred,
    edit: editOf(document, [change]),
  };
}

function extractions(workspace: Workspace, document: TextDocument, span: Span): CodeAction[] {
  const extract = isXml(document) ? extractXmlCheck : extractCheck;
  const changes = extract(document, span, namesOf(workspace));
  if (!changes) return [];
  return [{ title: 'Extract a named check', kind: CodeActionKind.RefactorExtract, edit: editOf(document, changes) }];
}

function conversions({ workspace, client }: Session, document: TextDocument, span: Span): CodeAction[] {
  const ability = client().workspace?.workspaceEdit;
  const found = conversion({ workspace, ability }, document, span);
  return found ? [{ ...found, kind: CONVERT }] : [];
}

function fixingAll(workspace: Workspace, document: TextDocument): CodeAction[] {
  const changes = allFixes(document.getText(), findingsIn(workspace, nameOfUri(document.uri)));
  if (changes.length === 0) return [];
  return [{ title: 'Fix all that Patchlab can fix safely', kind: FIX_ALL, edit: editOf(document, changes) }];
}

function editOf(document: TextDocument, changes: readonly Omit<Change, 'title'>[]) {
  const all = changes.flatMap(({ also = [], ...change }) => [change, ...also]);
  const edits = all.map(({ at, text }) => ({ range: rangeOf(document, at), newText: text }));
  return { changes: { [document.uri]: edits } };
}
