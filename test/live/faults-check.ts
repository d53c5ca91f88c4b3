/** What a failed scan must say, and what must be left of it on its machine: nothing. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect } from 'vitest';
import type { ScanResult } from '../../server/src/scan/result.ts';
import type { LabMachine } from '../lab/lab.ts';
import { holdings, type Holdings } from './holdings.ts';

/** A failure as a user must see it. */
export interface Fault {
  readonly step: number;
  readonly code: string;
  /** The raw cause begins so. */
  readonly raw: string;
  /** The true reason leads the meaning. */
  readonly says?: RegExp;
  readonly remedy: RegExp;
  /** Milliseconds that the scan may take. */
  readonly within: number;
}

/** Runs a scan and holds its failed step to the fault: code, raw cause, reason, remedy, validation and elapsed time. */
export async function expectFault(scan: () => Promise<ScanResult>, fault: Fault): Promise<ScanResult> {
  const started = performance.now();
  const result = await scan();
  const ms = performance.now() - started;
  const failed = result.steps.find(({ status }) => status === 'failed');
  const { error } = failed ?? {};
  expect([failed?.step, error?.code], JSON.stringify(error)).toEqual([fault.step, fault.code]);
  expect(error?.raw.startsWith(fault.raw), error?.raw).toBe(true);
  if (fault.says) expect(error?.meaning).toMatch(fault.says);
  expect(error?.remedy).toMatch(fault.remedy);
  expect(error?.validate).not.toBe('');
  expect(ms).toBeLessThan(fault.within);
  // Before step 5 nothing is known of products and patches, so nothing is claimed.
  if (fault.step < 5) expect([result.products, result.patches]).toEqual([[], []]);
  return result;
}

/** The server forgets a client a moment after it has gone, a busy one somewhat later. */
async function settled(machine: LabMachine, isAsExpected: (now: Holdings) => boolean): Promise<Holdings> {
  let now = await holdings(machine);
  for (let look = 0; look < 200 && !isAsExpected(now); look++) {
    await sleep(50);
    now = await holdings(machine);
  }
  return now;
}

export async function expectNothingLeft(machine: LabMachine, before: Holdings): Promise<void> {
  const expected = JSON.stringify(before);
  expect(await settled(machine, (now) => JSON.stringify(now) === expected)).toEqual(before);
}

/** For tests that make changes and look at those themselves: nobody is connected, and nothing is open. */
export async function expectNobodyLeft(machine: LabMachine): Promise<void> {
  const now = await settled(machine, ({ sessions, trees, files }) => sessions + trees + files === 0);
  expect([now.sessions, now.trees, now.files]).toEqual([0, 0, 0]);
}

/** Asks servers before and after what they hold: no share, service or open thing more than before. For machines of one test. */
export async function leavingNothing<T>(machines: readonly LabMachine[], act: () => Promise<T>): Promise<T> {
  const before = await Promise.all(machines.map(holdings));
  const done = await act();
  for (const [at, machine] of machines.entries()) {
    const held = before[at];
    if (held) await expectNothingLeft(machine, held);
  }
  return done;
}

/** The same before and after each test of a file. */
export function leavesNothingOn(...machines: readonly (() => LabMachine)[]): void {
  let before: readonly { readonly machine: LabMachine; readonly held: Holdings }[] = [];
  beforeEach(async () => {
    before = await Promise.all(machines.map(async (of) => ({ machine: of(), held: await holdings(of()) })));
  });
  afterEach(async () => {
    for (const { machine, held } of before) await expectNothingLeft(machine, held);
  });
}
