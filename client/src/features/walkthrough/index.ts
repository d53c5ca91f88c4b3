/** The first steps: a copy of the samples with a recorded machine to try everything on, without a lab. */
import { commands, l10n, Uri, ViewColumn, window, workspace } from 'vscode';
import { pick } from '../../pick.ts';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COMMANDS } from '../../command-names.ts';
import { registerCommand } from '../../commands.ts';
import type { Host } from '../../host.ts';
import { copySamples } from './samples.ts';

const WALKTHROUGH = 'patchlab.patchlab#patchlab.firstSteps';
/** The folder that was opened from the walkthrough: there it goes on. */
const GOES_ON_IN = 'patchlab.walkthrough.folder';
const FIRST_SCRIPT = '7-zip.detect';

export function activateWalkthrough({ context }: Host): void {
  async function openSamples(): Promise<void> {
    const parent = await askParent();
    if (parent === undefined) return;
    const folder = await copySamples(path.join(context.extensionPath, 'samples'), parent);
    await context.globalState.update(GOES_ON_IN, folder);
    // A window that holds someone's work keeps it.
    const forceNewWindow = (workspace.workspaceFolders?.length ?? 0) > 0;
    await commands.executeCommand('vscode.openFolder', Uri.file(folder), { forceNewWindow });
  }

  async function goOn(): Promise<void> {
    const folder = context.globalState.get<string>(GOES_ON_IN);
    if (folder === undefined || !workspace.workspaceFolders?.some(({ uri }) => uri.fsPath === folder)) return;
    await context.globalState.update(GOES_ON_IN, undefined);
    await openWalkthrough();
  }

  context.subscriptions.push(
    registerCommand('openSamples', openSamples),
    registerCommand('openWalkthrough', openWalkthrough),
    registerCommand('showSampleScript', showSampleScript),
  );
  void goOn();
}

async function openWalkthrough(): Promise<void> {
  await commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false);
}

/** Where the copy goes; `undefined` when the user leaves. */
async function askParent(): Promise<string | undefined> {
  const temporary = {
    label: l10n.t('A new temporary folder'),
    detail: l10n.t('To look around; the system removes it some day'),
    ask: () => mkdtemp(path.join(tmpdir(), 'patchlab-')),
  };
  const chosen = {
    label: l10n.t('Choose a folder...'),
    detail: l10n.t('The samples come into a folder of their own in it'),
    ask: askFolder,
  };
  const answer = await pick([temporary, chosen], {
    title: l10n.t('Open the Samples'),
    placeHolder: l10n.t('Where should the copy of the samples be?'),
  });
  return answer?.ask();
}

async function askFolder(): Promise<string | undefined> {
  const chosen = await window.showOpenDialog({
    title: l10n.t('Open the Samples'),
    openLabel: l10n.t('Copy the Samples Here'),
    canSelectFolders: true,
    canSelectFiles: false,
  });
  return chosen?.[0]?.fsPath;
}

/** The first of the samples; elsewhere any script of the workspace. */
async function showSampleScript(): Promise<void> {
  const found = await workspace.findFiles(`**/${FIRST_SCRIPT}`, '**/node_modules/**', 1);
  const [script] = found.length > 0 ? found : await workspace.findFiles('**/*.detect', '**/node_modules/**', 1);
  if (script) {
    await window.showTextDocument(script, { viewColumn: ViewColumn.Beside });
    return;
  }
  const open = l10n.t('Open the Samples');
  const asked = l10n.t('This window has no detection script.');
  if ((await window.showInformationMessage(asked, open)) === open) await commands.executeCommand(COMMANDS.openSamples);
}
