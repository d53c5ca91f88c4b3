/** Asks for the current target: machines that were scanned before and the workspace's recordings in one list. */
import { l10n, QuickPickItemKind, type QuickPickItem } from 'vscode';
import { pick } from '../../pick.ts';
import { askHostAndUser, typeHost } from '../scan/ask-machine.ts';
import { browseSnapshot, workspaceSnapshots } from '../scan/ask-snapshot.ts';
import type { RememberedMachines } from '../scan/remembered-machines.ts';
import type { CurrentTarget } from './current-target.ts';

interface Row extends QuickPickItem {
  readonly choose?: () => CurrentTarget | undefined | Promise<CurrentTarget | undefined>;
}

/** `undefined` when the user leaves. The title says what it is asked for. */
export async function chooseTarget(
  machines: RememberedMachines,
  title = l10n.t('Choose Target'),
): Promise<CurrentTarget | undefined> {
  const live = machines.all().map(({ host, user }): Row => {
    return { label: host, description: user, choose: () => ({ kind: 'machine', host, user }) };
  });
  const recorded = (await workspaceSnapshots()).map(({ label, path }): Row => {
    return { label, choose: () => ({ kind: 'snapshot', path }) };
  });
  const rows: Row[] = [
    { label: l10n.t('Machines'), kind: QuickPickItemKind.Separator },
    ...live,
    { label: l10n.t('Another machine...'), choose: () => anotherMachine(machines) },
    { label: l10n.t('Recorded machines'), kind: QuickPickItemKind.Separator },
    ...recorded,
    { label: l10n.t('Browse...'), choose: anotherSnapshot },
  ];
  const chosen = await pick(rows, {
    title,
    placeHolder: l10n.t('Which machine or recording?'),
  });
  return chosen?.choose?.();
}

async function anotherMachine(machines: RememberedMachines): Promise<CurrentTarget | undefined> {
  const asked = await askHostAndUser(machines, () => typeHost());
  return asked && { kind: 'machine', ...asked };
}

async function anotherSnapshot(): Promise<CurrentTarget | undefined> {
  const path = await browseSnapshot();
  return path === undefined ? undefined : { kind: 'snapshot', path };
}
