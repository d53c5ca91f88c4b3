/** Findings as diagnostics, for every file of the workspace, open or not. */
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import type { Finding, Severity } from '../model/source.ts';
import { findingsIn } from './findings.ts';
import { locationOf, rangeOf, type Placed } from './ranges.ts';
import type { Session } from './session.ts';
import { nameOfUri, uriOfName } from './uris.ts';
import type { Workspace } from './workspace.ts';

/** Nobody types when nothing has changed for so long. */
const QUIET_MS = 200;
/** A key that is pressed meanwhile waits no longer than that. */
const SLICE_MS = 8;
/** Of a large workspace what is found is told so often while it is looked at. */
const TELL_MS = 500;

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
  /** Called when all files of a large workspace have been looked at. */
  onWhole: () => void;
}

/** Tells the editor what changed, file by file; one that pulls is asked to do so again. */
export function publishDiagnostics(session: Session, pulls: () => boolean): DiagnosticsPublisher {
  const { connection, workspace } = session;
  let soon: NodeJS.Immediate | undefined;
  let whenQuiet: NodeJS.Timeout | undefined;
  let looking: NodeJS.Immediate | undefined;
  let tellAgain = 0;
  /** By URI, what was said last: a file is told only what is new to it. */
  const said = new Map<string, string>();
  /** By file, the URI that it was told under: the editor may write it in another way than we do. */
  const uris = new Map<string, string>();

  function publish(): void {
    soon = undefined;
    let isNew = false;
    for (const file of workspace.analysis.takeChanged()) isNew = tell(file) || isNew;
    const refreshes = session.client().workspace?.diagnostics?.refreshSupport === true;
    if (isNew && pulls() && refreshes) connection.languages.diagnostics.refresh().catch(report);
    clearTimeout(whenQuiet);
    clearImmediate(looking);
    if (!workspace.analysis.isWhole) whenQuiet = setTimeout(tryTo, QUIET_MS, lookOn);
  }

  /** What needs all files together is looked at when nobody types, a little at a time, so that nobody has to wait for it. */
  function lookOn(): void {
    const isDone = workspace.analysis.lookFor(SLICE_MS);
    if (isDone || Date.now() > tellAgain) {
      tellAgain = Date.now() + TELL_MS;
      publish();
    }
    if (!isDone) {
      clearTimeout(whenQuiet);
      looking = setImmediate(tryTo, lookOn);
    } else publisher.onWhole();
  }

  /** Whether it is told anything new. */
  function tell(file: string): boolean {
    if (!uris.has(file) && findingsIn(workspace, file).length === 0) return false;
    const document = workspace.placed(file);
    const uri = document?.uri ?? uriOfName(file);
    const diagnostics = document ? diagnosticsOf(workspace, document) : [];
    const params: Published = document && diagnostics.length > 0 ? { version: document.version, diagnostics } : NONE;
    const text = JSON.stringify(params);
    const before = uris.get(file);
    if (before !== undefined && before !== uri && said.delete(before) && !pulls())
      void connection.sendDiagnostics({ uri: before, ...NONE });
    if ((said.get(uri) ?? NOTHING_SAID) === text) return false;
    uris.set(file, uri);
    if (diagnostics.length === 0) said.delete(uri);
    else said.set(uri, text);
    if (!pulls()) void connection.sendDiagnostics({ uri, ...params });
    return true;
  }

  /** A defect in the analysis of one text must not take the editor's server with it: the next change tries again. */
  function tryTo(work: () => void): void {
    try {
      work();
    } catch (error) {
      report(error);
    }
  }

  function report(error: unknown): void {
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  const publisher: DiagnosticsPublisher = {
    onWhole: () => undefined,
    // After the messages that have arrived: keystrokes that came together are answered together.
    schedule: () => void (soon ??= setImmediate(tryTo, publish)),
    dispose: () => {
      clearImmediate(soon);
      clearTimeout(whenQuiet);
      clearImmediate(looking);
    },
  };
  return publisher;
}

/** With the version a file is told again after each of its changes: the editor moves marks by itself, and not always right. */
interface Published {
  readonly version?: number;
  readonly diagnostics: Diagnostic[];
}

const NONE: Published = { diagnostics: [] };
const NOTHING_SAID = JSON.stringify(NONE);

/** What is found in one file, as the protocol has it. */
export function diagnosticsOf(workspace: Workspace, document: Placed): Diagnostic[] {
  return findingsIn(workspace, nameOfUri(document.uri)).map((finding) => toDiagnostic(workspace, document, finding));
}

/** A finding as the protocol has it. */
export function toDiagnostic(workspace: Workspace, document: Placed, finding: Finding): Diagnostic {
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
