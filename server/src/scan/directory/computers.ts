/** The computers of a place in a directory: which are there, and which the group wants. */
import { AndFilter, EqualityFilter, OrFilter, PresenceFilter } from 'ldapts';
import type { ComputerChoice } from '../groups/places.ts';
import { parseMachine } from '../machine-name.ts';
import type { DirectoryEntry } from './answer.ts';
import { DirectoryError } from './failure.ts';
import type { LdapSession } from './session.ts';

export interface Computer {
  readonly dn: string;
  /** Its DNS name, or its name in the domain; and what else may lead to it. */
  readonly names: readonly string[];
}

/** A computer that a group does not want. */
export interface LeftOut {
  readonly name: string;
  readonly why: string;
}

export interface FoundComputers {
  readonly computers: readonly Computer[];
  readonly leftOut: readonly LeftOut[];
  /** Parts of the tree that other servers have; never followed. */
  readonly references: readonly string[];
}

/** More than any directory that is scanned by hand; a server that goes on and on is stopped there. */
export const MOST_COMPUTERS = 200_000;

const ATTRIBUTES = ['name', 'dNSHostName', 'userAccountControl', 'lastLogonTimestamp', 'whenCreated'];
/** ACCOUNTDISABLE of userAccountControl ([MS-ADTS] 2.2.16). */
const DISABLED = 2;
/** Milliseconds from 1601 to 1970: a FILETIME counts tenths of microseconds from 1601. */
const FILETIME_EPOCH_MS = 11_644_473_600_000n;
const DAY_MS = 86_400_000;

export interface Wanted {
  readonly base: string;
  readonly domain: string;
  readonly choice: ComputerChoice;
  readonly now: Date;
  /** Told how many there are so far. */
  readonly tell?: ((found: number) => void) | undefined;
}

/** Adds what is found to `into`, page by page: what was found before a failure stays. Throws a DirectoryError. */
export async function findComputers(
  session: LdapSession,
  { base, domain, choice, now, tell }: Wanted,
  into: { computers: Computer[]; leftOut: LeftOut[]; references: string[] },
): Promise<void> {
  const filter = new EqualityFilter({ attribute: 'objectClass', value: 'computer' });
  let seen = 0;
  for await (const page of session.search({ base, scope: 'sub', filter, attributes: ATTRIBUTES })) {
    into.references.push(...page.references.filter(isWorthTelling));
    for (const entry of page.entries) {
      if (++seen > MOST_COMPUTERS)
        throw new DirectoryError({ kind: 'protocol', code: 'LDAP_TOO_MANY', message: `more than ${MOST_COMPUTERS}` });
      const names = namesOf(entry, domain);
      const why = names.length === 0 ? 'it has no name that can be asked for' : reasonAgainst(entry, choice, now);
      if (why === undefined) into.computers.push({ dn: entry.dn, names });
      else into.leftOut.push({ name: names[0] ?? entry.dn, why });
    }
    tell?.(seen);
  }
}

/** dNSHostName, then the name in the domain, then the name alone. What is no host name is none. */
function namesOf(entry: DirectoryEntry, domain: string): readonly string[] {
  const [dns] = entry.attributes.get('dnshostname') ?? [];
  const [name] = entry.attributes.get('name') ?? [];
  const names = [dns, name === undefined || name.includes('.') ? undefined : `${name}.${domain}`, name];
  const hosts = names.flatMap((text) => {
    const parsed = text === undefined ? undefined : parseMachine(text);
    // A port or an address would aim at something else than a machine of the domain.
    return parsed?.ok === true && parsed.value.host === text && !/^[\d.:]+$/.test(text) ? [text.toLowerCase()] : [];
  });
  return [...new Set(hosts)];
}

function reasonAgainst(entry: DirectoryEntry, choice: ComputerChoice, now: Date): string | undefined {
  const flags = Number(entry.attributes.get('useraccountcontrol')?.[0] ?? 0);
  if (choice.disabled !== true && (flags & DISABLED) !== 0) return 'its account is disabled';
  if (choice.staleDays === undefined) return undefined;
  const last = lastSeen(entry);
  if (last === undefined || now.getTime() - last.at.getTime() <= choice.staleDays * DAY_MS) return undefined;
  const day = last.at.toISOString().slice(0, 10);
  return last.loggedOn ? `it last logged on ${day}` : `it never logged on since ${day}`;
}

/** The last logon that the directory tells; without one, when the account was made. Neither: nothing is known of it. */
function lastSeen(entry: DirectoryEntry): { readonly at: Date; readonly loggedOn: boolean } | undefined {
  const [logon] = entry.attributes.get('lastlogontimestamp') ?? [];
  if (logon !== undefined && /^\d{1,19}$/.test(logon) && logon !== '0') {
    const at = new Date(Number(BigInt(logon) / 10_000n - FILETIME_EPOCH_MS));
    if (!Number.isNaN(at.getTime())) return { at, loggedOn: true };
  }
  // GeneralizedTime (RFC 4517 3.3.13): 20260113120000.0Z
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})\d{6}/.exec(entry.attributes.get('whencreated')?.[0] ?? '') ?? [];
  const made = new Date(`${year ?? ''}-${month ?? ''}-${day ?? ''}T00:00:00Z`);
  return Number.isNaN(made.getTime()) ? undefined : { at: made, loggedOn: false };
}

/** Every Active Directory names its own partitions; no computer lies in them. */
function isWorthTelling(uri: string): boolean {
  return !/\/(CN=Configuration|DC=DomainDnsZones|DC=ForestDnsZones),/i.test(uri);
}

/** From names to the distinguished name of a part: each name looked for below the one before. Throws a DirectoryError. */
export async function findPart(session: LdapSession, base: string, path: readonly string[]): Promise<string> {
  let dn = base;
  for (const part of path) {
    const equal = (attribute: string, value: string) => new EqualityFilter({ attribute, value });
    const called = new OrFilter({ filters: [equal('ou', part), equal('cn', part)] });
    const kind = new OrFilter({
      filters: ['organizationalUnit', 'container', 'domain'].map((each) => equal('objectClass', each)),
    });
    const found: string[] = [];
    const filter = new AndFilter({ filters: [called, kind] });
    for await (const page of session.search({ base: dn, scope: 'one', filter, attributes: ['objectClass'] }))
      found.push(...page.entries.map((entry) => entry.dn));
    const [next] = found;
    if (next === undefined) {
      const message = `below ${dn} there is no "${part}"`;
      throw new DirectoryError({ kind: 'ldap', code: 'LDAP_NO_SUCH_OBJECT', number: 32, message });
    }
    dn = next;
  }
  return dn;
}

/** Throws a DirectoryError where there is no entry of that name. */
export async function requireEntry(session: LdapSession, dn: string): Promise<void> {
  const filter = new PresenceFilter({ attribute: 'objectClass' });
  // The directory itself says that it has none.
  for await (const _page of session.search({ base: dn, scope: 'base', filter, attributes: ['objectClass'] })) return;
}
