/** The view of machines: groups of patchlab.json, the user's own machines and recordings; templates and credentials; and what they can do. */
import { env, l10n, window, workspace, type TreeView } from 'vscode';
import { DIRECTORY_LOGON_REQUEST, type DirectoryLogonParams } from '../../../../server/src/protocol/machines.ts';
import type { ScanReply } from '../../../../server/src/protocol/scan.ts';
import { registerCommand } from '../../commands.ts';
import type { Host } from '../../host.ts';
import { isRefused } from '../scan/one-at-a-time.ts';
import { SavedPasswords } from '../scan/passwords.ts';
import { plainMessage } from '../scan/plain-message.ts';
import { RememberedMachines } from '../scan/remembered-machines.ts';
import { TargetStore, type CurrentTarget } from '../target/current-target.ts';
import { TargetStatus } from '../target/status-bar.ts';
import { Allowances } from './allowances.ts';
import { openConfiguration } from './change.ts';
import { Configurations } from './configurations.ts';
import { addCredential, bindCredential, forgetCredential } from './credential-commands.ts';
import { Credentials } from './credentials.ts';
import { directoryLogon } from './directory-logon.ts';
import { addMachine, editMachine, removeMachine } from './edit-machines.ts';
import { locate } from './locate.ts';
import { Logons, type Logon } from './logons.ts';
import { askConfiguration, askGroup } from './questions.ts';
import type { Found, MachineRow, Row } from './rows.ts';
import { scanGroup } from './scan-group.ts';
import { chooseTemplate, editTemplate } from './templates.ts';
import { TemplateStore } from './template-store.ts';
import { testConnection } from './test-connection.ts';
import { MachinesTree } from './tree.ts';
import { mayScan } from './trust.ts';

export const MACHINES_VIEW = 'patchlab.machines';

export type MachineTarget = CurrentTarget & { readonly kind: 'machine' };

/** What scans need to know of machines. */
export interface Machines {
  readonly machines: RememberedMachines;
  readonly passwords: SavedPasswords;
  readonly current: TargetStore;
  readonly status: TargetStatus;
  readonly templates: TemplateStore;
  /** As whom to log on to a target; `undefined` where the user leaves, or does not want it. */
  readonly logonTo: (target: MachineTarget, typed?: string) => Promise<Logon | undefined>;
  readonly onScanned: (target: CurrentTarget, summary: ScanReply['summary']) => void;
  /** Tests the connection to a machine, which is shown in the view. */
  readonly test: (target: MachineTarget) => Promise<void>;
}

