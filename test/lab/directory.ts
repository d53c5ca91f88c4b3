/**
 * A directory with the computers of a domain: Debian's slapd on a loopback address, with the few classes and attributes of
 * Active Directory that Patchlab reads. It ends when the process that started it does.
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import net, { Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreeAddress } from './free-address.ts';
import { FOLDER_PREFIX, labBase, stopKeeper } from './keeper.ts';
import { makeAuthority, makeCertificate, type LabCertificate } from './certificates.ts';
import { nativeParts } from './native.ts';
import { runOrThrow } from './run-program.ts';

export const DOMAIN = 'lab.example';
export const BASE = 'dc=lab,dc=example';
/** Made up, like everything here. */
export const READER = { user: `cn=reader,${BASE}`, password: 'fake-Reader-Passw0rd!' };

/** An entry below the base: `cn=WS1,ou=Berlin`. */
export interface LabComputer {
  readonly name: string;
  /** Below the base; `ou=Workstations` unless told. Written as LDIF wants a distinguished name. */
  readonly parent?: string;
  readonly dnsHostName?: string | null;
  readonly disabled?: boolean;
  /** Days ago; null: never. */
  readonly lastLogon?: number | null;
  /** Days ago. */
  readonly created?: number;
}

export interface DirectoryOptions {
  readonly computers: readonly LabComputer[];
  /** Organizational units below the base, outer ones first, each as `ou=Berlin,ou=Workstations`. */
  readonly units?: readonly string[];
  /** Lines of slapd.conf before the database, and in it. */
  readonly global?: readonly string[];
  readonly database?: readonly string[];
  readonly certificate?: 'good' | 'expired' | 'other name';
  /** Further LDIF. */
  readonly more?: string;
}

