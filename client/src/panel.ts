/** A tab with a page, reused by what is shown next, and what every page may ask of the editor. */
import { env, l10n, ViewColumn, window, type WebviewPanel } from 'vscode';
import type { Place } from '../../server/src/protocol/scan.ts';
import { goToPlace } from './go-to-place.ts';
import type { Host } from './host.ts';
import { pagesFolder, webviewPage } from './page.ts';

/** What a tab shows. */
export interface TabbedPage {
  /** On the tab. */
  readonly tab: string;
  readonly title: string;
  /** Markup; every text in it is escaped already. */
  readonly body: string;
}

export interface PagePanelOptions<To> {
  /** Of the page's folder beneath webviews/. */
  readonly name: string;
  /** The editor's own search in the page, where the page has no better one. */
  readonly hasFind: boolean;
  /** What a page is told that has just begun; one that was hidden begins anew and asks again. */
  readonly greeting?: () => To | undefined;
  /** The place of a number that the page was given. */
  readonly placeOf?: (source: number) => Place | undefined;
  /** Anything else that the page says; it may be anything, so it is looked at. */
  readonly hear?: (message: object) => Promise<void>;
}

export interface PagePanel<To> {
  isOpen(): boolean;
  /** Puts a page into the tab, and the tab in front. */
  show(host: Host, page: TabbedPage): void;
  /** Puts a page into the tab where it is open already. */
  renew(host: Host, page: TabbedPage): void;
  /** The tab in front, with the page that it has. */
  reveal(): void;
  /** Tells the page something, where it is open. */
  say(message: To): Promise<void>;
}

/** Nothing is made before it is shown. The page runs its own script alone and loads nothing. */
export function pagePanel<To>({ name, hasFind, ...page }: PagePanelOptions<To>): PagePanel<To> {
  let panel: WebviewPanel | undefined;

  function create({ context: { extensionUri, subscriptions } }: Host): WebviewPanel {
    const made = window.createWebviewPanel(`patchlab.${name}`, '', ViewColumn.Active, {
      enableScripts: true,
      enableForms: false,
      enableFindWidget: hasFind,
      localResourceRoots: [pagesFolder(extensionUri)],
    });
    made.onDidDispose(() => (panel = undefined), undefined, subscriptions);
    made.webview.onDidReceiveMessage((message: unknown) => void answer(message), undefined, subscriptions);
    return made;
  }

  async function answer(message: unknown): Promise<void> {
    if (typeof message !== 'object' || message === null) return;
    const greeting = 'ready' in message ? page.greeting?.() : undefined;
    if (greeting !== undefined) await say(greeting);
    if ('source' in message && typeof message.source === 'number') await goToPlace(page.placeOf?.(message.source));
    if ('copy' in message && typeof message.copy === 'string') {
      await env.clipboard.writeText(message.copy);
      window.setStatusBarMessage(l10n.t('$(copy) Copied'), 5000);
    }
    await page.hear?.(message);
  }

  async function say(message: To): Promise<void> {
    await panel?.webview.postMessage(message);
  }

  function fill(into: WebviewPanel, host: Host, { tab, title, body }: TabbedPage): void {
    into.title = tab;
    into.webview.html = webviewPage(into.webview, host.context.extensionUri, { name, title, body });
  }

  return {
    isOpen: () => panel !== undefined,
    show: (host, shown) => {
      panel ??= create(host);
      fill(panel, host, shown);
      panel.reveal(undefined, false);
    },
    renew: (host, shown) => {
      if (panel) fill(panel, host, shown);
    },
    reveal: () => panel?.reveal(undefined, false),
    say,
  };
}
