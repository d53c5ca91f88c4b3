/** The scan of a group: its machines side by side, each row telling what came of it, and a summary at the end. */
import { l10n, window } from 'vscode';
import { randomUUID } from 'node:crypto';
import {
  GROUP_SCAN_REQUEST,
  MACHINE_SCANNED,
  type GroupScanParams,
  type GroupScanReply,
  type LocateReply,
  type MachineScanned,
} from '../../../../server/src/protocol/machines.ts';
import type { Host } from '../../host.ts';
import { describeFailure } from '../scan/describe.ts';
import { isRefused } from '../scan/one-at-a-time.ts';
import { plainMessage } from '../scan/plain-message.ts';
import { requestWithProgress, type Progressed } from '../scan/request-with-progress.ts';
import { locate } from './locate.ts';
import type { Logon, Logons } from './logons.ts';
import type { Found } from './rows.ts';
import type { TemplateStore } from './template-store.ts';

export interface GroupScanning {
  readonly host: Host;
  readonly logons: Logons;
  readonly templates: TemplateStore;
  readonly onFound: (machine: string, found: Found) => void;
  /** Told of the machines that are asked now; each is left out again when something was found on it. */
  readonly onScanning: (machines: readonly string[]) => void;
}

/** Scans a group of a patchlab.json. */
export async function scanGroup(scanning: GroupScanning, uri: string, name: string): Promise<void> {
  const { host, logons, templates, onFound } = scanning;
  if (isRefused()) return;
  const located = await locate(host, { uri, group: name });
  if (!located) return;
  for (const { machine, failed } of located.failures) onFound(machine, { missing: 0, unknown: 0, products: 0, failed });
  const all = located.machines.length === 0 ? [] : await logons.toGroup({ uri, name }, located.machines);
  if (!all) return;
  const template = templates.get();
  const params: GroupScanParams = {
    ...{ token: randomUUID(), uri, ...(template && { template }) },
    machines: all.map(({ host: machine, user, password, found = NOWHERE }) => {
      return { machine, found, credential: { user, password } };
    }),
  };
  // Another scan may have begun while passwords were asked for.
  if (isRefused()) return;
  const scanned: MachineScanned[] = [];
  const reply = all.length === 0 ? { left: [] } : await run(scanning, { params, name, all, scanned });
  sayAll(host, { name, located, scanned, left: reply?.left ?? [], isCancelled: !reply });
}

const NOWHERE = { addresses: [], foundBy: 'dns' } as const;

interface Running {
  readonly params: GroupScanParams;
  readonly name: string;
  readonly all: readonly Logon[];
  readonly scanned: MachineScanned[];
}

/** `undefined` when it was cancelled. */
async function run(
  { host, onFound, onScanning }: GroupScanning,
  { params, name, all, scanned }: Running,
): Promise<GroupScanReply | undefined> {
  const settled: Promise<void>[] = [];
  const told = (one: MachineScanned): Progressed => {
    scanned.push(one);
    onFound(one.machine, one);
    const logon = all.find((each) => each.host === one.machine);
    if (logon) settled.push(logon.settle(one));
    return { message: l10n.t('{0} of {1}: {2}', one.done, one.of, one.machine), done: (100 * one.done) / one.of };
  };
  onScanning(params.machines.map(({ machine }) => machine));
  try {
    return await requestWithProgress<GroupScanReply, MachineScanned>(host, {
      ...{ title: l10n.t('Scanning {0}', name), method: GROUP_SCAN_REQUEST, params },
      ...{ first: l10n.t('0 of {0}', params.machines.length) },
      progress: { token: params.token, said: MACHINE_SCANNED, told },
    });
  } finally {
    onScanning([]);
    await Promise.all(settled);
  }
}

interface Summary {
  readonly name: string;
  readonly located: LocateReply;
  readonly scanned: readonly MachineScanned[];
  readonly left: readonly string[];
  readonly isCancelled: boolean;
}

const MOST_NAMED = 3;

/** A machine of a directory has no row of its own: who failed is said by name. */
function someOf(failed: readonly { readonly machine: string }[]): string {
  const named = failed.slice(0, MOST_NAMED).map(({ machine }) => machine);
  return [...named, ...(failed.length > MOST_NAMED ? ['…'] : [])].join(', ');
}

function sayAll(host: Host, { name, located, scanned, left, isCancelled }: Summary): void {
  const failed = [...scanned.filter((one) => one.failed), ...located.failures];
  for (const { machine, failed: error } of failed)
    if (error) host.log.error(`Scan of ${machine}: ${describeFailure(error)}`);
  for (const warning of located.warnings) host.log.warn(warning);
  const done = scanned.filter((one) => !one.failed);
  const missing = done.reduce((sum, one) => sum + one.missing, 0);
  const parts = [
    l10n.t('{0} scanned, {1} patches missing', done.length, missing),
    ...(failed.length > 0 ? [l10n.t('{0} failed ({1})', failed.length, someOf(failed))] : []),
    ...(left.length > 0 ? [l10n.t('{0} not begun, because the logon was refused', left.length)] : []),
    ...(located.silent > 0 ? [l10n.t('{0} addresses do not answer', located.silent)] : []),
    ...(isCancelled ? [l10n.t('cancelled')] : []),
  ];
  const text = plainMessage(l10n.t('Group {0}: {1}.', name, parts.join(', ')));
  host.log.info(text);
  const show = l10n.t('Show Log');
  const shown = failed.length > 0 ? window.showWarningMessage(text, show) : window.showInformationMessage(text);
  void shown.then((chosen) => {
    if (chosen === show) host.log.show();
  });
}
