/** What stands beside the lines of one file tells of others, too: counts of references, titles, who supersedes. It is asked for anew. */
import { CodeLensRefreshRequest } from 'vscode-languageserver/node';
import type { Session } from './session.ts';

/** After so long without a change; nobody reads them while typing. */
const QUIET_MS = 500;

export interface ViewsRefresher {
  /** Something has changed. */
  schedule(): void;
  dispose(): void;
}

/** Asks an editor that can to ask for lenses and hints again, once it is quiet. */
export function refreshViews({ connection, client }: Session): ViewsRefresher {
  let whenQuiet: NodeJS.Timeout | undefined;

  function refresh(): void {
    const { codeLens, inlayHint } = client().workspace ?? {};
    const failed = (error: unknown): void => connection.console.error(String(error));
    if (codeLens?.refreshSupport) connection.sendRequest(CodeLensRefreshRequest.type).catch(failed);
    if (inlayHint?.refreshSupport) connection.languages.inlayHint.refresh().catch(failed);
  }

  return {
    schedule: () => {
      clearTimeout(whenQuiet);
      whenQuiet = setTimeout(refresh, QUIET_MS);
    },
    dispose: () => clearTimeout(whenQuiet),
  };
}
