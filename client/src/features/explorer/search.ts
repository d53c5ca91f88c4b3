/** The search: asks for a text, looks below a row with progress until it is cancelled, and shows what was found. */
import { CancellationError, l10n, ProgressLocation, window, type QuickPickItem, type TreeView } from 'vscode';
import { pick } from '../../pick.ts';
import { randomUUID } from 'node:crypto';
import {
  EXPLORER_SEARCH,
  EXPLORER_SEARCH_PROGRESS,
  type ExplorerFound,
  type ExplorerItem,
  type ExplorerSearchProgress,
} from '../../../../server/src/protocol/explorer.ts';
import type { Host } from '../../host.ts';
import { plainMessage } from '../scan/plain-message.ts';
import { roots, type ItemRow, type Row } from './rows.ts';
import type { Asked, TargetSession } from './session.ts';
import type { TargetTree } from './tree.ts';

export interface Searching {
  readonly host: Host;
  readonly session: TargetSession;
  readonly tree: TargetTree;
  readonly view: TreeView<Row>;
}

/** Searches below a row; asks which part of the machine where none is given. */
export async function searchTarget(searching: Searching, row: Row | undefined): Promise<void> {
  const below = row?.kind === 'item' && row.item.expandable ? row : await askRoot();
  if (!below) return;
  const text = await window.showInputBox({
    title: plainMessage(l10n.t('Search Below {0}', below.item.label)),
    prompt: l10n.t('A part of a name, of a value, or of what a service or a program says of itself'),
    validateInput: (typed) => (typed.trim() ? undefined : l10n.t('Type what to look for.')),
  });
  if (!text) return;
  const found = await look(searching, below, text.trim());
  if (!found) return;
  if (!found.ok) return void window.showWarningMessage(plainMessage(found.failure.meaning));
  await show(searching, text.trim(), found.value);
}

async function askRoot(): Promise<ItemRow | undefined> {
  const rows = roots().map((row) => ({ label: row.item.label, row }));
  const chosen = await pick(rows, {
    title: l10n.t('Search the Target'),
    placeHolder: l10n.t('In which part of the machine?'),
  });
  return chosen?.row;
}

/** `undefined` when it was cancelled. */
async function look(
  { host, session }: Searching,
  below: ItemRow,
  text: string,
): Promise<Asked<ExplorerFound> | undefined> {
  const token = randomUUID();
  const title = plainMessage(l10n.t('Searching {0}', below.item.label));
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return await window.withProgress(options, async (progress, cancellation) => {
    const listening = host.client.onNotification(EXPLORER_SEARCH_PROGRESS, (said: ExplorerSearchProgress) => {
      if (said.token === token)
        progress.report({ message: l10n.t('{0} places looked at, {1} found', said.looked, said.found) });
    });
    try {
      return await session.ask<ExplorerFound>(EXPLORER_SEARCH, { node: below.item.node, text, token }, cancellation);
    } catch (error) {
      if (cancellation.isCancellationRequested || error instanceof CancellationError) return undefined;
      throw error;
    } finally {
      listening.dispose();
    }
  });
}

interface Hit extends QuickPickItem {
  readonly at: number;
}

async function show({ tree, view }: Searching, text: string, found: ExplorerFound): Promise<void> {
  const { items, stopped, looked } = found;
  if (items.length === 0) {
    void window.showInformationMessage(plainMessage(l10n.t('"{0}" was not found in {1} places.', text, looked)));
    return;
  }
  const rows = tree.show(text, items);
  const chosen = await pick(items.map(hitOf), {
    title: stopped ? l10n.t('The first {0} found', items.length) : l10n.t('{0} found', items.length),
    placeHolder: l10n.t('Show in the explorer'),
    matchOnDescription: true,
  });
  const row = chosen && rows[chosen.at];
  if (row) await view.reveal(row, { select: true, focus: true });
}

function hitOf({ label, description, copyPath }: ExplorerItem, at: number): Hit {
  return { label, description: description ?? '', detail: copyPath ?? '', at };
}
