/** *Results*: the list of what was scanned, and what can be done with one or two of them. */
import { l10n, window } from 'vscode';
import { RESULTS_CHANGED, type ResultEntry, type ResultName } from '../../../../server/src/protocol/results.ts';
import { registerCommand } from '../../commands.ts';
import type { Host } from '../../host.ts';
import { compareResults } from '../compare/index.ts';
import { exportReport } from '../report/export.ts';
import { lastReport, showReport } from '../report/index.ts';
import { plainMessage } from '../scan/plain-message.ts';
import { pickResult } from './pick.ts';
import { deleteResults, listResults, reportOf } from './requests.ts';
import type { Row } from './rows.ts';
import { ResultsTree } from './tree.ts';

export function activateHistory(host: Host, ready: Promise<void>): void {
  const tree = new ResultsTree(host, ready);
  const view = window.createTreeView('patchlab.results', { treeDataProvider: tree, canSelectMany: true });

  async function open(argument: unknown): Promise<void> {
    const entry = entryOf(argument) ?? (await pickResult(host, l10n.t('Which result?')));
    if (!entry) return;
    const reply = await reportOf(host, entry);
    if ('value' in reply) showReport(host, reply.value);
    else void window.showErrorMessage(plainMessage(reply.why));
  }

  /** What stands in the editor's history can be taken out of it; stores and arrivals are others'. */
  async function remove(argument: unknown, selected: unknown): Promise<void> {
    const entries = entriesOf(argument, selected, view.selection).filter(({ origin }) => origin === 'history');
    if (entries.length === 0) return;
    const confirm = l10n.t('Delete');
    const question =
      entries.length === 1
        ? l10n.t('Delete the result of {0}?', plainMessage(entries[0]?.machine ?? ''))
        : l10n.t('Delete {0} results?', entries.length);
    if ((await window.showWarningMessage(question, { modal: true }, confirm)) !== confirm) return;
    await deleteResults(
      host,
      entries.map(({ id }) => id),
    );
    tree.refresh();
  }

  /** Two that are selected, or one and another that is asked for; the older one stands on the left. */
  async function compare(argument: unknown, selected: unknown): Promise<void> {
    const named = isName(argument) ? await entryNamed(host, argument) : undefined;
    const chosen = named ? [named] : entriesOf(argument, selected, view.selection).slice(0, 2);
    const one = chosen[0] ?? (await pickResult(host, l10n.t('Compare which result?')));
    const other = one && (chosen[1] ?? (await pickResult(host, l10n.t('Compare it with which?'), one)));
    if (!one || !other) return;
    const [left, right] = one.started <= other.started ? [one, other] : [other, one];
    await compareResults(host, left, right);
  }

  async function exportOne(argument: unknown): Promise<void> {
    const name = entryOf(argument) ?? lastReport()?.name ?? (await pickResult(host, l10n.t('Export which result?')));
    if (name) await exportReport(host, name);
  }

  host.context.subscriptions.push(
    view,
    host.client.onNotification(RESULTS_CHANGED, () => tree.refresh()),
    registerCommand('openResult', open),
    registerCommand('deleteResults', remove),
    registerCommand('compareResults', compare),
    registerCommand('exportReport', exportOne),
    registerCommand('refreshResults', () => tree.refresh()),
  );
}

/** The report hands over the name of its result. */
function isName(argument: unknown): argument is ResultName {
  return typeof argument === 'object' && argument !== null && 'origin' in argument && 'id' in argument;
}

async function entryNamed(host: Host, { origin, id }: ResultName): Promise<ResultEntry | undefined> {
  const { entries } = await listResults(host);
  // What was opened from arrivals may be in the store by now.
  return (
    entries.find((entry) => entry.id === id && entry.origin === origin) ?? entries.find((entry) => entry.id === id)
  );
}

/** Commands can be called by anyone: what they were given is looked at. */
function entryOf(argument: unknown): ResultEntry | undefined {
  const row = argument as Row | null | undefined;
  return typeof row === 'object' && row !== null && row.kind === 'result' ? row.entry : undefined;
}

/** The row that a command was called on, with all that are selected where it is one of them. */
function entriesOf(argument: unknown, selected: unknown, selection: readonly Row[]): readonly ResultEntry[] {
  const rows: readonly unknown[] = Array.isArray(selected) ? selected : argument === undefined ? selection : [argument];
  return rows.flatMap((row) => entryOf(row) ?? []);
}
