/** The packaged extension in the real workbench, with content to measure in. */
import type { Browser } from 'playwright-core';
import { startEditor, type Editor } from '../../e2e/editor.ts';
import { Workbench } from '../../e2e/workbench.ts';
import { contentFolder, SNAPSHOT } from './content.ts';

/** More than any part needs on a busy machine. */
const MINUTES = 6;

/** What all parts share. */
export interface Tools {
  readonly entry: string;
  readonly vsix: string;
  readonly browser: Browser;
}

export interface Opened {
  readonly editor: Editor;
  readonly workbench: Workbench;
}

/** Opens a workspace of the samples and some more files, runs, and ends all of it again; `before` the window is opened. */
export async function inWorkbench<T>(
  { entry, vsix, browser }: Tools,
  files: Readonly<Record<string, string>>,
  run: (opened: Opened) => Promise<T>,
  before?: (editor: Editor) => void,
): Promise<T> {
  const content = contentFolder(files);
  try {
    const settings = { 'security.workspace.trust.enabled': false };
    const editor = await startEditor({ entry, vsix, content: content.folder, settings });
    try {
      before?.(editor);
      const workbench = await Workbench.open(browser, editor);
      workbench.waitAtMost(60_000);
      const result = await inTime(workbench, run({ editor, workbench }));
      await workbench.close();
      return result;
    } finally {
      await editor.stop();
    }
  } finally {
    content.remove();
  }
}

/** What takes far too long is ended: with its page everything ends that waits for it. */
async function inTime<T>(workbench: Workbench, running: Promise<T>): Promise<T> {
  let isLate = false;
  const end = (): void => {
    isLate = true;
    void workbench.leave();
  };
  const timer = setTimeout(end, MINUTES * 60_000);
  try {
    return await running;
  } catch (error) {
    throw isLate ? new Error(`it took longer than ${MINUTES} minutes`) : error;
  } finally {
    clearTimeout(timer);
  }
}

/** Scans the recorded machine for all content, and waits for the report. */
export async function scanRecording(opened: Opened): Promise<void> {
  const { workbench: wb } = opened;
  await command(opened, 'Patchlab: Scan Snapshot...');
  await wb.choose(SNAPSHOT);
  await wb.report().locator('.patch').first().waitFor();
}

/** Presses the two keys of a command of the extension. */
export async function pressChord({ workbench: wb }: Opened, letter: string): Promise<void> {
  await wb.page.keyboard.press('Control+K');
  await wb.page.keyboard.press(`Alt+${letter}`);
}

/** Waits until the machine has little else to do: what has just been opened is still being indexed, compiled, drawn. */
export async function untilQuiet({ workbench: wb }: Opened, ms = 1500): Promise<void> {
  await wb.page.waitForTimeout(ms);
}

/** Runs a command from the palette; once more where the workbench, busy with what was just opened, has taken the palette away. */
export async function command({ workbench: wb }: Opened, title: string): Promise<void> {
  wb.waitAtMost(10_000);
  try {
    for (let tries = 0; ; tries++) {
      try {
        return await wb.command(title);
      } catch (error) {
        if (tries === 4) throw error;
        await wb.page.keyboard.press('Escape');
      }
    }
  } finally {
    wb.waitAtMost(60_000);
  }
}
