/** Scanning and recording: the current target from lenses and commands, or a machine or snapshot that is asked for. */
import { commands, l10n, languages, Uri, window, workspace } from 'vscode';
import { DECLARATIONS_REQUEST, type DeclarationPlace } from '../../../../server/src/protocol/declarations.ts';
import type { ScanReply } from '../../../../server/src/protocol/scan.ts';
import { registerCommand } from '../../commands.ts';
import type { Host } from '../../host.ts';
import { hasContent } from '../content/index.ts';
import { showLastReport } from '../report/index.ts';
import { chooseTarget } from '../target/choose.ts';
import { nameOfTarget, TargetStore, type CurrentTarget } from '../target/current-target.ts';
import { TargetStatus } from '../target/status-bar.ts';
import { askMachine, passwordFor } from './ask-machine.ts';
import { askSnapshot } from './ask-snapshot.ts';
import { forgetPassword } from './forget-password.ts';
import { declarationArgument, scanLenses } from './lenses.ts';
import { SavedPasswords } from './passwords.ts';
import { saveRecording } from './record.ts';
import { RememberedMachines } from './remembered-machines.ts';
import { scan, type ScanRequest } from './run.ts';

/** `onScanned` is told after every scan that came to an end. */
export function activateScan(host: Host, onScanned: () => void): void {
  const machines = new RememberedMachines(host.context.globalState);
  const passwords = new SavedPasswords(host.context.secrets);
  const status = new TargetStatus();
  const current = new TargetStore(host.context.workspaceState, (target) => status.show(target));
  status.show(current.get());

  /** Scans one target. A password is asked for where none was given or saved. */
  async function run(
    target: CurrentTarget,
    request: Omit<ScanRequest, 'target'>,
    typed?: string,
  ): Promise<ScanReply | undefined> {
    const password = target.kind === 'machine' ? (typed ?? (await passwordFor(passwords, target))) : '';
    if (password === undefined) return undefined;
    const reply = await scan(host, {
      ...request,
      target: target.kind === 'machine' ? { ...target, password } : target,
    });
    if (!reply) return undefined;
    await current.set(target);
    status.show(target, reply.summary);
    onScanned();
    if (target.kind !== 'machine') return reply;
    // A password is worth keeping once the machine took it. One that was refused must not be tried again unseen:
    // repeated failures lock accounts.
    if (reply.summary.loggedOn) await passwords.keep(target.host, target.user, password);
    else if (reply.summary.failed?.step === 2) await passwords.forget(target.host, target.user);
    return reply;
  }

  async function scanMachine(): Promise<void> {
    if (!(await mayScan()) || !(await hasContent())) return;
    const asked = await askMachine(machines, passwords);
    if (!asked) return;
    const { host: name, user, password } = asked;
    await run({ kind: 'machine', host: name, user }, { name, show: 'report' }, password);
  }

  async function scanSnapshot(argument: unknown): Promise<void> {
    if (!(await mayScan()) || !(await hasContent())) return;
    const path = argument instanceof Uri ? argument.fsPath : await askSnapshot();
    if (path === undefined) return;
    const target: CurrentTarget = { kind: 'snapshot', path };
    await run(target, { name: nameOfTarget(target), show: 'report' });
  }

  /** The current target, for all content or for some declarations. */
  async function scanCurrent(only?: readonly string[], record = false): Promise<void> {
    if (!(await mayScan()) || !(await hasContent())) return;
    const target = current.get() ?? (await choose());
    if (!target) return;
    const reply = await run(target, {
      ...{ name: nameOfTarget(target), show: 'inline', record },
      ...(only && { only }),
    });
    if (reply?.snapshot !== undefined) await saveRecording(reply.snapshot, reply.summary.machine);
  }

  async function scanFile(): Promise<void> {
    const document = window.activeTextEditor?.document;
    if (document?.languageId !== 'detect') {
      void window.showInformationMessage(l10n.t('Open a detection script to scan what it declares.'));
      return;
    }
    const params = { uri: document.uri.toString() };
    const places = await host.client.sendRequest<readonly DeclarationPlace[]>(DECLARATIONS_REQUEST, params);
    if (places.length > 0) await scanCurrent(places.map(({ id }) => id));
    else void window.showInformationMessage(l10n.t('This script declares no product and no patch.'));
  }

  async function choose(): Promise<CurrentTarget | undefined> {
    const target = await chooseTarget(machines);
    if (!target) return undefined;
    if (target.kind === 'machine') await machines.add(target);
    await current.set(target);
    return target;
  }

  host.context.subscriptions.push(
    status.item,
    languages.registerCodeLensProvider({ language: 'detect' }, scanLenses(host.client)),
    registerCommand('scanAll', () => scanCurrent()),
    registerCommand('scanFile', scanFile),
    registerCommand('scanDeclaration', (argument) => scanCurrent(declarationArgument(argument)?.only)),
    registerCommand('record', (argument) => scanCurrent(declarationArgument(argument)?.only, true)),
    registerCommand('chooseTarget', choose),
    registerCommand('showReport', showLastReport),
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
