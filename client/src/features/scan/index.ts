/** Scan Machine..., Scan Snapshot... and Forget Saved Password... */
import { commands, l10n, Uri, window, workspace } from 'vscode';
import { registerCommand } from '../../commands.ts';
import type { Host } from '../../host.ts';
import { hasContent } from '../content/index.ts';
import { askMachine } from './ask-machine.ts';
import { askSnapshot } from './ask-snapshot.ts';
import { forgetPassword } from './forget-password.ts';
import { SavedPasswords } from './passwords.ts';
import { RememberedMachines } from './remembered-machines.ts';
import { scan } from './run.ts';

export function activateScan(host: Host): void {
  const machines = new RememberedMachines(host.context.globalState);
  const passwords = new SavedPasswords(host.context.secrets);

  async function scanMachine(): Promise<void> {
    if (!(await mayScan()) || !(await hasContent())) return;
    const asked = await askMachine(machines, passwords);
    if (!asked) return;
    const { host: machine, user, password } = asked;
    const reply = await scan(host, { kind: 'machine', host: machine, user, password }, machine);
    if (!reply) return;
    // A password is worth keeping once the machine took it. One that was refused must not be tried again unseen:
    // repeated failures lock accounts.
    if (reply.summary.loggedOn) await passwords.keep(machine, user, password);
    else if (reply.summary.failed?.step === 2) await passwords.forget(machine, user);
  }

  async function scanSnapshot(argument: unknown): Promise<void> {
    if (!(await mayScan()) || !(await hasContent())) return;
    const path = argument instanceof Uri ? argument.fsPath : await askSnapshot();
    if (path) await scan(host, { kind: 'snapshot', path }, path.split(/[\\/]/).at(-1) ?? path);
  }

  host.context.subscriptions.push(
    registerCommand('scanMachine', scanMachine),
    registerCommand('scanSnapshot', scanSnapshot),
    registerCommand('forgetPassword', () => forgetPassword(passwords)),
  );
}

/** An untrusted workspace cannot scan: its content would decide what is read from a machine with the user's credential. */
async function mayScan(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = l10n.t('Manage Workspace Trust');
  const chosen = await window.showWarningMessage(
    l10n.t(
      'This workspace is not trusted, so Patchlab does not scan: its content would decide what is read with your credentials.',
    ),
    manage,
  );
  if (chosen === manage) await commands.executeCommand('workbench.trust.manage');
  return false;
}
