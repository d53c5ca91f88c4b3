/** Scanning and recording: the current target from lenses and commands, or a machine or snapshot that is asked for. */
import { l10n, languages, Uri, window } from 'vscode';
import { DECLARATIONS_REQUEST, type DeclarationPlace } from '../../../../server/src/protocol/declarations.ts';
import type { ScanReply } from '../../../../server/src/protocol/scan.ts';
import { registerCommand } from '../../commands.ts';
import type { Host } from '../../host.ts';
import { hasContent } from '../content/index.ts';
import { showLastReport } from '../report/index.ts';
import { chooseTarget } from '../target/choose.ts';
import { nameOfTarget, type CurrentTarget } from '../target/current-target.ts';
import type { Machines } from '../machines/index.ts';
import type { Logon } from '../machines/logons.ts';
import { mayScan } from '../machines/trust.ts';
import { askMachine } from './ask-machine.ts';
import { askSnapshot } from './ask-snapshot.ts';
import { forgetPassword } from './forget-password.ts';
import { declarationArgument, scanLenses } from './lenses.ts';
import { saveRecording } from './record.ts';
import { scan, type ScanRequest } from './run.ts';

/** `onScanned` is told after every scan that came to an end. */
export function activateScan(host: Host, known: Machines, onScanned: () => void): void {
  const { machines, passwords, status, current } = known;

  /** Scans one target. A password is asked for where none was given or saved. */
  async function run(
    target: CurrentTarget,
    request: Omit<ScanRequest, 'target'>,
    typed?: string,
  ): Promise<ScanReply | undefined> {
    const logon = target.kind === 'machine' ? await known.logonTo(target, typed) : undefined;
    const to = target.kind === 'machine' ? logon && asTarget(logon) : target;
    if (!to) return undefined;
    const template = known.templates.get();
    const reply = await scan(host, { ...request, target: to, ...(template && { template }) });
    if (!reply) return undefined;
    await current.set(logon && target.kind === 'machine' ? { ...target, host: logon.host, user: logon.user } : target);
    status.show(target, reply.summary);
    onScanned();
    known.onScanned(target, reply.summary);
    await logon?.settle(reply.summary);
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
    if (target.kind === 'machine' && !target.group) await machines.add({ host: target.host, user: target.user });
    await current.set(target);
    return target;
  }

  host.context.subscriptions.push(
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

function asTarget({ host, user, password, found }: Logon): ScanRequest['target'] {
  return { kind: 'machine', host, user, password, ...(found && { found }) };
}
