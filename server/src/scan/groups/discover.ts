/** Who answers in some ranges, and who of them is in no group and no directory. No credential is near, and nothing is sent but questions for names. */
import { isIPv4 } from 'node:net';
import type { NodeName } from '../../wire/netbios/name-packets.ts';
import { SUFFIX } from '../../wire/netbios/name.ts';
import { askNames, NAME_SERVICE_PORT } from '../../wire/netbios/name-service.ts';
import { canonicalAddress } from './addresses.ts';
import type { Member } from './expand.ts';
import { inParallel } from './in-parallel.ts';
import { knock, SESSION_PORT } from './knock.ts';
import type { LocatedMachine } from './locate.ts';

/** One address that answers. */
export interface DiscoveredMachine {
  readonly address: string;
  /** Ports that take connections; 137 where the NetBIOS name service answers. */
  readonly ports: readonly number[];
  /** What it calls itself over NetBIOS: anyone can say so. */
  readonly name: string | null;
  readonly workgroup: string | null;
  /** Where it is asked for already; empty where it is in no group and no directory. */
  readonly knownFrom: readonly string[];
}

export interface Discovery {
  readonly machines: readonly DiscoveredMachine[];
  /** How many addresses were asked. */
  readonly asked: number;
}

export interface DiscoverOptions {
  /** Machines of groups and directories, which are known. */
  readonly known: readonly Pick<LocatedMachine, 'addresses' | 'origins'>[];
  readonly signal: AbortSignal;
  readonly tell?: (message: string) => void;
}

const AT_ONCE = 128;

/** Asks every address once, so many at a time. Rejects only with the signal's reason. */
export async function discover(members: Iterable<Member>, options: DiscoverOptions): Promise<Discovery> {
  const { signal, tell } = options;
  const known = new Map<string, string[]>();
  for (const { addresses, origins } of options.known)
    for (const address of addresses.map(canonicalAddress))
      known.set(address, [...(known.get(address) ?? []), ...origins]);
  const places = new Map<string, Set<number>>();
  for (const { host, port } of members) places.set(host, (places.get(host) ?? new Set()).add(port));
  let done = 0;
  const found = await inParallel([...places], { width: AT_ONCE, signal }, async ([address, ports]) => {
    const answer = await probe(address, [...ports], signal);
    if (++done % 16 === 0) tell?.(`${done} of ${places.size} addresses asked`);
    return answer && { ...answer, knownFrom: [...new Set(known.get(canonicalAddress(address)) ?? [])] };
  });
  return { machines: found.filter((each) => each !== undefined), asked: places.size };
}

async function probe(
  address: string,
  ports: readonly number[],
  signal: AbortSignal,
): Promise<Omit<DiscoveredMachine, 'knownFrom'> | undefined> {
  const all = [...new Set([...ports, SESSION_PORT])];
  const [names, ...knocks] = await Promise.all([
    isIPv4(address) ? askNames({ address, port: NAME_SERVICE_PORT }, { signal }) : undefined,
    ...all.map((port) => knock({ host: address, port }, signal)),
  ]);
  const open = all.filter((_, at) => knocks[at] === 'open');
  if (open.length === 0 && names === undefined) return undefined;
  return { address, ports: names ? [...open, NAME_SERVICE_PORT] : open, ...calledBy(names ?? []) };
}

/** Its own name is that of its file server, else of its workstation; a group of the workstation kind is its workgroup or domain. */
function calledBy(names: readonly NodeName[]): { readonly name: string | null; readonly workgroup: string | null } {
  const own = (suffix: number) => names.find((each) => !each.group && each.suffix === suffix)?.name;
  const workgroup = names.find(({ group, suffix }) => group && suffix === 0)?.name;
  return { name: own(SUFFIX.SERVER) ?? own(0) ?? null, workgroup: workgroup ?? null };
}
