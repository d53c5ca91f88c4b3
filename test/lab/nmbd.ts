/** A real NetBIOS name service (Samba's nmbd) that answers for one name on one loopback address, on a port of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { askNames } from '../../server/src/wire/netbios/name-service.ts';
import { labBase } from './keeper.ts';

export interface LabNameService {
  readonly address: string;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

export interface NameServiceOptions {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** A name server (WINS): it says no to names that nobody has registered. */
  readonly wins?: boolean;
}

function confOf(folder: string, { name, address, wins = false }: NameServiceOptions): string {
  const folders = {
    'lock directory': 'lock',
    'state directory': 'state',
    'cache directory': 'cache',
    'pid directory': 'pid',
  };
  return [
    '[global]',
    `netbios name = ${name.toUpperCase()}`,
    'workgroup = LAB',
    'server role = standalone server',
    `interfaces = ${address}/8`,
    'bind interfaces only = yes',
    `wins support = ${wins ? 'yes' : 'no'}`,
    'local master = no',
    'dns proxy = no',
    `private dir = ${path.join(folder, 'private')}`,
    `ncalrpc dir = ${path.join(folder, 'nc')}`,
    ...Object.entries(folders).map(([option, below]) => `${option} = ${path.join(folder, below)}`),
    '',
  ].join('\n');
}

/** Starts it; resolves once it answers for its name. */
export async function startNmbd(options: NameServiceOptions): Promise<LabNameService> {
  const folder = mkdtempSync(path.join(labBase(), 'plnb-'));
  for (const name of ['private', 'lock', 'state', 'cache', 'pid', 'nc', 'log']) mkdirSync(path.join(folder, name));
  const conf = path.join(folder, 'smb.conf');
  writeFileSync(conf, confOf(folder, options));
  const args = [
    '--foreground',
    '--no-process-group',
    '-s',
    conf,
    '-l',
    path.join(folder, 'log'),
    '-p',
    String(options.port),
  ];
  const child = spawn('nmbd', args, {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin` },
  });
  const gone = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill();
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  const { address, port } = options;
  const { signal } = new AbortController();
  for (let tries = 0; tries < 40 && child.exitCode === null; tries++) {
    const names = await askNames({ address, port }, { signal, attemptMs: 50 });
    if (names?.some(({ suffix }) => suffix === 0x20) === true) return { address, port, stop };
    await sleep(25);
  }
  await stop();
  throw new Error(`nmbd does not answer for ${options.name} on ${address}:${port}`);
}
