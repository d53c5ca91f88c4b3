/** The script that is edited in the workbench, in the words of a user: lines, lenses, hovers, find and replace. */
import type { Locator, Page } from 'playwright-core';
import { textAfter, verdictAfterKey, type Judged } from './in-page.ts';

export class ScriptEditor {
  readonly #page: () => Page;

  /** Of the page that is open at the time. */
  constructor(page: () => Page) {
    this.#page = page;
  }

  /** The visible line of the active editor that holds a text. */
  line(text: string | RegExp): Locator {
    return this.#page().locator('.editor-instance .view-line', { hasText: text }).first();
  }

  /**
   * Puts the cursor at the end of the line that holds a text. A webview that has just loaded takes the focus once more,
   * so the script must be seen to keep it; who lost it clicks again, as a user would.
   */
  async goToEndOf(text: string): Promise<void> {
    for (let tries = 0; tries < 5; tries++) {
      await this.line(text).click({ position: { x: 5, y: 5 } });
      await this.#page().keyboard.press('End');
      if (await this.#keepsFocus()) return;
    }
    throw new Error(`the script does not keep the focus at "${text}"`);
  }

  /** Whether a script has the focus now and for a moment longer. */
  async #keepsFocus(): Promise<boolean> {
    for (let looks = 0; looks < 4; looks++) {
      if ((await this.#page().locator('.editor-instance .monaco-editor :focus').count()) === 0) return false;
      await this.#page().waitForTimeout(100);
    }
    return true;
  }

  squiggles(): Locator {
    return this.#page().locator('.editor-instance .squiggly-error');
  }

  suggestion(label: string): Locator {
    const exactly = new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
    return this.#page()
      .locator('.suggest-widget.visible .monaco-list-row')
      .filter({ has: this.#page().locator('.label-name', { hasText: exactly }) })
      .first();
  }

  /** Brings a line, counted from 1, to the middle. */
  async goToLine(line: number): Promise<void> {
    await this.#page().keyboard.press('Control+G');
    await this.#page().locator('.quick-input-widget:visible input.input').fill(`:${line}`);
    await this.#page().keyboard.press('Enter');
  }

  /** The lens of a title that stands above the line that holds a text. */
  async clickLens(title: string, line: string): Promise<void> {
    const lens = this.#page().locator('.editor-instance .codelens-decoration a:visible', { hasText: title });
    // Lines move while lenses come: they are looked at until one stands where it belongs.
    for (let looks = 0; looks < 60; looks++) {
      const below = await this.line(line)
        .boundingBox({ timeout: 5000 })
        .catch(() => null);
      const all = (await lens.all()).map(async (one) => ({
        one,
        box: await one.boundingBox({ timeout: 500 }).catch(() => null),
      }));
      const boxes = await Promise.all(all);
      const above = boxes.find(({ box }) => box && below && box.y < below.y && below.y - box.y < 1.5 * below.height);
      if (above && (await this.#pressLens(above.one))) return;
      await this.#page().waitForTimeout(150);
    }
    throw new Error(`no lens "${title}" stands above "${line}"`);
  }

  /** The workbench says so where a lens was pressed that it was just taking back for another like it. */
  async #pressLens(lens: Locator): Promise<boolean> {
    const takenBack = this.#page().locator('.notification-toast', { hasText: 'Actual command not found' });
    const before = await takenBack.count();
    const isPressed = await lens.click({ timeout: 2000 }).then(
      () => true,
      () => false,
    );
    await this.#page().waitForTimeout(300);
    return isPressed && (await takenBack.count()) === before;
  }

  /** The signs beside the line numbers. */
  gutterSigns(): Locator {
    return this.#page().locator(
      '.editor-instance .margin-view-overlays .cgmr, .editor-instance .glyph-margin-widgets > *',
    );
  }

  /** Waits until a text stands after the line that holds another; an expression must fit all that stands there. */
  async beside(line: string, expected: string | RegExp): Promise<void> {
    const fits = (text: string): boolean =>
      typeof expected === 'string' ? text.includes(expected) : expected.test(text);
    let seen = '';
    for (const until = Date.now() + 15_000; Date.now() < until; await this.#page().waitForTimeout(50)) {
      // A line that has just been drawn anew is looked at again.
      seen = await this.line(line)
        .evaluate(textAfter)
        .catch(() => '');
      if (fits(seen)) return;
    }
    throw new Error(`beside "${line}" stands "${seen}", not ${String(expected)}`);
  }

  /** Presses a key that turns the verdict beside the line that holds a text, and follows it frame by frame. */
  async verdictAfterKey(line: string, key: string): Promise<Judged> {
    const measured = this.#page().evaluate(verdictAfterKey, line);
    // The page listens by the time that it has answered this.
    await this.#page().evaluate(() => 0);
    const [judged] = await Promise.all([measured, this.#page().keyboard.press(key)]);
    return judged;
  }

  /** The hover over the line that holds a text, at its beginning. */
  async hoverOver(line: string, nth = 0): Promise<Locator> {
    const found = this.#page().locator('.editor-instance .view-line', { hasText: line }).nth(nth);
    const hover = this.#page().locator('.monaco-hover:visible', { hasText: 'Seen on' }).first();
    return await this.#restOn(found.locator('span[class*=mtk]', { hasText: /\w/ }).first(), hover);
  }

  /** The hover over the first word of the script that holds a text, once it says another. */
  async hoverOn(word: string, says: string): Promise<Locator> {
    const found = this.#page().locator('.editor-instance .view-line span[class*=mtk]', { hasText: word }).first();
    const hover = this.#page().locator('.monaco-hover:visible', { hasText: says }).first();
    return await this.#restOn(found, hover);
  }

  /** A text that moves under the mouse as it is redrawn takes its hover away: then the mouse comes once more. */
  async #restOn(place: Locator, hover: Locator): Promise<Locator> {
    for (let tries = 0; ; tries++) {
      await place.hover();
      try {
        await hover.waitFor({ timeout: 4000 });
        return hover;
      } catch (error) {
        if (tries === 3) throw error;
        await this.#page().mouse.move(2, 2);
      }
    }
  }

  /** Selects the next place of a text, with the editor's own search. */
  async find(text: string): Promise<void> {
    await this.#page().keyboard.press('Control+F');
    await this.#page().locator('.find-widget.visible textarea').first().fill(text);
    await this.#page().keyboard.press('Enter');
    await this.#closeFind();
  }

  /** A tooltip that is shown somewhere takes the first Escape for itself. */
  async #closeFind(): Promise<void> {
    const widget = this.#page().locator('.find-widget.visible');
    for (let tries = 0; tries < 5; tries++) {
      await this.#page().keyboard.press('Escape');
      const isClosed = await widget.waitFor({ state: 'detached', timeout: 1000 }).then(
        () => true,
        () => false,
      );
      if (isClosed) return;
    }
    throw new Error('the find widget stays open');
  }

  /** Replaces a text of the script by another, with the editor's own find and replace. */
  async replace(text: string, by: string): Promise<void> {
    await this.#page().keyboard.press('Control+H');
    const widget = this.#page().locator('.find-widget.visible');
    await widget.locator('textarea').nth(0).fill(text);
    await widget.locator('textarea').nth(1).fill(by);
    await this.#page().keyboard.press('Control+Alt+Enter');
    await this.#closeFind();
  }
}
