/**
 * A real domain: Samba as Active Directory domain controller on a loopback address, with its LDAP, DNS and certificate. It is
 * made anew for each run (some seconds) and ends when the process that started it does. Needs root: DNS is on port 53.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { connect as connectTls } from 'node:tls';
import { Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeAuthority, makeCertificate, type LabCertificate } from './certificates.ts';
import { findFreeAddress } from './free-address.ts';
import { FOLDER_PREFIX, labBase, stopKeeper } from './keeper.ts';
import { nativeParts } from './native.ts';
import { runOrThrow } from './run-program.ts';

export const REALM = 'ad.lab.example';
/** Made up, like everything here. */
export const DOMAIN_ADMIN = { user: `Administrator@${REALM}`, password: 'fake-Adm1n-Passw0rd!' };

export interface DomainOptions {
  /** LDIF of what the domain has besides, below `base`. */
  readonly entries: (base: string) => string;
}

export interface LabDomain {
  readonly address: string;
  readonly base: string;
  readonly authority: LabCertificate;
  /** Runs samba-tool on it. */
  readonly tool: (...args: readonly string[]) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Makes and starts it; resolves once LDAPS and DNS answer. */
export async function startDomain({ entries }: DomainOptions): Promise<LabDomain> {
  const address = await findFreeAddress(636);
  const folder = mkdtempSync(path.join(labBase(), FOLDER_PREFIX));
  mkdirSync(path.join(folder, 'log'));
  await runOrThrow(
    'samba-tool',
    [
      ...['domain', 'provision', '-s', '/dev/null', `--realm=${REALM}`, '--domain=LABAD', '--server-role=dc'],
      ...['--dns-backend=SAMBA_INTERNAL', `--adminpass=${DOMAIN_ADMIN.password}`, '--host-name=DC1'],
      ...[`--host-ip=${address}`, `--targetdir=${folder}`, `--option=interfaces=${address}/8`],
      ...['--option=bind interfaces only=yes', '--option=dns forwarder='],
    ],
    { deadline: 120_000 },
  );
  const conf = path.join(folder, 'smb.conf');
  const authority = await makeAuthority(folder);
  const certificate = await makeCertificate(folder, authority, { name: 'dc1', names: [`DNS:dc1.${REALM}`] });
  const written = readFileSync(path.join(folder, 'etc', 'smb.conf'), 'utf8');
  const more = [
    'server services = ldap, cldap, kdc, dns, rpc, nbt',
    'tls enabled = yes',
    `tls certfile = ${certificate.certificate}`,
    `tls keyfile = ${certificate.key}`,
    `tls cafile = ${authority.certificate}`,
    'nbt port = 0',
  ];
  writeFileSync(conf, written.replace('[global]', `[global]\n\t${more.join('\n\t')}`));
  const base = REALM.split('.')
    .map((label) => `DC=${label}`)
    .join(',');
  const ldif = path.join(folder, 'entries.ldif');
  writeFileSync(ldif, entries(base));
  await runOrThrow('ldbadd', ['-H', path.join(folder, 'private', 'sam.ldb'), '--configfile=' + conf, ldif]);

  const native = await nativeParts();
  const command = ['samba', '--foreground', '--no-process-group', '-s', conf, '-M', 'prefork'];
  const child = spawn(native.keeper, ['--until-eof', folder, ...command], {
    ...{ detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
    env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/usr/bin` },
  });
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  const stop = () => stopKeeper(folder);
  for (let tries = 0; tries < 400 && child.exitCode === null; tries++) {
    if (await answers(address)) {
      const tool = (...args: readonly string[]) => runOrThrow('samba-tool', [...args, '-s', conf]);
      return { address, base, authority, tool, stop };
    }
    await sleep(50);
  }
  await stop();
  throw new Error(`the domain controller does not answer on ${address}`);
}

/** Whether LDAPS shakes hands: then the domain controller is there. */
function answers(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTls({ host, port: 636, rejectUnauthorized: false });
    socket.setTimeout(1000, () => socket.destroy());
    socket.once('secureConnect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
    socket.once('close', () => {
      resolve(false);
    });
  });
}
