/** Asks, once, whether a credential may go to machines that a workspace names. */
import { l10n, window } from 'vscode';
import { plainMessage } from '../scan/plain-message.ts';
import type { Allowance, Allowances } from './allowances.ts';

const SHOWN = 15;

/** Whether all of them are allowed: they were before, or are now. What has changed since is asked about again. */
export async function areAllowed(allowances: Allowances, wanted: readonly Allowance[]): Promise<boolean> {
  const open = wanted.filter((one) => !allowances.has([one]));
  if (open.length === 0) return true;
  const allow = open.some(({ trust }) => trust !== undefined) ? l10n.t('Give It the Password') : l10n.t('Log On');
  const chosen = await window.showWarningMessage(questionOf(open), { modal: true, detail: detailOf(open) }, allow);
  if (chosen !== allow) return false;
  await allowances.add(open);
  return true;
}

function questionOf(open: readonly Allowance[]): string {
  const [first] = open;
  const users = [...new Set(open.map(({ user }) => user))].join(', ');
  const machines = new Set(open.map(({ host, port }) => `${host}:${port}`));
  const text =
    machines.size === 1 && first
      ? l10n.t('patchlab.json of this workspace names {0}. Log on to it as {1}?', first.host, users)
      : l10n.t('patchlab.json of this workspace names {0} machines. Log on to them as {1}?', machines.size, users);
  return plainMessage(text);
}

function detailOf(open: readonly Allowance[]): string {
  const lines = open.slice(0, SHOWN).map(({ host, port, address, group, credential, trust }) => {
    const how = trust === undefined ? '' : l10n.t(', a directory that gets the password itself, trusted by {0}', trust);
    const who = credential === '' ? '' : l10n.t(', credential {0}', credential);
    return plainMessage(l10n.t('{0} at {1}, port {2}, of group {3}', host, address, port, group) + who + how);
  });
  const more = open.length > SHOWN ? [l10n.t('and {0} more', open.length - SHOWN)] : [];
  const why = l10n.t('You are asked once. Another host, address, port, group or credential asks again.');
  return [...lines, ...more, '', why].join('\n');
}
