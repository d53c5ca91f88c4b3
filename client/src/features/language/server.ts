/** The server for those who ask before its client is loaded: what they say waits, what they listen for is told to it first. */
import { Disposable } from 'vscode';
import type { TerseClient } from './crashes.ts';
import type { Server } from '../../host.ts';

/** `isUp` tells whether a state of the client is the one in which it answers. */
export interface Loaded {
  readonly client: TerseClient;
  readonly isUp: (state: TerseClient['state']) => boolean;
}

/** Whoever listens does so before the client starts, so nothing is missed that the server says first. */
export function serverOf(loading: Promise<Loaded>): Server {
  let loaded: Loaded | undefined;
  const listening = loading.then((now) => (loaded = now));
  // Who asks is told; who only listens need not be.
  listening.catch(() => undefined);

  function listen(begin: (to: Loaded) => Disposable): Disposable {
    if (loaded) return begin(loaded);
    let ended = false;
    let begun: Disposable | undefined;
    listening.then(
      (to) => {
        if (!ended) begun = begin(to);
      },
      () => undefined,
    );
    return new Disposable(() => {
      ended = true;
      begun?.dispose();
    });
  }

  return {
    isRunning: () => loaded?.client.isRunning() ?? false,
    sendRequest: async (method, params, token) => {
      const { client } = await listening;
      // An `undefined` in place of the token would be sent as a second parameter.
      return client.sendRequest(method, params, ...(token ? [token] : []));
    },
    onNotification: (method, hear) => listen(({ client }) => client.onNotification(method, hear)),
    onRequest: (method, answer) => listen(({ client }) => client.onRequest(method, answer)),
    onDidChangeState: (changed) =>
      listen(({ client, isUp }) => client.onDidChangeState(({ newState }) => changed(isUp(newState)))),
  };
}