export interface LabDirectory {
  readonly address: string;
  /** Of `ldap://` and StartTLS; of `ldaps://`. */
  readonly port: number;
  readonly securePort: number;
  /** The certificate of the authority that signed the server's. */
  readonly authority: LabCertificate;
  readonly folder: string;
  /** slapd's own log: what it was asked. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** The attributes and classes of Active Directory, by their own numbers ([MS-ADA1], [MS-ADA3], [MS-ADSC]). */
const SCHEMA = `attributetype ( 1.2.840.113556.1.4.619 NAME 'dNSHostName' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.1696 NAME 'lastLogonTimestamp' EQUALITY integerMatch ORDERING integerOrderingMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.2.2 NAME 'whenCreated' EQUALITY generalizedTimeMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.24 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.3.30 NAME 'computer' SUP top STRUCTURAL MUST cn
  MAY ( name $ dNSHostName $ userAccountControl $ lastLogonTimestamp $ whenCreated $ description ) )
objectclass ( 1.2.840.113556.1.3.23 NAME 'container' SUP top STRUCTURAL MUST cn )
`;

function confOf(folder: string, certificate: LabCertificate, authority: LabCertificate, options: DirectoryOptions) {
  return [
    'include /etc/ldap/schema/core.schema',
    `include ${path.join(folder, 'ad.schema')}`,
    'modulepath /usr/lib/ldap',
    'moduleload back_mdb',
    `pidfile ${path.join(folder, 'slapd.pid')}`,
    `argsfile ${path.join(folder, 'slapd.args')}`,
    `TLSCACertificateFile ${authority.certificate}`,
    `TLSCertificateFile ${certificate.certificate}`,
    `TLSCertificateKeyFile ${certificate.key}`,
    'loglevel stats',
    ...(options.global ?? []),
    'database mdb',
    'maxsize 67108864',
    `suffix "${BASE}"`,
    `directory ${path.join(folder, 'db')}`,
    'index objectClass eq',
    'access to attrs=userPassword by anonymous auth',
    'access to * by users read',
    ...(options.database ?? []),
    '',
  ].join('\n');
}

/** Starts it; resolves once it answers. */
export async function startDirectory(options: DirectoryOptions): Promise<LabDirectory> {
  const folder = mkdtempSync(path.join(labBase(), FOLDER_PREFIX));
  for (const name of ['db', 'log']) mkdirSync(path.join(folder, name));
  const port = randomInt(20_000, 30_000);
  const securePort = port + 1;
  const address = await findFreeAddress(port);
  const authority = await makeAuthority(folder);
  const kind = options.certificate ?? 'good';
  const certificate = await makeCertificate(folder, authority, {
    name: 'dc1',
    names: kind === 'other name' ? ['DNS:elsewhere.example'] : [`DNS:dc1.${DOMAIN}`, 'DNS:localhost', `IP:${address}`],
    expired: kind === 'expired',
  });
  const conf = path.join(folder, 'slapd.conf');
  writeFileSync(path.join(folder, 'ad.schema'), SCHEMA);
  writeFileSync(conf, confOf(folder, certificate, authority, options));
  chmodSync(certificate.key, 0o600);
  const ldif = path.join(folder, 'entries.ldif');
  writeFileSync(ldif, ldifOf(options));
  await runOrThrow('slapadd', ['-q', '-f', conf, '-l', ldif], { env: withSbin() });

  const native = await nativeParts();
  const urls = `ldap://${address}:${port}/ ldaps://${address}:${securePort}/`;
  const logFile = path.join(folder, 'log', 'slapd.log');
  // `-d` keeps it in the foreground and writes what it is asked to standard error.
  const command = `exec slapd -d stats -f "$1" -h "$2" 2> "$3"`;
  const child = spawn(native.keeper, ['--until-eof', folder, 'sh', '-c', command, 'slapd', conf, urls, logFile], {
    ...{ detached: true, stdio: ['pipe', 'ignore', 'ignore'], env: { ...process.env, ...withSbin() } },
  });
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  const stop = () => stopKeeper(folder);
  for (let tries = 0; tries < 200 && child.exitCode === null; tries++) {
    if (await listens(address, securePort)) {
      const log = () => readFileSync(logFile, 'utf8');
      return { ...{ address, port, securePort, authority, folder, log, stop } };
    }
    await sleep(20);
  }
  await stop();
  throw new Error(`slapd does not listen on ${urls}`);
}

const withSbin = () => ({ PATH: `${process.env.PATH ?? ''}:/usr/sbin` });

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

const DAY_MS = 86_400_000;

function ldifOf({ computers, units = [], more = '' }: DirectoryOptions): string {
  const records = [
    `dn: ${BASE}\nobjectClass: dcObject\nobjectClass: organization\no: Lab\ndc: lab`,
    `dn: ${READER.user}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: reader\nuserPassword: ${READER.password}`,
    ...['ou=Workstations', ...units].map((unit) => `dn: ${unit},${BASE}\nobjectClass: organizationalUnit`),
    ...computers.map(entryOf),
  ];
  return `${records.join('\n\n')}\n\n${more}`;
}

function entryOf(computer: LabComputer): string {
  const { name, parent = 'ou=Workstations', dnsHostName = `${name.toLowerCase()}.${DOMAIN}` } = computer;
  const { disabled = false, lastLogon = 1, created = 400 } = computer;
  const ago = (days: number) => Date.now() - days * DAY_MS;
  // WORKSTATION_TRUST_ACCOUNT, and ACCOUNTDISABLE ([MS-ADTS] 2.2.16).
  const flags = 0x1000 + (disabled ? 2 : 0);
  return [
    `dn: cn=${name},${parent},${BASE}`,
    'objectClass: computer',
    `name: ${name}`,
    ...(dnsHostName === null ? [] : [`dNSHostName: ${dnsHostName}`]),
    `userAccountControl: ${flags}`,
    ...(lastLogon === null ? [] : [`lastLogonTimestamp: ${BigInt(ago(lastLogon) + 11_644_473_600_000) * 10_000n}`]),
    `whenCreated: ${new Date(ago(created)).toISOString().slice(0, 19).replace(/[-:T]/g, '')}.0Z`,
  ].join('\n');
}
