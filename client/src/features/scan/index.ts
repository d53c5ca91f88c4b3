/** Scanning and recording: the current target from lenses and commands, or a machine or snapshot that is asked for. */
import { l10n, languages, Uri, window, type TextEditor } from 'vscode';
import type { DeclarationPlace } from '../../../../server/src/protocol/declarations.ts';
import type { ScanReply } from '../../../../server/src/protocol/scan.ts';
import { EXPLAIN_REQUEST, targetKey, type ExplainReply } from '../../../../server/src/protocol/truth.ts';
import { registerCommand } from '../../commands.ts';
import type { Host } from '../../host.ts';
import { hasContent } from '../content/index.ts';
import { showLastReport, showReport } from '../report/index.ts';
import { chooseTarget } from '../target/choose.ts';
import { nameOfTarget, type CurrentTarget } from '../target/current-target.ts';
import type { Machines } from '../machines/index.ts';
import type { Logon } from '../machines/logons.ts';
import { mayScan } from '../machines/trust.ts';
import { evaluateSelection } from '../truth/evaluated.ts';
import { askMachine } from './ask-machine.ts';
import { askSnapshot } from './ask-snapshot.ts';
import { CONTENT, contentEditor, onlyOf, placesOf, touched } from './declarations.ts';
import { forgetPassword } from './forget-password.ts';
import { declarationArgument, scanLenses } from './lenses.ts';
import { plainMessage } from './plain-message.ts';
import { saveRecording } from './record.ts';
import { isRefused } from './one-at-a-time.ts';
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
    if (isRefused()) return undefined;
    const logon = target.kind === 'machine' ? await known.logonTo(target, typed) : undefined;
    const to = target.kind === 'machine' ? logon && asTarget(logon) : target;
    if (!to) return undefined;
    const template = known.templates.get();
    const scanned = logon && target.kind === 'machine' ? { ...target, host: logon.host, user: logon.user } : target;
    const reply = await scan(host, {
      ...{ ...request, target: to, ...(template && { template }) },
      ...(scanned.kind === 'machine' && { testConnection: () => known.test(scanned) }),
    });
    if (!reply) return undefined;
    const before = current.get();
    // A machine that could not be scanned does not take the place of another target.
    if (!reply.summary.failed || !before || targetKey(before) === targetKey(scanned)) {
      await current.set(scanned);
      status.show(scanned, reply.summary);
    }
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

  async function scanPlaces(
    choosePlaces: (places: readonly DeclarationPlace[], editor: TextEditor) => readonly DeclarationPlace[],
    none: string,
  ): Promise<void> {
    const editor = contentEditor();
    if (!editor) return;
    const only = onlyOf(choosePlaces(await placesOf(host.client, editor), editor));
    if (only.length > 0) await scanCurrent(only);
    else void window.showInformationMessage(none);
  }

  const scanFile = (): Promise<void> =>
    scanPlaces((places) => places, l10n.t('This file declares no product and no patch.'));
  const scanSelection = (): Promise<void> =>
    scanPlaces(touched, l10n.t('The selection touches no product, no patch and no test.'));

  /** Why declarations are judged as they are on the current target; it is scanned for them where that is not known yet. */
  async function explain(argument: unknown): Promise<void> {
    const only = declarationArgument(argument)?.only ?? (await atCursor());
    const target = only.length === 0 ? undefined : (current.get() ?? (await choose()));
    if (!target) return;
    const explained = (of: CurrentTarget): Promise<ExplainReply> =>
      host.client.sendRequest(EXPLAIN_REQUEST, { key: targetKey(of), only });
    let reply = await explained(target);
    if (!reply) {
      await scanCurrent(only);
      reply = await explained(current.get() ?? target);
    }
    if (!reply) return;
    if (reply.patches.length > 0 || reply.summary.products > 0) showReport(host, reply);
    else {
      const { machine } = reply.summary;
      const text = l10n.t(
        '{0} has nothing to do with {1}: no product of it was found there.',
        only.join(', '),
        machine,
      );
      void window.showInformationMessage(plainMessage(text));
    }
  }

  async function atCursor(): Promise<readonly string[]> {
    const editor = contentEditor();
    return editor ? onlyOf(touched(await placesOf(host.client, editor), editor)) : [];
  }

  async function evaluate(): Promise<void> {
    const target = current.get() ?? (await choose());
    if (!target) return;
    await evaluateSelection(host, target, async () => {
      if (!(await mayScan())) return undefined;
      if (target.kind === 'snapshot') return target;
      const logon = await known.logonTo(target);
      return logon && asTarget(logon);
    });
  }

  async function choose(): Promise<CurrentTarget | undefined> {
    const target = await chooseTarget(machines);
    if (!target) return undefined;
    if (target.kind === 'machine' && !target.group) await machines.add({ host: target.host, user: target.user });
    await current.set(target);
    return target;
  }

  host.context.subscriptions.push(
    languages.registerCodeLensProvider(
      [...CONTENT].map((language) => ({ language })),
      scanLenses(host.client),
    ),
    registerCommand('scanAll', () => scanCurrent()),
    registerCommand('scanFile', scanFile),
    registerCommand('scanSelection', scanSelection),
    registerCommand('explain', explain),
    registerCommand('evaluateSelection', evaluate),
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
