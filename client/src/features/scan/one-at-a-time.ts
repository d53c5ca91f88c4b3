/** One scan at a time, of a machine or of a group: they would ask for passwords and show their truth over each other. */
import { l10n, window } from 'vscode';
import { plainMessage } from './plain-message.ts';

/** What is being scanned. */
let going: string | undefined;

/** Whether another scan is going on, which is said: asked before anybody is asked for a password. */
export function isRefused(): boolean {
  if (going === undefined) return false;
  const text = l10n.t('{0} is being scanned. Wait for that scan to end, or cancel it: one scan runs at a time.', going);
  void window.showWarningMessage(plainMessage(text));
  return true;
}

/** Does the scan of `name`: until it settles every other one is refused. */
export async function alone<T>(name: string, scan: () => Promise<T>): Promise<T> {
  going = name;
  try {
    return await scan();
  } finally {
    going = undefined;
  }
}
