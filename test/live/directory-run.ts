/** A directory of 1,200 computers behind a limit of 1,000, the DNS of its domain, and workspaces that ask them. */
import { afterAll, beforeAll } from 'vitest';
import { DOMAIN, READER, startDirectory, type LabComputer, type LabDirectory } from '../lab/directory.ts';
import { startDns, type DnsAnswer, type LabDns } from '../lab/dns-server.ts';
import { makeWorkspace, resolveIn, type Workspace } from './workspace.ts';

export const COUNT = 1200;
/** What a name may hold, and what a filter or a distinguished name would trip over. */
export const ODD = 'Smith, (Bob) * #1 + \\ "x" <ü>';
export const ODD_RDN = `ou=${ODD.replace(/[,+"\\<>]/g, '\\$&')}`;
const LIMITS = 'limits users size.soft=1000 size.hard=1000 size.pr=1000 size.prtotal=unlimited';

export const computers: readonly LabComputer[] = [
  ...Array.from({ length: COUNT }, (_, at) => ({ name: `WS${at + 1}` })),
  { name: 'OFF', parent: 'ou=Berlin', disabled: true },
  { name: 'OLD', parent: 'ou=Berlin', lastLogon: 200 },
  { name: 'NEVER', parent: 'ou=Berlin', lastLogon: null, created: 300 },
  { name: 'NEW', parent: 'ou=Berlin', lastLogon: null, created: 2 },
  { name: 'FRESH', parent: 'ou=Berlin', lastLogon: 10 },
  { name: 'BARE', parent: 'ou=Inner,ou=Berlin', dnsHostName: null },
  { name: 'MOVED', parent: 'ou=Inner,ou=Berlin', dnsHostName: `gone.${DOMAIN}` },
  { name: 'ODD1', parent: ODD_RDN },
  // What would aim elsewhere, or is no name.
  { name: 'AIMED', parent: ODD_RDN, dnsHostName: '10.9.8.7' },
  { name: 'PORT', parent: ODD_RDN, dnsHostName: 'elsewhere.example:4450' },
];

/** 127.200.x.y for wsN, and one for everybody else that is there. */
export function addressOf(name: string): DnsAnswer {
  const [host = '', ...rest] = name.split('.');
  if (rest.join('.') !== DOMAIN || host === 'gone') return 'nxdomain';
  const number = Number(
    /^ws(\d+)$/.exec(host)?.[1] ?? 60_000 + computers.findIndex((one) => one.name.toLowerCase() === host),
  );
  return [`127.200.${number >> 8}.${number & 255}`];
}

let lab: LabDirectory;
let dns: LabDns;

/** Starts both for the tests of a file; gives the directory. */
export function withDirectory(): () => LabDirectory {
  beforeAll(async () => {
    dns = await startDns({ address: addressOf });
    lab = await startDirectory({ computers, units: ['ou=Berlin', 'ou=Inner,ou=Berlin', ODD_RDN], database: [LIMITS] });
  });
  afterAll(async () => {
    await lab.stop();
    await dns.stop();
  });
  return () => lab;
}

export const workspace = (config: object, password = READER.password): Promise<Workspace> =>
  makeWorkspace(config, { files: { 'ca.pem': lab.authority.pem }, env: { PATCHLAB_PASSWORD: password } });

export const secure = () => ({
  domain: DOMAIN,
  servers: [`${lab.address}:${lab.securePort}`],
  ca: 'ca.pem',
  dns: [dns.target],
});
export const ALLOW = ['--allow-directory', 'lab', '--user', READER.user];

export const resolve = async (config: object, args: readonly string[] = ALLOW, password = READER.password) =>
  await resolveIn(await workspace(config, password), args);

/** A group with one place of one directory; the directory is `lab` but for what is told. */
export const place = (group: object, directory: object = {}) => ({
  directories: { lab: { ...secure(), ...directory } },
  groups: { g: group },
});

/** What slapd noted since then: `BIND dn=…`, `SRCH base=…`. */
export function notes(directory: LabDirectory): () => readonly string[] {
  const before = directory.log().length;
  return () => directory.log().slice(before).split('\n');
}

export const count = (lines: readonly string[], what: string): number =>
  lines.filter((line) => line.includes(what)).length;
