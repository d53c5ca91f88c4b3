/**
 * 5,000 checks on one machine, against impacket reading the same things one after another: 2,500 values under 800 keys,
 * 1,500 version checks of 900 files, 500 services and 500 enumerations. The scan asks for each thing once.
 */
import { linkContent } from '../../server/src/model/link.ts';
import type { ObservationRequest } from '../../server/src/model/observation.ts';
import { scanMachine } from '../../server/src/scan/scan.ts';
import { readWithImpacket } from '../lab/foreign.ts';
import type { ForeignTarget } from '../lab/foreign.ts';
import { startMachine } from '../lab/lab.ts';
import type { LabFile, LabService, LabValue, MachineSpec } from '../lab/lab.ts';
import { together } from '../lab/machines/parts.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { startProxy } from '../lab/proxy.ts';
import { BEFORE_CONTENT, besideSmallest, overPipes, total } from '../lab/smallest-rounds.ts';
import { median } from './statistics.ts';
import type { BenchRow } from './statistics.ts';

const VALUES = 2500;
const KEYS = 800;
const VERSIONS = 1500;
const FILES = 900;
const SERVICES = 500;
const ENUMERATIONS = 500;
const CHILDREN = 3;
const ROOT = 'SOFTWARE\\Patchlab Checks';

const range = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const fileOf = (index: number): string => `C:\\Checks\\${index % FILES}.dll`;
const keyOf = (index: number): string => `${ROOT}\\${index % KEYS}`;
const nameOf = (index: number): string => `Value${Math.floor(index / KEYS)}`;

function checksMachine(): MachineSpec {
  const registry: Record<string, Record<string, LabValue>> = {};
  for (let index = 0; index < VALUES; index++) (registry[`HKLM\\${keyOf(index)}`] ??= {})[nameOf(index)] = index;
  for (let index = 0; index < ENUMERATIONS; index++) {
    for (let child = 0; child < CHILDREN; child++) registry[`HKLM\\${keyOf(index)}\\Child${child}`] = {};
  }
  const files: Record<string, LabFile> = {};
  for (let index = 0; index < FILES; index++) files[fileOf(index)] = { pe: { fileVersion: `1.2.3.${index}` } };
  const services: Record<string, LabService> = {};
  for (let index = 0; index < SERVICES; index++) {
    services[`Check${index}`] = { displayName: `Check ${index}`, state: 'running', start: 3, path: 'C:\\x.exe' };
  }
  return { ...ws01, ...together(ws01, { registry, files, services }), name: 'checks' };
}

/** The content: a patch of all checks, in which none decides early. */
function content(): string {
  const lines = [
    ...range(VALUES, (index) => `key "HKLM\\${keyOf(index)}" value "${nameOf(index)}" >= 0`),
    ...range(VERSIONS, (index) => `file "${fileOf(index)}" version >= 1.${Math.floor(index / FILES)}`),
    ...range(SERVICES, (index) => `service "Check${index}" is running`),
    ...range(ENUMERATIONS, (index) => `any c in keys "HKLM\\${keyOf(index)}\\*" { c.name matches /^Child/ }`),
  ];
  return `patch CHECKS-1 "Checks" fixes windows {\n  installed when all {\n    ${lines.join('\n    ')}\n  }\n}\n`;
}

/** The same for impacket: each check reads what it needs. */
function requests(): readonly ObservationRequest[] {
  return [
    ...range(VALUES, (index) => ({ kind: 'value', hive: 'HKLM', path: keyOf(index), name: nameOf(index) }) as const),
    ...range(VERSIONS, (index) => ({ kind: 'version', path: fileOf(index) }) as const),
    ...range(SERVICES, (index) => ({ kind: 'service', name: `Check${index}` }) as const),
    ...range(ENUMERATIONS, (index) => ({ kind: 'subkeys', hive: 'HKLM', path: keyOf(index) }) as const),
  ];
}

/** Every tenth thing: impacket far away takes minutes for all, and each takes it as long as the other. */
const SHARE = 10;

async function compare(target: ForeignTarget, away: string, budget: number): Promise<BenchRow> {
  const linked = linkContent([{ file: 'checks.detect', text: content() }]);
  const credential = { user: target.user, password: target.password };
  const machine = `${target.address}:${target.port}`;
  const times: number[] = [];
  let cost = '';
  for (let round = 0; round < 3; round++) {
    const began = performance.now();
    const result = await scanMachine({ target: { kind: 'machine', machine, credential }, content: linked.content });
    times.push(performance.now() - began);
    const status = result.patches.map((patch) => patch.status).join();
    if (status !== 'installed')
      throw new Error(`the scan says ${status} ${JSON.stringify(result.patches).slice(0, 300)}`);
    cost = `${result.cost.reads} reads, ${result.cost.roundTrips} round trips`;
  }
  const some = requests().filter((_, index) => index % SHARE === 0);
  const { answers, rounds } = await readWithImpacket(target, some);
  if (answers.some((answer) => answer.state !== 'present')) throw new Error('impacket could not read it all');
  const ours = median(times);
  const theirs = median(rounds) * SHARE;
  return {
    what: `5,000 checks, a whole scan${away}`,
    result: `${(ours / 1000).toFixed(1)} s (${cost}), impacket ${(theirs / 1000).toFixed(1)} s by every tenth: ${(theirs / ours).toFixed(1)} times faster`,
    budget: `${budget} times`,
    kept: theirs / ours >= budget,
  };
}

/** Each key opened once, each value read, subkeys counted and named; of a service its key and four values. All else overlaps. */
const CALLS = KEYS + VALUES + ENUMERATIONS * (1 + CHILDREN) + SERVICES * (1 + 4);
const SMALLEST = total(BEFORE_CONTENT) + overPipes(CALLS);

/** Long beside what the server needs for one round of 16 pipes. */
const FAR_MS = 40;

/** Round trips, counted at a proxy that delays, and the smallest number beside them. */
async function countRounds(machine: ForeignTarget): Promise<BenchRow> {
  const linked = linkContent([{ file: 'checks.detect', text: content() }]);
  const credential = { user: machine.user, password: machine.password };
  const proxy = await startProxy(machine, { delay: FAR_MS / 2 });
  try {
    const target = { kind: 'machine', machine: proxy.target, credential } as const;
    const result = await scanMachine({ target, content: linked.content });
    if (result.patches.some(({ status }) => status !== 'installed')) throw new Error('the scan says otherwise');
    const seen = `${proxy.toServer + proxy.toClient} bytes; the scan says ${result.cost.roundTrips} and ${result.cost.bytes} bytes`;
    return {
      what: `round trips of 5,000 checks, counted at a proxy ${FAR_MS} ms away`,
      result: `${besideSmallest(proxy.rounds, SMALLEST)} (${seen})`,
      budget: '1.5 times',
      kept: proxy.rounds / SMALLEST <= 1.5,
    };
  } finally {
    await proxy.close();
  }
}

export async function benchChecks(): Promise<readonly BenchRow[]> {
  const machine = await startMachine(checksMachine());
  const proxy = await startProxy(machine, { delay: 2.5 });
  try {
    return [
      await countRounds(machine),
      await compare(machine, '', 10),
      await compare({ ...machine, address: proxy.address }, ', 5 ms away', 25),
    ];
  } finally {
    await proxy.close();
    await machine.stop();
  }
}
