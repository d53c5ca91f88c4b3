/** Findings as diagnostics, for every file of the workspace, open or not. */
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Severity } from '../model/source.ts';
import { filesWithFindings, findingsIn } from './findings.ts';
import { locationOf, rangeOf } from './ranges.ts';
import type { Session } from './session.ts';
import { nameOfUri } from './uris.ts';
import type { Workspace } from './workspace.ts';

/** Keystrokes that follow each other this fast are answered together. */
const QUIET_MS = 15;

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export interface DiagnosticsPublisher {
  /** Publishes soon; calls until then are answered by one publication. */
  schedule(): void;
  dispose(): void;
}

/** Tells the editor what changed, file by file; one that pulls is asked to do so again. */
export function publishDiagnostics(session: Session, pulls: () => boolean): DiagnosticsPublisher {
  const { connection, workspace } = session;
  let timer: NodeJS.Timeout | undefined;
  /** By URI, what was said last: a file is told only what is new to it. */
  const said = new Map<string, string>();

  function publish(): void {
    timer = undefined;
    const byUri = collect(workspace);
    for (const uri of said.keys()) if (!byUri.has(uri)) byUri.set(uri, { diagnostics: [] });
    let isNew = false;
    for (const [uri, params] of byUri) {
      const text = JSON.stringify(params);
      if (said.get(uri) === text) continue;
      isNew = true;
      if (params.diagnostics.length === 0) said.delete(uri);
      else said.set(uri, text);
      if (!pulls()) void connection.sendDiagnostics({ uri, ...params });
    }
    const refreshes = session.client().workspace?.diagnostics?.refreshSupport === true;
    if (isNew && pulls() && refreshes) connection.languages.diagnostics.refresh().catch(report);
  }

  /** A defect in the analysis of one text must not take the editor's server with it: the next change tries again. */
  function tryToPublish(): void {
    try {
      publish();
    } catch (error) {
      report(error);
    }
  }

  function report(error: unknown): void {
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  return {
    schedule: () => (timer ??= setTimeout(tryToPublish, QUIET_MS)),
    dispose: () => clearTimeout(timer),
  };
}

/** With the version a file is told again after each of its changes: the editor moves marks by itself, and not always right. */
interface Published {
  readonly version?: number;
  readonly diagnostics: Diagnostic[];
}

function collect(workspace: Workspace): Map<string, Published> {
  const byUri = new Map<string, Published>();
  for (const file of filesWithFindings(workspace)) {
    const document = workspace.document(file);
    if (!document) continue;
    byUri.set(document.uri, { version: document.version, diagnostics: diagnosticsOf(workspace, document) });
  }
  return byUri;
}

/** What is found in one file, as the protocol has it. */
export function diagnosticsOf(workspace: Workspace, document: TextDocument): Diagnostic[] {
  return findingsIn(workspace, nameOfUri(document.uri)).map((finding) => toDiagnostic(workspace, document, finding));
}

/** A finding as the protocol has it. */
export function toDiagnostic(workspace: Workspace, document: TextDocument, finding: Finding): Diagnostic {
  const related = (finding.related ?? []).flatMap(({ at, message }) => {
    const location = locationOf(workspace, at);
    return location ? [{ location, message }] : [];
  });
  return {
    range: rangeOf(document, finding.at),
    severity: SEVERITY[finding.severity],
    code: finding.code,
    source: 'patchlab',
    message: finding.message,
    ...(related.length > 0 ? { relatedInformation: related } : {}),
  };
}
