/** Step 1: from the machine that was named to the addresses it may be found at. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { errorOfFailure } from '../error-causes.ts';
import { scanError } from '../errors.ts';
import { failureOf, type RawFailure } from '../failure.ts';
import { parseMachine } from '../machine-name.ts';
import type { StepOutcome } from './outcome.ts';

/** A machine that was found in a name service, or was an address from the start. */
export interface ResolvedMachine {
  /** As it was asked for, without the port. */
  readonly host: string;
  readonly port: number;
  /** In the order in which they are tried; at least one. */
  readonly addresses: readonly string[];
}

/** The name service, as far as this step needs it; tests give their own. */
export type LookUp = (host: string) => Promise<readonly { readonly address: string }[]>;

const systemLookUp: LookUp = (host) => lookup(host, { all: true, order: 'ipv4first' });

/** Resolves `HOST`, `HOST:PORT` or `[IPv6]:PORT`. Rejects only with the signal's reason. */
export async function resolve(
  machine: string,
  limits: { readonly signal: AbortSignal; readonly timeout: number },
  look: LookUp = systemLookUp,
): Promise<StepOutcome<ResolvedMachine>> {
  const parsed = parseMachine(machine);
  if (!parsed.ok) {
    const raw: RawFailure = { kind: 'document', code: 'INVALID_NAME', message: parsed.why };
    return { ok: false, error: scanError('200', { raw, host: 'HOST' }) };
  }
  const { host, port } = parsed.value;
  if (isIP(host) !== 0) return { ok: true, value: { host, port, addresses: [host] } };
  try {
    const found = await withLimits(look(host), limits);
    const addresses = [...new Set(found.map(({ address }) => address))];
    if (addresses.length > 0) return { ok: true, value: { host, port, addresses } };
    const raw: RawFailure = { kind: 'socket', code: 'ENODATA', message: 'no address' };
    return { ok: false, error: errorOfFailure(1, raw, { host, port }) };
  } catch (error) {
    limits.signal.throwIfAborted();
    return { ok: false, error: errorOfFailure(1, failureOf(error, 'socket'), { host, port }) };
  }
}

/** The system's name lookup cannot be cancelled: it is left behind when time is over. */
async function withLimits<T>(
  work: Promise<T>,
  { signal, timeout }: { signal: AbortSignal; timeout: number },
): Promise<T> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  const ended = new Promise<never>((_, reject) => {
    const stop = () => {
      reject(Object.assign(new Error('the name service did not answer in time'), { code: 'ETIMEOUT' }));
    };
    if (either.aborted) stop();
    else either.addEventListener('abort', stop, { once: true });
  });
  work.catch(() => undefined);
  return Promise.race([work, ended]);
}
