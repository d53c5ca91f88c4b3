/** The text of a lab machine's smb.conf. */
import path from 'node:path';
import type { SmbOptions } from './spec.ts';

/** What smb.conf is written from. */
export interface SmbConfOptions {
  readonly folder: string;
  /** The letter of the machine's drive. */
  readonly letter: string;
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** The unix account behind Administrator: the only one that may use the shares. */
  readonly account: string;
  readonly services: readonly string[];
  readonly shares: { readonly c: boolean; readonly admin: boolean };
  readonly smb: SmbOptions;
}

const ENCRYPTION = { required: 'required', desired: 'desired', off: 'off' } as const;

function speaking(smb: SmbOptions): string[] {
  return [
    `server min protocol = ${smb.minProtocol ?? 'SMB2_02'}`,
    ...(smb.maxProtocol ? [`server max protocol = ${smb.maxProtocol}`] : []),
    ...(smb.signing ? [`server signing = ${smb.signing}`] : []),
    ...(smb.encryption ? [`server smb encrypt = ${ENCRYPTION[smb.encryption]}`] : []),
    ...(smb.ciphers ? [`server smb3 encryption algorithms = ${smb.ciphers.join(' ')}`] : []),
    ...(smb.signingAlgorithms ? [`server smb3 signing algorithms = ${smb.signingAlgorithms.join(' ')}`] : []),
    ...(smb.lines ?? []),
  ];
}

function share(name: string, folder: string, account: string): string[] {
  return [`[${name}]`, `path = ${folder}`, 'read only = no', `valid users = ${account}`];
}

/** A standalone server that listens on its own loopback address and keeps every file of its own below its folder. */
export function smbConf(options: SmbConfOptions): string {
  const below = (...parts: string[]) => path.join(options.folder, ...parts);
  const drive = below('C');
  const lines = [
    '[global]',
    `netbios name = ${options.name.toUpperCase()}`,
    'workgroup = LAB',
    'server role = standalone server',
    `interfaces = ${options.address}/8`,
    'bind interfaces only = yes',
    `smb ports = ${options.port}`,
    `private dir = ${below('private')}`,
    `lock directory = ${below('lock')}`,
    `state directory = ${below('state')}`,
    `cache directory = ${below('cache')}`,
    `pid directory = ${below('pid')}`,
    `ncalrpc dir = ${below('nc')}`,
    `passdb backend = tdbsam:${below('private', 'passdb.tdb')}`,
    `username map = ${below('users.map')}`,
    `log file = ${below('log', 'log.%m')}`,
    'max log size = 1000',
    'obey pam restrictions = no',
    'map to guest = never',
    'load printers = no',
    'printcap name = /dev/null',
    'disable spoolss = yes',
    'wide links = no',
    'unix extensions = no',
    `admin users = ${options.account}`,
    // Shares that clients add, and that they remove again.
    'registry shares = yes',
    `add share command = ${below('add-share')}`,
    `delete share command = ${below('delete-share')}`,
    `svcctl list = ${options.services.join(' ')}`,
    ...speaking(options.smb),
    ...(options.shares.c ? share(`${options.letter}$`, drive, options.account) : []),
    ...(options.shares.admin ? share('ADMIN$', path.join(drive, 'Windows'), options.account) : []),
  ];
  return `${lines.join('\n')}\n`;
}
