/** Looking around the current target: its session, what is below each node, the search, and content made of what was found. */
import type { CancellationToken, ResponseError } from 'vscode-languageserver/node';
import {
  EXPLORER_CHILDREN,
  EXPLORER_CLOSE,
  EXPLORER_INSERT,
  EXPLORER_OPEN,
  EXPLORER_PRODUCT,
  EXPLORER_SEARCH,
  EXPLORER_SEARCH_PROGRESS,
  type ExplorerChildrenParams,
  type ExplorerContent,
  type ExplorerFound,
  type ExplorerInsertParams,
  type ExplorerOpenParams,
  type ExplorerOpenReply,
  type ExplorerPage,
  type ExplorerReply,
  type ExplorerSearchParams,
  type ExplorerSearchProgress,
} from '../../protocol/explorer.ts';
import type { ScanTarget } from '../../scan/options.ts';
import { abortable } from '../abortable.ts';
import { resolvedAs } from '../machines/found.ts';
import type { Session } from '../session.ts';
import type { Place } from './insert.ts';
import type { Looking, Sessions } from './sessions.ts';

type Answer<T> = Promise<T | ResponseError<never>>;

/** Everything that reads a machine is loaded when someone looks. Gives what ends the session. */
export function serveExplorer({ connection, workspace, ready }: Session): { readonly close: () => Promise<void> } {
  let sessions: Sessions | undefined;

  async function open({ target }: ExplorerOpenParams, signal: AbortSignal): Promise<ExplorerOpenReply> {
    const [{ Sessions: Made }, { failureOfError }, { inert }] = await Promise.all([
      import('./sessions.ts'),
      import('./failures.ts'),
      import('../../results/report/inert.ts'),
    ]);
    sessions ??= new Made();
    const opening = await sessions.open(targetOf(target), signal);
    if (!opening.ok)
      return { reply: { state: 'failed', failure: failureOfError(opening.error) }, failedStep: opening.step };
    const { name, target: found, machine } = opening.value;
    const { os } = found;
    return {
      reply: {
        state: 'ok',
        value: {
          ...{ session: opening.id, machine: inert(name), kind: machine.kind },
          windows: inert(`${os.name} (${os.version}), ${os.architecture}`),
        },
      },
    };
  }

  /** Asks the machine of a session; what cannot be read is an answer. */
  async function ask<T>(
    session: number,
    signal: AbortSignal,
    work: (looking: Looking) => Promise<T>,
  ): Promise<ExplorerReply<T>> {
    const { NotRead } = await import('./failures.ts');
    try {
      const value = await sessions?.ask(session, signal, work);
      return value === undefined ? { state: 'closed' } : { state: 'ok', value };
    } catch (error) {
      if (error instanceof NotRead) return { state: 'failed', failure: error.failure };
      throw error;
    }
  }

  function placeOf({ at }: ExplorerInsertParams): Place {
    const { linked } = workspace.analyse();
    const taken = new Set(linked.symbols.definitions.map(({ name }) => name.toLowerCase()));
    const isTaken = (id: string): boolean => taken.has(id.toLowerCase());
    const document = at && workspace.documentOfUri(at.uri);
    return { isTaken, ...(document && { cursor: { document, offset: document.offsetAt(at) } }) };
  }

  connection.onRequest(
    EXPLORER_OPEN,
    (params: ExplorerOpenParams, token: CancellationToken): Answer<ExplorerOpenReply> =>
      abortable(ready, token, (signal) => open(params, signal)),
  );
  connection.onRequest(EXPLORER_CLOSE, async () => {
    await sessions?.close();
    return null;
  });
  connection.onRequest(
    EXPLORER_CHILDREN,
    (
      { session, node, cursor }: ExplorerChildrenParams,
      token: CancellationToken,
    ): Answer<ExplorerReply<ExplorerPage>> =>
      abortable(ready, token, async (signal) => {
        const { childrenOf } = await import('./children.ts');
        return await ask(session, signal, (looking) => childrenOf(node, cursor, looking));
      }),
  );
  connection.onRequest(
    EXPLORER_SEARCH,
    (
      { session, token: of, ...wanted }: ExplorerSearchParams,
      token: CancellationToken,
    ): Answer<ExplorerReply<ExplorerFound>> =>
      abortable(ready, token, async (signal) => {
        const { search } = await import('./search.ts');
        const tell = (looked: number, found: number): void => {
          const said: ExplorerSearchProgress = { token: of, looked, found };
          void connection.sendNotification(EXPLORER_SEARCH_PROGRESS, said);
        };
        return await ask(session, signal, (looking) => search({ ...wanted, tell }, looking));
      }),
  );
  connection.onRequest(
    EXPLORER_INSERT,
    (params: ExplorerInsertParams, token: CancellationToken): Answer<ExplorerReply<ExplorerContent>> =>
      abortable(ready, token, async (signal) => {
        const { checkFor } = await import('./insert.ts');
        return await ask(params.session, signal, (looking) => checkFor(params.node, placeOf(params), looking));
      }),
  );
  connection.onRequest(
    EXPLORER_PRODUCT,
    (params: ExplorerInsertParams, token: CancellationToken): Answer<ExplorerReply<ExplorerContent>> =>
      abortable(ready, token, async (signal) => {
        const { productFor } = await import('./insert.ts');
        const { node } = params;
        if (node.kind !== 'program')
          return { state: 'ok', value: { kind: 'problem', problem: 'This is no Uninstall entry.' } };
        return await ask(params.session, signal, (looking) => productFor(node, placeOf(params), looking));
      }),
  );

  return { close: async () => await sessions?.close() };
}

function targetOf(target: ExplorerOpenParams['target']): ScanTarget {
  if (target.kind === 'snapshot') return target;
  const { host, user, password, found } = target;
  return { kind: 'machine', machine: host, credential: { user, password }, ...(found && resolvedAs(host, found)) };
}
