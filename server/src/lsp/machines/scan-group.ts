/** Scans the machines of a group side by side: one that fails harms no other, and a refused user logs on nowhere again. */
import path from 'node:path';
import type { GroupScanParams, GroupScanReply, MachineScanned } from '../../protocol/machines.ts';
import { dropResult } from '../../results/arrivals.ts';
import { scanFleet } from '../../scan/fleet.ts';
import { TurnsByUser } from '../../scan/logon-turns.ts';
import type { ScanTarget } from '../../scan/options.ts';
import type { ScanResult } from '../../scan/result.ts';
import { scanMachine } from '../../scan/scan.ts';
import { summaryOf } from '../scan.ts';
import { pathOfUri } from '../uris.ts';
import type { Workspace } from '../workspace.ts';
import { resolvedAs } from './found.ts';
import { readConfigurationOf } from './read.ts';
import { templateOf } from './template.ts';

const AT_ONCE = 8;
const MACHINE_MS = 15 * 60 * 1000;
const ALL_MS = 24 * 60 * 60 * 1000;

export interface GroupScanning {
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
  readonly tell: (scanned: MachineScanned) => void;
  /** Told of each result that goes to no arrivals. */
  readonly keep: (result: ScanResult) => void;
}

type Target = ScanTarget & { readonly kind: 'machine' };

export async function scanGroup(
  { token, machines, template, uri }: GroupScanParams,
  { workspace, signal, tell, keep }: GroupScanning,
): Promise<GroupScanReply> {
  const { content } = workspace.analyse().linked;
  const chosen = template && (await templateOf(template, content));
  const arrivals = uri === undefined ? undefined : await arrivalsOf(uri);
  const targets = machines.map(({ machine, found, credential }): Target => ({
    ...{ kind: 'machine', machine, credential },
    ...resolvedAs(machine, found),
  }));
  const turns = new TurnsByUser({ isRefused: () => false });
  let done = 0;
  const left = await scanFleet({
    ...{ targets, signal, concurrency: AT_ONCE, machineDeadline: MACHINE_MS, totalDeadline: ALL_MS },
    isOver: turns.refusalOf(targets),
    scan: (target, { deadline }) =>
      scanMachine({
        ...{ target, content, signal, deadline, trustNetbios: true },
        ...turns.turnOf(target),
        ...(chosen && { template: chosen.choice, include: new Set(chosen.include) }),
        ...(arrivals !== undefined && { deliver: (document: ScanResult) => dropResult(arrivals, document) }),
      }),
    onResult: (result, { machine }) => {
      if (arrivals === undefined) keep(result);
      const { products, missing, unknown, failed, loggedOn } = summaryOf(result);
      const numbers = { done: ++done, of: targets.length, products, missing, unknown };
      tell({ token, machine, ...numbers, failed, loggedOn });
    },
  });
  return { left: left.map(({ machine }) => machine) };
}

/** The arrivals folder of a patchlab.json, beside which a relative path is meant. */
async function arrivalsOf(uri: string): Promise<string | undefined> {
  const { arrivals } = await readConfigurationOf(uri);
  const file = pathOfUri(uri);
  return arrivals === undefined || file === undefined ? undefined : path.resolve(path.dirname(file), arrivals);
}
