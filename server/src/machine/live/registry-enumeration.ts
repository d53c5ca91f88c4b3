/** Listing what a key has, entry by entry: the protocol gives one at a time, so several pipes share a long list. */
import { WireError } from '../../wire/failure.ts';
import type { Handle } from '../../wire/dcerpc/ndr.ts';
import type { Answer } from '../../wire/dcerpc/winreg.ts';
import type { Call } from '../../wire/smb/call.ts';
import { ERROR, type KeyName, type RegistryPipe } from './registry-pipe.ts';
import type { RegistryPool } from './registry-pool.ts';

export interface KeyReading {
  readonly pool: RegistryPool;
  readonly pipe: RegistryPipe;
  readonly key: KeyName;
  readonly call: Call;
}

export interface Enumeration<T> {
  /** Entries that the key says it has. */
  readonly count: number;
  /** Entries beyond which nobody asks. */
  readonly max: number;
  one(pipe: RegistryPipe, at: { key: Handle; index: number }, call: Call): Promise<Answer<T>>;
}

/** Entries that one pipe may list alone before another one helps. */
const ENTRIES_PER_PIPE = 8;

/** The entries in the key's order, or the Win32 code of a failure. */
export async function enumerate<T>(at: KeyReading, list: Enumeration<T>): Promise<readonly T[] | number> {
  const found: T[] = [];
  let next = 0;
  let end = list.max;
  let failure = 0;
  const work = async (pipe: RegistryPipe, call: Call, upTo: number) => {
    const key = await pipe.key(at.key, call);
    if (!Buffer.isBuffer(key)) return;
    while (next < Math.min(end, upTo) && failure === 0) {
      const index = next++;
      const { code, value } = await list.one(pipe, { key, index }, call);
      if (code === 0) found[index] = value;
      else if (code === ERROR.NO_MORE_ITEMS) end = Math.min(end, index);
      else failure = code;
    }
  };
  const help = async (borrowed: Promise<RegistryPipe>) => {
    const counter = { waits: at.call.counter?.waits ?? 0 };
    try {
      const pipe = await borrowed;
      await work(pipe, { ...at.call, counter }, list.count).finally(() => at.pool.giveBack(pipe));
    } catch (error) {
      // Who cannot come does not help; an entry that it had taken is missing, and found so below.
      if (!(error instanceof WireError)) throw error;
    }
    return counter.waits;
  };
  const helpers = at.pool.borrow(Math.ceil(list.count / ENTRIES_PER_PIPE) - 1, at.call);
  // Whoever listed first goes on to the very end, which only the machine knows.
  const [, ...waits] = await Promise.all([work(at.pipe, at.call, list.max), ...helpers.map(help)]);
  if (at.call.counter) at.call.counter.waits = Math.max(at.call.counter.waits, ...waits);
  if (failure !== 0) return failure;
  return (await fillGaps(at, list, { found, end: Math.min(end, next) })) || found.slice(0, end);
}

/** Asks again for entries that a helper took and did not bring; the code of what cannot be had. */
async function fillGaps<T>(at: KeyReading, list: Enumeration<T>, to: { found: T[]; end: number }): Promise<number> {
  for (let index = 0; index < to.end; index++) {
    if (index in to.found) continue;
    const key = await at.pipe.key(at.key, at.call);
    if (!Buffer.isBuffer(key)) return ERROR.KEY_DELETED;
    const { code, value } = await list.one(at.pipe, { key, index }, at.call);
    if (code !== 0) return code;
    to.found[index] = value;
  }
  return 0;
}
