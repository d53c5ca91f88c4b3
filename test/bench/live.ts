/** Our reader of a live lab machine against impacket, which reads the same things one after another. */
import { connectLive } from '../../server/src/machine/live/live.ts';
import type { ObservationRequest } from '../../server/src/model/observation.ts';
import { readWithImpacket } from '../lab/foreign.ts';
import type { ForeignTarget } from '../lab/foreign.ts';
import { startMachine } from '../lab/lab.ts';
import type { LabFile, LabValue } from '../lab/lab.ts';
import { startProxy } from '../lab/proxy.ts';
import { besideSmallest, overPipesFromOne, VERSIONS } from '../lab/smallest-rounds.ts';
import { median } from './statistics.ts';
import type { BenchRow } from './statistics.ts';

const VALUES = 500;
const FILES = 200;
const KEY = 'SOFTWARE\\Patchlab Bench';
const SIGNAL = new AbortController().signal;

const VALUE_REQUESTS: readonly ObservationRequest[] = Array.from({ length: VALUES }, (_, index) => ({
  kind: 'value',
  hive: 'HKLM',
  path: `${KEY}\\${index}`,
  name: 'Number',
}));
const FILE_REQUESTS: readonly ObservationRequest[] = Array.from({ length: FILES }, (_, index) => ({
  kind: 'version',
  path: `C:\\Bench\\${index}.dll`,
}));

interface OurReading {
  readonly ms: number;
  readonly roundTrips: number;
}

/** One batch on a fresh connection: logon, share and registry are not counted, as with impacket. */
async function readOnce(
  target: ForeignTarget,
  requests: readonly ObservationRequest[],
  around?: { readonly begin: () => void; readonly end: () => void },
): Promise<OurReading> {
  const { address: host, port, user, password } = target;
  const connected = await connectLive({ host, port, credential: { user, password } }, SIGNAL);
  if (!connected.ok) throw new Error(connected.failure.message);
  try {
    const share = await connected.value.openShare('C$', SIGNAL);
    const registry = await connected.value.openRegistry(SIGNAL);
    if (!share.ok || !registry.ok) throw new Error('the lab machine lets nobody in');
    const machine = connected.value.machine();
    const before = machine.cost().roundTrips;
    around?.begin();
    const began = performance.now();
    const answers = await machine.observe(requests, SIGNAL);
    const ms = performance.now() - began;
    around?.end();
    if (answers.some((answer) => answer.state !== 'present')) throw new Error('something could not be read');
    return { ms, roundTrips: machine.cost().roundTrips - before };
  } finally {
    await connected.value.close();
  }
}

/** Long beside what the server needs for one round of 16 pipes. */
const FAR_MS = 40;

/** Round trips of one batch, counted at a proxy that delays, and the smallest number beside them. */
async function countRounds(
  machine: ForeignTarget,
  what: string,
  {
    requests,
    smallest,
    budget,
  }: { readonly requests: readonly ObservationRequest[]; readonly smallest: number; readonly budget?: number },
): Promise<BenchRow> {
  const proxy = await startProxy(machine, { delay: FAR_MS / 2 });
  let counted = 0;
  try {
    // The end of the connection is none of them.
    const { roundTrips } = await readOnce({ ...machine, address: proxy.address }, requests, {
      begin: () => {
        proxy.reset();
      },
      end: () => {
        counted = proxy.rounds;
      },
    });
    return {
      what: `round trips of ${what}, counted at a proxy ${FAR_MS} ms away`,
      result: `${besideSmallest(counted, smallest)} (our reader says ${roundTrips})`,
      ...(budget !== undefined && { budget: `${budget} times`, kept: counted / smallest <= budget }),
    };
  } finally {
    await proxy.close();
  }
}

interface Comparison {
  readonly what: string;
  readonly target: ForeignTarget;
  readonly requests: readonly ObservationRequest[];
  readonly rounds: { readonly ours: number; readonly impacket: number };
  /** Times faster than impacket. */
  readonly budget: number;
}

async function compare(comparison: Comparison): Promise<BenchRow> {
  const { target, requests, rounds } = comparison;
  await readOnce(target, requests);
  const ours: OurReading[] = [];
  for (let round = 0; round < rounds.ours; round++) ours.push(await readOnce(target, requests));
  const impacket = await readWithImpacket(target, requests, rounds.impacket);
  if (impacket.answers.some((answer) => answer.state !== 'present')) throw new Error('impacket could not read it all');
  const ourMs = median(ours.map((reading) => reading.ms));
  const impacketMs = median(impacket.rounds);
  const ratio = impacketMs / ourMs;
  const trips = median(ours.map((reading) => reading.roundTrips));
  return {
    what: comparison.what,
    result: `${ourMs.toFixed(0)} ms (${trips} round trips), impacket ${impacketMs.toFixed(0)} ms: ${ratio.toFixed(1)} times faster`,
    budget: `${comparison.budget} times`,
    kept: ratio >= comparison.budget,
  };
}

/** 500 registry values of 500 keys and 200 file versions, without and with 5 ms of added round trip. Budgets are those of a scan. */
export async function benchLive(): Promise<readonly BenchRow[]> {
  const registry: Record<string, Record<string, LabValue>> = {};
  for (let index = 0; index < VALUES; index++) registry[`HKLM\\${KEY}\\${index}`] = { Number: index };
  const files: Record<string, LabFile> = {};
  for (let index = 0; index < FILES; index++) {
    files[`C:\\Bench\\${index}.dll`] = { pe: { fileVersion: `1.2.3.${index}`, size: 100_000 } };
  }
  const machine = await startMachine({ name: 'bench', smb: { signing: 'mandatory' }, registry, files });
  const proxy = await startProxy(machine, { delay: 2.5 });
  const far: ForeignTarget = { ...machine, address: proxy.address };
  const rounds = { ours: 5, impacket: 3 };
  const once = { ours: 3, impacket: 1 };
  try {
    return [
      await countRounds(machine, `${VALUES} registry values`, {
        requests: VALUE_REQUESTS,
        smallest: overPipesFromOne(2 * VALUES),
        budget: 1.5,
      }),
      // No budget, which is for scans: 128 files are read at once.
      await countRounds(machine, `${FILES} file versions`, { requests: FILE_REQUESTS, smallest: VERSIONS }),
      await compare({
        what: `${VALUES} registry values`,
        target: machine,
        requests: VALUE_REQUESTS,
        rounds,
        budget: 10,
      }),
      await compare({ what: `${FILES} file versions`, target: machine, requests: FILE_REQUESTS, rounds, budget: 10 }),
      await compare({
        what: `${VALUES} values, 5 ms away`,
        target: far,
        requests: VALUE_REQUESTS,
        rounds: once,
        budget: 25,
      }),
      await compare({
        what: `${FILES} versions, 5 ms away`,
        target: far,
        requests: FILE_REQUESTS,
        rounds: once,
        budget: 25,
      }),
    ];
  } finally {
    await proxy.close();
    await machine.stop();
  }
}
