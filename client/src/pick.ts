/** Asks to choose from a list. All that stands in it is shown as text: names of machines and workspaces come from elsewhere. */
import { window, type QuickPickItem, type QuickPickOptions } from 'vscode';
import { plainLabel, plainMessage } from './features/scan/plain-message.ts';

/** The chosen one of `rows`; `undefined` when the user leaves. */
export async function pick<T extends QuickPickItem>(
  rows: readonly T[],
  options: Omit<QuickPickOptions, 'canPickMany' | 'onDidSelectItem'>,
): Promise<T | undefined> {
  return (await window.showQuickPick(rows.map(shown), plainOptions(options)))?.of;
}

/** Those that are ticked in the end; `undefined` when the user leaves. */
export async function pickMany<T extends QuickPickItem>(
  rows: readonly T[],
  options: Omit<QuickPickOptions, 'canPickMany' | 'onDidSelectItem'>,
): Promise<readonly T[] | undefined> {
  const chosen = await window.showQuickPick(rows.map(shown), { ...plainOptions(options), canPickMany: true });
  return chosen?.map(({ of }) => of);
}

function plainOptions<T extends QuickPickOptions>(options: T): T {
  const { title, placeHolder } = options;
  return {
    ...options,
    ...(title !== undefined && { title: plainMessage(title) }),
    ...(placeHolder !== undefined && { placeHolder: plainMessage(placeHolder) }),
  };
}

function shown<T extends QuickPickItem>(of: T): QuickPickItem & { readonly of: T } {
  const { label, description, detail, kind, picked } = of;
  return {
    label: plainLabel(label),
    ...(description !== undefined && { description: plainLabel(description) }),
    ...(detail !== undefined && { detail: plainLabel(detail) }),
    ...(kind !== undefined && { kind }),
    ...(picked !== undefined && { picked }),
    of,
  };
}