export function activateMachines(host: Host, ready: Promise<void>): Machines {
  const { globalState, workspaceState, secrets } = host.context;
  const refresh = (): void => tree.refresh();
  const machines = new RememberedMachines(globalState, refresh);
  const passwords = new SavedPasswords(secrets);
  const credentials = new Credentials(secrets, refresh);
  const allowances = new Allowances(workspaceState);
  const logons = new Logons({ machines, passwords, credentials, allowances });
  const configurations = new Configurations(host);
  const status = new TargetStatus();
  const current = new TargetStore(workspaceState, (target) => {
    status.show(target);
    refresh();
  });
  const templates = new TemplateStore(workspaceState, () => {
    status.showTemplate(templates.get()?.name);
    refresh();
  });
  status.show(current.get());
  status.showTemplate(templates.get()?.name);
  let isEmpty = true;
  const onEmpty = (now: boolean): void => {
    isEmpty = now;
    sayTrust(view, isEmpty);
  };
  const tree = new MachinesTree({ configurations, machines, credentials, target: current, templates, ready, onEmpty });
  const view = window.createTreeView<Row>(MACHINES_VIEW, { treeDataProvider: tree, showCollapseAll: true });
  sayTrust(view, isEmpty);

  async function logonTo(target: MachineTarget, typed?: string): Promise<Logon | undefined> {
    const { group, host: machine, user } = target;
    if (!group) return logons.toOwn(machine, user, typed);
    const located = await locate(host, { uri: group.uri, group: group.name, machine });
    const [failure] = located?.failures ?? [];
    if (failure) void window.showErrorMessage(plainMessage(`${failure.machine}: ${failure.failed.meaning}`));
    const rows = located?.machines.slice(0, 1) ?? [];
    return rows.length === 0 ? undefined : (await logons.toGroup(group, rows))?.[0];
  }

  const setFound = (machine: string, found: Found): void => tree.setFound(machine, found);
  const onScanning = (all: readonly string[]): void => tree.setScanning(all);
  const scanning = { host, logons, templates, onFound: setFound, onScanning };
  const editing = { host, configurations, machines };

  async function onTest(argument: unknown): Promise<void> {
    const target = targetOfRow(argument) ?? current.get();
    if (target?.kind !== 'machine') {
      void window.showInformationMessage(l10n.t('Choose a live machine as target, or test one of the Machines view.'));
      return;
    }
    await test(target);
  }

  async function test(target: MachineTarget): Promise<void> {
    // A machine that the workspace names gets no credential from an untrusted one.
    if (isRefused() || (target.group && !(await mayScan()))) return;
    const logon = await logonTo(target);
    // A scan may have begun while a password was asked for.
    if (logon && !isRefused()) await testConnection(host, logon, (steps) => tree.setSteps(target.host, steps));
  }

  async function onScanGroup(argument: unknown): Promise<void> {
    if (!(await mayScan())) return;
    const row = rowOf(argument, 'group');
    const chosen = row ? { uri: row.configuration.uri, group: row.group } : await askGroup(configurations);
    if (chosen) await scanGroup(scanning, chosen.uri, chosen.group.name);
  }

  async function onOpen(argument: unknown): Promise<void> {
    const at = placeOf(argument) ?? (await askConfiguration(configurations));
    if (at) await openConfiguration(at.uri, 'line' in at ? at.line : 0, 'line' in at ? at.character : 0);
  }

  host.context.subscriptions.push(
    view,
    status.item,
    configurations.watch(refresh),
    workspace.onDidGrantWorkspaceTrust(() => sayTrust(view, isEmpty)),
    watchRecordings(refresh),
    host.client.onRequest(DIRECTORY_LOGON_REQUEST, (params: DirectoryLogonParams) =>
      directoryLogon({ credentials, allowances, machines }, params),
    ),
    registerCommand('refreshMachines', () => configurations.forget(refresh)),
    registerCommand('addMachine', (argument) => {
      const row = rowOf(argument, 'group');
      return addMachine(editing, row && { uri: row.configuration.uri, group: row.group.name });
    }),
    registerCommand('editMachine', (argument) => ifMachine(argument, (row) => editMachine(editing, row))),
    registerCommand('removeMachine', (argument) => ifMachine(argument, (row) => removeMachine(editing, row))),
    registerCommand('setTarget', async (argument) => {
      const target = targetOfRow(argument);
      if (target) await current.set(target);
    }),
    registerCommand('testConnection', onTest),
    registerCommand('scanGroup', onScanGroup),
    registerCommand('chooseTemplate', async (argument) => {
      const row = rowOf(argument, 'template');
      if (!row) await chooseTemplate(configurations, templates);
      else await templates.set(row.template && { uri: row.uri, name: row.template.name });
    }),
    registerCommand('editTemplate', (argument) => {
      const row = rowOf(argument, 'template');
      return editTemplate(host, configurations, row?.template && { uri: row.uri, template: row.template });
    }),
    registerCommand('openConfiguration', onOpen),
    registerCommand('addCredential', () => addCredential(credentials)),
    registerCommand('bindCredential', (argument) => bindCredential(credentials, rowOf(argument, 'machine')?.machine)),
    registerCommand('forgetCredential', (argument) =>
      forgetCredential(credentials, rowOf(argument, 'credential')?.credential),
    ),
    registerCommand('copyStepCommand', async (argument) => {
      const command = rowOf(argument, 'step')?.step.command;
      if (command !== undefined) await env.clipboard.writeText(command);
    }),
  );
  return {
    ...{ machines, passwords, current, status, templates, logonTo, test },
    onScanned: (target, summary) => {
      if (target.kind === 'machine') setFound(target.host, summary);
    },
  };
}

/** Everything but scanning works there, and the view says so; an empty one in its welcome, which a message would hide. */
function sayTrust(view: TreeView<Row>, isEmpty: boolean): void {
  view.message =
    workspace.isTrusted || isEmpty
      ? ''
      : l10n.t('This workspace is not trusted: everything but scanning its machines works.');
}

function watchRecordings(refresh: () => void): { dispose: () => void } {
  const watcher = workspace.createFileSystemWatcher('**/*.snapshot.json', false, true, false);
  watcher.onDidCreate(refresh);
  watcher.onDidDelete(refresh);
  return watcher;
}

/** What a command of the view was called on; `undefined` from the palette. */
function rowOf<K extends Row['kind']>(argument: unknown, kind: K): (Row & { readonly kind: K }) | undefined {
  if (typeof argument !== 'object' || argument === null || !('kind' in argument)) return undefined;
  return argument.kind === kind ? (argument as Row & { readonly kind: K }) : undefined;
}

async function ifMachine(argument: unknown, act: (row: MachineRow) => Promise<void>): Promise<void> {
  const row = rowOf(argument, 'machine');
  if (row) await act(row);
}

function targetOfRow(argument: unknown): CurrentTarget | undefined {
  const machine = rowOf(argument, 'machine');
  const snapshot = rowOf(argument, 'snapshot');
  if (snapshot) return { kind: 'snapshot', path: snapshot.path };
  if (!machine) return undefined;
  const { own, member } = machine;
  if (own) return { kind: 'machine', host: own.host, user: own.user };
  const group = member && { uri: member.uri, name: member.group };
  return { kind: 'machine', host: machine.machine, user: '', ...(group && { group }) };
}

interface Place {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

/** Where in patchlab.json a row stands, or what a row's own command says. */
function placeOf(argument: unknown): Place | undefined {
  const group = rowOf(argument, 'group');
  if (group) return { uri: group.configuration.uri, line: group.group.line, character: group.group.character };
  const template = rowOf(argument, 'template');
  if (template?.template) return { ...template.template, uri: template.uri };
  const machine = rowOf(argument, 'machine')?.member;
  if (machine) return { ...machine.member, uri: machine.uri };
  const isPlace = typeof argument === 'object' && argument !== null && 'uri' in argument && 'line' in argument;
  return isPlace ? (argument as Place) : undefined;
}
