/** What every capability is given, and how each answers: with all files known, on a text that is still current, unless cancelled. */
import {
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  type TextDocumentIdentifier,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Workspace } from './workspace.ts';
import { isXml } from './xml/document.ts';

/** One connection with its workspace. */
export interface Session {
  readonly connection: Connection;
  readonly workspace: Workspace;
  /** Settles when every file of the workspace is known. */
  readonly ready: () => Promise<void>;
  /** What the client said that it can do; nothing before it said so. */
  readonly client: () => ClientCapabilities;
}

interface Asked<P> {
  readonly params: P;
  readonly token: CancellationToken;
}

/**
 * A handler for requests about one document; `null` for one that is not known. Where the text has changed meanwhile the places
 * that were asked about are gone, unless the answer is as good for what was typed on.
 */
export function onDocument<P extends { textDocument: TextDocumentIdentifier }, R>(
  { workspace, ready }: Session,
  answer: (document: TextDocument, asked: Asked<P>) => R | Promise<R>,
  { mayBeTypedOn = false }: { readonly mayBeTypedOn?: boolean } = {},
): (params: P, token: CancellationToken) => Promise<R | ResponseError<never> | null> {
  return async (params, token) => {
    const version = workspace.documentOfUri(params.textDocument.uri)?.version;
    await readyOrCancelled(ready, token);
    await otherMessages();
    if (token.isCancellationRequested) return cancelled();
    const document = workspace.documentOfUri(params.textDocument.uri);
    if (!document) return null;
    if (!mayBeTypedOn && version !== undefined && version !== document.version)
      return new ResponseError(LSPErrorCodes.ContentModified, 'the text has changed since');
    return answer(document, { params, token });
  };
}

/** One for requests that only scripts have an answer to; `null` for patch definitions in XML. */
export function onScript<P extends { textDocument: TextDocumentIdentifier }, R>(
  session: Session,
  answer: (document: TextDocument, asked: Asked<P>) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<R | ResponseError<never> | null> {
  return onDocument(session, (document, asked: Asked<P>) => (isXml(document) ? null : answer(document, asked)));
}

/** A handler for requests about the whole workspace. */
export function onWorkspace<P, R>(
  { ready }: Session,
  answer: (asked: Asked<P>) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<R | ResponseError<never>> {
  return async (params, token) => {
    await readyOrCancelled(ready, token);
    await otherMessages();
    return token.isCancellationRequested ? cancelled() : answer({ params, token });
  };
}

/** Waits for all files, or until nobody wants the answer any more. */
export async function readyOrCancelled(ready: () => Promise<void>, token: CancellationToken): Promise<void> {
  await new Promise<void>((resolve) => {
    const listening = token.onCancellationRequested(() => resolve());
    void ready().then(() => {
      listening.dispose();
      resolve();
    });
  });
}

/** The answer to a request that was cancelled. */
export const cancelled = (): ResponseError<never> => new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');

/** Lets the messages that have arrived be read: one of them may cancel what is going on. */
export const otherMessages = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
