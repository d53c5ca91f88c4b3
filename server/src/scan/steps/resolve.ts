/** Step 1: from the machine that was named to the addresses it may be found at: DNS, then the NetBIOS name service. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isNetbiosName } from '../../wire/netbios/name.ts';
import { findByName, localBroadcasts, type NameAnswer, type NameServer } from '../../wire/netbios/name-service.ts';
import { errorOfFailure } from '../error-causes.ts';
import { scanError } from '../errors.ts';
import { failureOf, type RawFailure } from '../failure.ts';
import { parseMachine, type MachineAddress } from '../machine-name.ts';
import type { StepOutcome } from './outcome.ts';

/**
 * How a machine was found: it was an address from the start, was one of a range, or a name service knew it: this computer's
 * DNS, the DNS servers that a workspace names for a domain, or NetBIOS.
 */
export type FoundBy = 'address' | 'range' | 'dns' | 'domain-dns' | 'netbios';

/** A machine that was found in a name service, or was an address from the start. */
export interface ResolvedMachine extends MachineAddress {
  /** In the order in which they are tried; at least one. */
  readonly addresses: readonly string[];
  readonly foundBy: FoundBy;
}

/** The system's name service, or a domain's own; tests give their own. */
export type LookUp = (
  host: string,
) => Promise<readonly { readonly address: string; readonly foundBy?: 'domain-dns' }[]>;

/** Asks the NetBIOS name service; tests give their own. */
export type NetbiosLookUp = (host: string, signal: AbortSignal) => Promise<NameAnswer>;

export interface NameServices {
  readonly look?: LookUp;
  readonly netbios?: NetbiosLookUp;
}

/** The system's name service. */
export const systemLookUp: LookUp = (host) => lookup(host, { all: true, order: 'ipv4first' });

/** Asks the given NetBIOS name servers, and this computer's own networks. */
export function netbiosLookUp(servers: readonly NameServer[] = []): NetbiosLookUp {
  return (host, signal) => findByName(host, [...servers, ...localBroadcasts()], { signal });
}

export interface ResolveLimits {
  readonly signal: AbortSignal;
  /** Milliseconds for the system's name service. */
  readonly timeout: number;
}

/** Resolves `HOST`, `HOST:PORT` or `[IPv6]:PORT`. Rejects only with the signal's reason. */
export async function resolve(
  machine: string,
  limits: ResolveLimits,
  { look = systemLookUp, netbios = netbiosLookUp() }: NameServices = {},
): Promise<StepOutcome<ResolvedMachine>> {
  const parsed = parseMachine(machine);
  if (!parsed.ok) {
    const raw: RawFailure = { kind: 'document', code: 'INVALID_NAME', message: parsed.why };
    return { ok: false, error: scanError('200', { raw, host: 'HOST' }) };
  }
  const at = parsed.value;
  if (isIP(at.host) !== 0) return { ok: true, value: { ...at, addresses: [at.host], foundBy: 'address' } };
  const found = await byDns(at.host, limits, look);
  if (found.addresses) return { ok: true, value: { ...at, addresses: found.addresses, foundBy: found.foundBy } };
  return byNetbios(at, found.failure, { limits, netbios });
}

async function byDns(
  host: string,
  limits: ResolveLimits,
  look: LookUp,
): Promise<
  | { readonly addresses: readonly string[]; readonly foundBy: FoundBy }
  | { readonly addresses?: undefined; readonly failure: RawFailure }
> {
  try {
    const found = await withLimits(look(host), limits);
    const addresses = [...new Set(found.map(({ address }) => address))];
    if (addresses.length > 0) return { addresses, foundBy: found[0]?.foundBy ?? 'dns' };
    return { failure: { kind: 'socket', code: 'ENODATA', message: 'no address' } };
  } catch (error) {
    limits.signal.throwIfAborted();
    return { failure: failureOf(error, 'socket') };
  }
}

/** Where DNS has no answer; the failure of DNS stays the one that is told, unless NetBIOS contradicts itself. */
async function byNetbios(
  at: MachineAddress,
  dns: RawFailure,
  { limits, netbios }: { readonly limits: ResolveLimits; readonly netbios: NetbiosLookUp },
): Promise<StepOutcome<ResolvedMachine>> {
  const answer: NameAnswer = isNetbiosName(at.host) ? await netbios(at.host, limits.signal) : { kind: 'silent' };
  if (answer.kind === 'found') return { ok: true, value: { ...at, addresses: answer.addresses, foundBy: 'netbios' } };
  if (answer.kind !== 'conflict') return { ok: false, error: errorOfFailure(1, dns, at) };
  const message = `DNS: ${dns.code}; NetBIOS: ${answer.claims.join(' against ')}`;
  return {
    ok: false,
    error: errorOfFailure(1, { kind: 'protocol', code: 'NETBIOS_CONFLICT', message }, at),
  };
}

/** The system's name lookup cannot be cancelled: it is left behind when time is over. */
async function withLimits<T>(work: Promise<T>, { signal, timeout }: ResolveLimits): Promise<T> {
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
