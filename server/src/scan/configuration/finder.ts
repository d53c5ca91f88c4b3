/** Where the machines of a configuration are looked up: the domain's DNS servers, this computer's, NetBIOS. */
import type { DomainNames } from '../directory/dns.ts';
import type { LocateOptions } from '../groups/locate.ts';
import { netbiosLookUp, resolve } from '../steps/resolve.ts';
import type { Configuration } from './configuration.ts';

const LOOK_UP_MS = 15_000;

/** Looks machines up as a scan does, one at a time. */
export function finderFor(
  configuration: Configuration,
  { look }: DomainNames,
  signal: AbortSignal,
): LocateOptions['find'] {
  const netbios = netbiosLookUp(configuration.netbiosServers);
  const nowhere = () => Promise.reject(Object.assign(new Error('not asked'), { code: 'ENOTFOUND' }));
  return (machine, only) => resolve(machine, { signal, timeout: LOOK_UP_MS }, { netbios, look: only ? nowhere : look });
}
