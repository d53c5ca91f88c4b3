/** Asks for a result by name. */
import { l10n, window, type QuickPickItem } from 'vscode';
import { pick } from '../../pick.ts';
import type { ResultEntry } from '../../../../server/src/protocol/results.ts';
import type { Host } from '../../host.ts';
import { listResults } from './requests.ts';
import { describeResult } from './rows.ts';

/** One of those that can be read, those of the same machine as `besides` first; `undefined` when the user leaves. */
export async function pickResult(host: Host, title: string, besides?: ResultEntry): Promise<ResultEntry | undefined> {
  const { entries } = await listResults(host);
  const usable = entries.filter(({ broken, id }) => broken === undefined && id !== besides?.id);
  if (usable.length === 0) {
    void window.showInformationMessage(l10n.t('There is no result yet to choose from. Scan first.'));
    return undefined;
  }
  const isSame = (entry: ResultEntry): boolean => entry.machine === besides?.machine;
  const sorted = besides ? [...usable.filter(isSame), ...usable.filter((entry) => !isSame(entry))] : usable;
  const items = sorted.map((entry): QuickPickItem & { readonly entry: ResultEntry } => ({
    label: entry.machine,
    description: describeResult(entry),
    detail: entry.os ?? '',
    entry,
  }));
  // A report that is still loading takes the focus; the question stays.
  return (await pick(items, { title, matchOnDescription: true, ignoreFocusOut: true }))?.entry;
}
