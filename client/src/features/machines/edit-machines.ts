/** Adds, changes and removes machines: the user's own, and those of groups in patchlab.json. */
import { l10n, window } from 'vscode';
import { pick } from '../../pick.ts';
import type { Host } from '../../host.ts';
import { askHostAndUser, typeHost } from '../scan/ask-machine.ts';
import type { RememberedMachines } from '../scan/remembered-machines.ts';
import { changeConfiguration } from './change.ts';
import type { Configurations } from './configurations.ts';
import { askConfiguration, nameProblem } from './questions.ts';
import type { MachineRow } from './rows.ts';

export interface Editing {
  readonly host: Host;
  readonly configurations: Configurations;
  readonly machines: RememberedMachines;
}

/** *Add Machine...*: to the user's own, or to a group; the given one, if any. */
export async function addMachine(
  editing: Editing,
  given?: { readonly uri: string; readonly group: string },
): Promise<void> {
  const to = given ?? (await askWhere(editing.configurations));
  if (!to) return;
  if (to === 'own') {
    const asked = await askHostAndUser(editing.machines, () => typeHost());
    if (asked) await editing.machines.add(asked);
    return;
  }
  const machine = await typeHost();
  if (machine === undefined) return;
  const path = ['groups', to.group, 'hosts'];
  await changeConfiguration(editing.host, to.uri, { kind: 'append', path, value: machine });
}

async function askWhere(
  configurations: Configurations,
): Promise<'own' | { readonly uri: string; readonly group: string } | undefined> {
  const rows = await configurations.rows().catch(() => []);
  const mine = { label: l10n.t('My machines'), description: l10n.t('for you alone, in no file'), to: 'own' as const };
  const groups = rows.flatMap(({ uri, groups: all }) =>
    all.map(({ name }) => ({ label: name, description: 'patchlab.json', to: { uri, group: name } })),
  );
  const fresh = { label: l10n.t('New group...'), description: 'patchlab.json', to: 'new' as const };
  const picks = [mine, ...groups, ...(rows.length > 0 ? [fresh] : [])];
  const chosen = await pick<(typeof picks)[number]>(picks, {
    title: l10n.t('Add Machine'),
    placeHolder: l10n.t('Where does it belong?'),
  });
  if (chosen?.to !== 'new') return chosen?.to;
  const configuration = await askConfiguration(configurations);
  const name = await window.showInputBox({
    title: l10n.t('New Machine Group'),
    prompt: l10n.t('Its name'),
    ignoreFocusOut: true,
    validateInput: (text) => nameProblem(text, configuration?.groups.map((one) => one.name) ?? []),
  });
  return configuration && name !== undefined ? { uri: configuration.uri, group: name.trim() } : undefined;
}

/** *Edit Machine...* */
export async function editMachine({ host, machines }: Editing, { own, member }: MachineRow): Promise<void> {
  if (own) {
    const asked = await askHostAndUser(machines, () => typeHost(own.host));
    if (!asked) return;
    await machines.remove(own.host);
    await machines.add(asked);
    return;
  }
  if (!member) return;
  const { uri, group, member: one } = member;
  const typed = await typeHost(one.text);
  if (typed === undefined || typed === one.text) return;
  const value = one.credential === undefined ? typed : { host: typed, credential: one.credential };
  await changeConfiguration(host, uri, { kind: 'set', path: ['groups', group, 'hosts', one.index], value });
}

/** *Remove Machine* */
export async function removeMachine({ host, machines }: Editing, { own, member }: MachineRow): Promise<void> {
  if (own) return await machines.remove(own.host);
  if (!member) return;
  const path = ['groups', member.group, 'hosts', member.member.index];
  await changeConfiguration(host, member.uri, { kind: 'remove', path });
}
