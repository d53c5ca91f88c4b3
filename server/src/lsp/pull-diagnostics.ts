/** Pulled diagnostics, of one file or of all, with result ids: what has not changed since is not said again. */
import { createHash } from 'node:crypto';
import {
  DocumentDiagnosticReportKind,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type ServerCapabilities,
  type WorkspaceDiagnosticParams,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { diagnosticsOf } from './diagnostics.ts';
import { nameOfUri } from './uris.ts';
import { cancelled, onWorkspace, otherMessages, type Session } from './session.ts';

/** So many files are looked at before the messages that have arrived are read. */
const FILES_AT_ONCE = 500;

export function servePulledDiagnostics(session: Session): ServerCapabilities {
  const { connection, workspace } = session;
  // Asked for a file that is gone, too: it has none.
  connection.languages.diagnostics.on(async (params: DocumentDiagnosticParams, token) => {
    const answer = onWorkspace(session, (): DocumentDiagnosticReport => {
      const document = workspace.placed(nameOfUri(params.textDocument.uri));
      return reportOf(document ? diagnosticsOf(workspace, document) : [], params.previousResultId);
    });
    return answer(params, token);
  });
  connection.languages.diagnostics.onWorkspace(
    onWorkspace(
      session,
      async ({
        params,
        token,
      }: {
        params: WorkspaceDiagnosticParams;
        token: { readonly isCancellationRequested: boolean };
      }) => {
        const previous = new Map(params.previousResultIds.map(({ uri, value }) => [uri, value]));
        const items: WorkspaceDocumentDiagnosticReport[] = [];
        for (const [index, name] of workspace.names().entries()) {
          if (index % FILES_AT_ONCE === FILES_AT_ONCE - 1) await otherMessages();
          if (token.isCancellationRequested) return cancelled();
          const document = workspace.placed(name);
          if (!document) continue;
          const report = reportOf(diagnosticsOf(workspace, document), previous.get(document.uri));
          previous.delete(document.uri);
          items.push({ ...report, uri: document.uri, version: document.version > 0 ? document.version : null });
        }
        for (const [uri, value] of previous) items.push({ ...reportOf([], value), uri, version: null });
        return { items };
      },
    ),
  );
  return { diagnosticProvider: { identifier: 'patchlab', interFileDependencies: true, workspaceDiagnostics: true } };
}

type FullReport = Extract<DocumentDiagnosticReport, { kind: 'full' }>;
type UnchangedReport = Extract<DocumentDiagnosticReport, { kind: 'unchanged' }>;

/** The id is made of what is said, so it holds across restarts of the server. */
function reportOf(items: Diagnostic[], previous: string | undefined): FullReport | UnchangedReport {
  const resultId = createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 16);
  if (resultId === previous) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}
