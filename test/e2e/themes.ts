/** The four kinds of colours that an editor has. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Stage } from './stage.ts';

export const THEMES = {
  'Default Dark Modern': 'vs-dark',
  'Default Light Modern': 'vs',
  'Default High Contrast': 'hc-black',
  'Default High Contrast Light': 'hc-light',
} as const;

export type Theme = keyof typeof THEMES;

/** Writes the settings of the workspace, and nothing else into them. */
export function changeSettings({ editor }: Stage, settings: Readonly<Record<string, unknown>>): void {
  const folder = path.join(editor.workspace, '.vscode');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings));
}

/** Sets a theme and waits until the workbench has it. */
export async function setTheme(stage: Stage, theme: Theme): Promise<void> {
  changeSettings(stage, { 'workbench.colorTheme': theme });
  await stage.workbench.page.locator(`.monaco-workbench.${THEMES[theme]}`).waitFor();
}

/** Runs something in each kind of colours, and leaves the dark one. */
export async function inEachTheme(stage: Stage, run: (theme: Theme) => Promise<void>): Promise<void> {
  try {
    for (const theme of Object.keys(THEMES) as Theme[]) {
      await setTheme(stage, theme);
      await run(theme);
    }
  } finally {
    await setTheme(stage, 'Default Dark Modern');
  }
}
