/** The workbench's page, in the words of a user: commands, files, problems, suggestions, questions, reports. */
import {
  chromium,
  type Browser,
  type BrowserContext,
  type FrameLocator,
  type Locator,
  type Page,
} from 'playwright-core';
import type { Editor } from './editor.ts';
import { ScriptEditor } from './script-editor.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update', '--force-device-scale-factor=1'],
];
const PATIENCE_MS = 20_000;
const VISIBLE = '.quick-input-widget:visible';

export interface PictureOptions {
  /** Leaves pointer and widgets as they are. */
  readonly keepsPointer?: boolean;
  /** The editors alone, down to so many pixels. */
  readonly editorHeight?: number;
  /** Another window than the run's own. */
  readonly of?: Workbench;
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
}

export class Workbench {
  readonly #context: BrowserContext;
  readonly #url: string;
  #page: Page;
  /** What the page wanted from elsewhere; nothing of it was let through. */
  readonly strangers: readonly string[];
  /** What is edited. */
  readonly script = new ScriptEditor(() => this.#page);

  private constructor(context: BrowserContext, page: Page, { url, strangers }: { url: string; strangers: string[] }) {
    this.#context = context;
    this.#page = page;
    this.#url = url;
    this.strangers = strangers;
  }

  /** The page that is open now. */
  get page(): Page {
    return this.#page;
  }

  static async open(browser: Browser, editor: Editor): Promise<Workbench> {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'en-US' });
    context.setDefaultTimeout(PATIENCE_MS);
    const strangers: string[] = [];
    await context.route(
      (url) => url.hostname !== '127.0.0.1',
      (route) => {
        strangers.push(route.request().url());
        return route.abort();
      },
    );
    const workbench = new Workbench(context, await context.newPage(), { url: editor.url, strangers });
    await workbench.#load();
    return workbench;
  }

  async #load(): Promise<void> {
    await this.page.goto(this.#url);
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 40_000 });
    await this.page.locator('.part.statusbar').waitFor({ timeout: 40_000 });
  }

  /** Another window of the same user, at another address. */
  async another(url: string): Promise<Workbench> {
    const workbench = new Workbench(this.#context, await this.#context.newPage(), { url, strangers: [] });
    await workbench.#load();
    return workbench;
  }

  /** Closes the page without a question about what is unsaved. */
  async leave(): Promise<void> {
    await this.page.close({ runBeforeUnload: false });
  }

  /** Opens the workbench in a new page of the same user. */
  async enter(): Promise<void> {
    this.#page = await this.#context.newPage();
    await this.#load();
  }

  /** How long each wait may take from now on; without a time as long as on a busy machine. */
  waitAtMost(ms = PATIENCE_MS): void {
    this.#context.setDefaultTimeout(ms);
  }

  /**
   * Trusts the folder, in the editor that asks about it. The editor draws its buttons again while it learns of the folder,
   * and a page that opens late may cover it: who cannot press the button opens the editor again, as a user would.
   */
  async grantTrust(): Promise<void> {
    const asks = this.page.locator('.workspace-trust-editor:visible');
    const trust = asks.locator('.monaco-button:visible', { hasText: /^Trust$/ }).first();
    const trusts = this.page.locator('.workspace-trust-editor', { hasText: 'You trust this folder' });
    for (let tries = 0; tries < 5 && !(await trusts.isVisible()); tries++) {
      // It may be on its way; over all else it takes the palette's key, so the palette is asked only where it is not.
      await asks.waitFor({ timeout: 4000 }).catch(() => this.command('Workspaces: Manage Workspace Trust'));
      await Promise.race([trust.click({ timeout: 4000 }), trusts.waitFor({ timeout: 4000 })]).catch(() => undefined);
    }
    await trusts.waitFor();
  }

  close(): Promise<void> {
    return this.#context.close();
  }

  /** Runs a command by its title from the palette. Rows sort by use, so the row itself is clicked, never Enter pressed. */
  async command(title: string): Promise<void> {
    await this.#openInput('F1');
    await this.input().fill(`>${title}`);
    await this.row(title).first().click();
  }

  /** A page that is just loading takes the focus, and the key with it: it is pressed again, as a user would. */
  async #openInput(key: string): Promise<void> {
    for (let tries = 0; tries < 5; tries++) {
      await this.page.keyboard.press(key);
      const isOpen = await this.input()
        .waitFor({ timeout: 4000 })
        .then(
          () => true,
          () => false,
        );
      if (isOpen) return;
    }
    throw new Error(`${key} opens nothing`);
  }

  /** The search for files draws its list again when it ends: a click at that moment chooses nothing, and is made again. */
  async openFile(name: string): Promise<void> {
    const tab = this.page.locator(`.tab.active[data-resource-name="${name}"]`);
    const row = this.row(name).first();
    await this.#openInput('Control+P');
    await this.input().fill(name);
    await row.click();
    for (let tries = 0; tries < 5 && (await row.isVisible()); tries++) {
      await row
        .waitFor({ state: 'hidden', timeout: 2000 })
        .catch(() => row.click({ timeout: 2000 }).catch(() => undefined));
    }
    await tab.waitFor();
    await this.page.locator('.editor-instance .monaco-editor[role=code]').first().waitFor();
  }

  /** Opens a file that has just come: the search for files may not know it yet. */
  async openFromExplorer(name: string): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator('.editor-instance .monaco-editor[role=code]').first().waitFor();
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 15 });
  }

  async problems(): Promise<Locator> {
    const panel = this.page.locator('.markers-panel-container');
    if (!(await panel.isVisible())) await this.page.keyboard.press('Control+Shift+M');
    await panel.waitFor();
    return panel.locator('.monaco-list-row');
  }

  /** Answers the open question by typing, after checking that it is the one expected. */
  async answer(prompt: string | RegExp, text: string): Promise<void> {
    await this.page.locator(VISIBLE, { hasText: prompt }).waitFor();
    await this.input().fill(text);
    await this.page.keyboard.press('Enter');
    await this.page.locator(VISIBLE, { hasText: prompt }).waitFor({ state: 'hidden' });
  }

  /** Answers the open question by choosing. */
  async choose(label: string): Promise<void> {
    await this.row(label).first().click();
  }

  input(): Locator {
    return this.page.locator(`${VISIBLE} input.input`);
  }

  row(label: string): Locator {
    const exactly = new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
    return this.page
      .locator(`${VISIBLE} .monaco-list-row`)
      .filter({ has: this.page.locator('.label-name', { hasText: exactly }) });
  }

  toast(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-toast', { hasText: text }).first();
  }

  /** The report's content, inside the two frames of a webview. */
  report(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** The status bar's item that holds a text. */
  status(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text }).first();
  }

  async closeEditor(): Promise<void> {
    await this.command('View: Close Editor');
  }

  /** The workbench without what distracts in a picture, or the upper part of its editors alone. */
  async picture(file: string, { keepsPointer = false, editorHeight }: PictureOptions = {}): Promise<void> {
    if (!keepsPointer) {
      await this.page.keyboard.press('Escape');
      await this.page.mouse.move(700, 895);
    }
    // What was typed last is still being checked.
    await this.page.waitForTimeout(600);
    const editors = editorHeight === undefined ? null : await this.page.locator('.part.editor').boundingBox();
    const clip = editors && { ...editors, height: Math.min(editors.height, editorHeight ?? 0) };
    await this.page.screenshot({ path: file, ...(clip ? { clip } : {}) });
  }
}
