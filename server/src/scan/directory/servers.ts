/** Where a directory's servers are: those that patchlab.json names, else the domain controllers that DNS tells. */
import { isIP } from 'node:net';
import { failureOf } from '../failure.ts';
import type { Directory } from './directory.ts';
import type { DomainNames } from './dns.ts';
import { DirectoryError } from './failure.ts';
import type { DirectoryServer } from './socket.ts';

const LDAP_PORT = 389;
const LDAPS_PORT = 636;
/** A domain has many controllers; three that do not answer are enough. */
const MOST_TRIED = 3;

/** The servers to be asked, in their order. Throws a DirectoryError where there is none. */
export async function serversOf(directory: Directory, names: DomainNames): Promise<readonly DirectoryServer[]> {
  const usual = directory.security === 'ldaps' ? LDAPS_PORT : LDAP_PORT;
  const named = directory.servers.map(({ host, port = usual }) => ({ host, port }));
  const wanted = named.length > 0 ? named : await controllers(directory, names, usual);
  const found: DirectoryServer[] = [];
  let last: DirectoryError | undefined;
  for (const { host, port } of wanted) {
    try {
      const addresses = isIP(host) === 0 ? await names.look(host) : [{ address: host }];
      const [first] = addresses;
      if (first) found.push({ host, port, address: first.address });
    } catch (error) {
      last = new DirectoryError(failureOf(error, 'socket'));
    }
  }
  if (found.length > 0) return found;
  throw last ?? nobody(directory);
}

async function controllers(directory: Directory, names: DomainNames, port: number) {
  let hosts: readonly string[];
  try {
    hosts = await names.controllersOf(directory);
  } catch (error) {
    throw new DirectoryError(failureOf(error, 'socket'));
  }
  if (hosts.length === 0) throw nobody(directory);
  return hosts.slice(0, MOST_TRIED).map((host) => ({ host, port }));
}

const nobody = ({ domain }: Directory) =>
  new DirectoryError({ kind: 'socket', code: 'ENODATA', message: `no domain controller of ${domain}` });
