/** A domain's own DNS servers: asked for the names of the domain and for its controllers, instead of this computer's. */
import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { systemLookUp, type LookUp } from '../steps/resolve.ts';
import type { Directories, Directory } from './directory.ts';

/** For each of two tries, milliseconds. */
const TRY_MS = 2000;
/** So many names in a row without an answer, and the servers count as silent: a domain has thousands of names. */
const MOST_SILENT = 8;

interface Domain {
  readonly domain: string;
  readonly resolver: Resolver;
  silent: number;
}

/** Looks names up where they belong: those of a domain with DNS servers of its own there, all others with the system. */
export class DomainNames {
  readonly #domains: readonly Domain[];
  readonly #otherwise: LookUp;

  constructor(directories: Directories, otherwise: LookUp = systemLookUp) {
    this.#otherwise = otherwise;
    this.#domains = [...directories.values()]
      .filter(({ dns }) => dns.length > 0)
      .map(({ domain, dns }) => {
        const resolver = new Resolver({ timeout: TRY_MS, tries: 2 });
        resolver.setServers(dns);
        return { domain, resolver, silent: 0 };
      })
      // The nearest domain first: emea.lab.example before lab.example.
      .sort((one, other) => other.domain.length - one.domain.length);
  }

  readonly look: LookUp = async (host) => {
    const name = host.toLowerCase().replace(/\.$/, '');
    const domain = this.#domains.find((each) => name === each.domain || name.endsWith(`.${each.domain}`));
    return domain ? await lookIn(domain, name) : await this.#otherwise(host);
  };

  /** The domain controllers, nearest first as DNS has them ([MS-ADTS] 6.3.2.3); empty where there are none. */
  async controllersOf({ domain, dns }: Directory): Promise<readonly string[]> {
    const own = dns.length > 0 ? this.#domains.find((each) => each.domain === domain) : undefined;
    const resolver = own?.resolver ?? new Resolver({ timeout: TRY_MS, tries: 2 });
    const records = await resolver.resolveSrv(`_ldap._tcp.dc._msdcs.${domain}`);
    return (
      records
        .toSorted((one, other) => one.priority - other.priority || other.weight - one.weight)
        .map(({ name }) => name.toLowerCase())
        // Whoever answers may lie: only a host of the domain can be its controller.
        .filter((name) => name.endsWith(`.${domain}`) && isIP(name) === 0)
    );
  }

  /** Ends every question that is still open. */
  cancel(): void {
    for (const { resolver } of this.#domains) resolver.cancel();
  }
}

async function lookIn(domain: Domain, name: string): Promise<Awaited<ReturnType<LookUp>>> {
  if (domain.silent >= MOST_SILENT) throw coded('ETIMEOUT', `the DNS servers of ${domain.domain} do not answer`);
  const [four, six] = await Promise.allSettled([domain.resolver.resolve4(name), domain.resolver.resolve6(name)]);
  const addresses = [four, six].flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
  if (addresses.length > 0) {
    domain.silent = 0;
    return addresses.map((address) => ({ address, foundBy: 'domain-dns' }));
  }
  const reason: unknown = four.status === 'rejected' ? four.reason : undefined;
  if (codeOf(reason) === 'ETIMEOUT') domain.silent++;
  else domain.silent = 0;
  throw reason instanceof Error ? reason : coded('ENODATA', 'no address');
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

const coded = (code: string, message: string): Error => Object.assign(new Error(message), { code });
