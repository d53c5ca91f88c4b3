/**
 * Lab machines: real SMB servers on loopback addresses that look like Windows, for tests, benchmarks and `npm run lab`.
 *
 *   import { startMachine, LAB_PASSWORD, ADMINISTRATOR } from '../lab/lab.ts';
 *   import { ws01 } from '../lab/machines/ws01.ts';
 *
 *   const machine = await startMachine(ws01);                  // or any MachineSpec: { name: 'T1', registry: {…}, files: {…} }
 *   machine.address, machine.port, machine.user, machine.password
 *   await machine.setRegistryValue('HKLM\\SOFTWARE\\X', 'Name', 'text');   // while it runs; see LabMachine for the rest
 *   machine.writeFile('C:\\Windows\\x.dll', { pe: { fileVersion: '1.2.3.4' } });
 *   machine.setServiceState('Spooler', 'stopped');
 *   await machine.sessions();                                  // dialect, signing, cipher: the server's side of it
 *   await machine.stop();
 *
 * A machine ends by itself when the process that started it does, even when that one is killed. It needs Samba 4.17, gcc and
 * libc6-dev: `ensurePrerequisites` of scripts/prerequisites.ts brings them. ../lab/proxy.ts stands between client and server.
 */
import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
  readFileSync,
  chmodSync,
} from 'node:fs';
import path from 'node:path';
import type { ServiceState } from '../../server/src/model/observation.ts';
import {
  addAccount,
  makeAdministrators,
  setAccountState,
  setPassword,
  unixAccounts,
  writeUserMap,
} from './accounts.ts';
import { localPath, removeLabFile, writeLabFile } from './drive.ts';
import { lockFile } from './file-lock.ts';
import type { FileLock } from './file-lock.ts';
import { findFreeAddress } from './free-address.ts';
import { FOLDER_PREFIX, labBase, startKeeper, stopKeeper, sweepOrphans } from './keeper.ts';
import { nativeParts } from './native.ts';
import { expandable, keyRemoval, registryFile, valueRemoval } from './registry-file.ts';
import type { LabRegistry, LabValue } from './registry-file.ts';
import { waitUntilReady } from './ready.ts';
import { runOrThrow } from './run-program.ts';
import { serverSessions } from './server-status.ts';
import type { ServerSession } from './server-status.ts';
import { addedShares, addShare, writeShareCommands } from './shares.ts';
import { smbConf } from './smb-conf.ts';
import { ADMINISTRATOR, LAB_PASSWORD } from './spec.ts';
import type { LabFile, LabService, MachineSpec, SmbOptions, UserState } from './spec.ts';

export { ADMINISTRATOR, LAB_PASSWORD } from './spec.ts';
export type { LabFile, LabService, LabUser, MachineSpec, SmbOptions, UserState, Dialect } from './spec.ts';
export { expandable, toRegistryValue, registryBytes } from './registry-file.ts';
export type { LabRegistry, LabValue } from './registry-file.ts';
export type { PeFileSpec } from './pe-file.ts';
export type { ServerSession } from './server-status.ts';

export interface StartOptions {
  /** An address of 127.0.0.0/8; a free one unless told. */
  readonly address?: string;
  /** 4450 unless told: nobody but root may take 445. */
  readonly port?: number;
  /** `false` leaves the machine running until `stop`, also after this process has ended. */
  readonly untilExit?: boolean;
  /** What the specification says, changed for this run. */
  readonly smb?: SmbOptions;
}

/** A running machine. Paths are Windows paths, keys begin with a hive's short name. */
export interface LabMachine {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** `ADDRESS:PORT`, as `--machine` takes it. */
  readonly target: string;
  readonly user: string;
  readonly password: string;
  /** The machine's own folder on this machine. */
  readonly folder: string;
  readonly conf: string;

  setRegistryValue(key: string, name: string, value: LabValue): Promise<void>;
  /** Many values at once; keys without values are made empty. */
  setRegistry(registry: LabRegistry): Promise<void>;
  removeRegistryValue(key: string, name: string): Promise<void>;
  removeRegistryKey(key: string): Promise<void>;

  writeFile(windowsPath: string, file: LabFile): void;
  removeFile(windowsPath: string): void;
  setModified(windowsPath: string, time: Date): void;
  localPath(windowsPath: string): string;
  /** Holds the file open so that nobody else may open it, until the lock is released. */
  lockFile(windowsPath: string): Promise<FileLock>;

  /** Only services that the machine started with; `startFails` answers a start with ERROR_SERVICE_DISABLED. */
  setServiceState(name: string, state: ServiceState, startFails?: boolean): void;
  serviceState(name: string): ServiceState;
  /** Whether a start of the service is refused because it is disabled. */
  isServiceDisabled(name: string): boolean;
  /** The shares that clients have added, by name, as the server has them. */
  addedShares(): Promise<readonly string[]>;
  /** Adds a share of the machine's drive, as somebody else's tool does. */
  addShare(name: string, remark: string): Promise<void>;
  /** A pipe that cannot be opened, such as `svcctl`. RemoteRegistry's state does the same to `winreg`. */
  denyPipe(pipe: string, denied: boolean): void;

  /** Takes a share away, or gives it back, while clients use it. */
  setShares(shares: { readonly c?: boolean; readonly admin?: boolean }): Promise<void>;
  setUserState(user: string, state: UserState): Promise<void>;
  setUserPassword(user: string, password: string): Promise<void>;
  /** Lets the server hang until what is given back is called: the system takes connections for it, and nobody answers them. */
  pause(): () => void;
  /** Cuts every connection that clients have. */
  cutConnections(): Promise<void>;
  /** Who is connected, and how it is protected, as the server sees it. */
  sessions(): Promise<readonly ServerSession[]>;

  stop(): Promise<void>;
}

const REMOTE_REGISTRY: LabService = {
  displayName: 'Remote Registry',
  state: 'running',
  start: 3,
  path: '%SystemRoot%\\system32\\svchost.exe -k localService -p',
  account: 'NT AUTHORITY\\LocalService',
};

/** Services that Samba lists by itself: naming them again would list them twice. */
const BUILT_IN_SERVICES: ReadonlySet<string> = new Set(['spooler', 'netlogon', 'remoteregistry', 'wins']);

const SERVICES_KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';

/** A service's key. Samba answers for a service only where it has a Security subkey. */
function serviceKeys(services: Readonly<Record<string, LabService>>): LabRegistry {
  return Object.fromEntries(
    Object.entries(services).flatMap(([name, service]) => [
      [
        `${SERVICES_KEY}\\${name}`,
        {
          DisplayName: service.displayName,
          ImagePath: expandable(service.path),
          ObjectName: service.account ?? 'LocalSystem',
          Start: service.start,
          Type: 0x10,
          ErrorControl: 1,
        },
      ],
      [`${SERVICES_KEY}\\${name}\\Security`, {}],
    ]),
  );
}

function makeFolder(): string {
  const folder = mkdtempSync(path.join(labBase(), FOLDER_PREFIX));
  for (const name of [
    'private',
    'lock',
    'state',
    'cache',
    'pid',
    'nc',
    'log',
    'services',
    'pipes-denied',
    'C/Windows',
  ]) {
    mkdirSync(path.join(folder, name), { recursive: true });
  }
  chmodSync(folder, 0o755);
  chmodSync(path.join(folder, 'private'), 0o700);
  return folder;
}

async function importRegistry(folder: string, text: string): Promise<void> {
  const file = path.join(folder, `import-${process.hrtime.bigint()}.reg`);
  writeFileSync(file, `\ufeff${text}`);
  try {
    await runOrThrow('net', ['-s', path.join(folder, 'smb.conf'), 'registry', 'import', file]);
  } finally {
    rmSync(file, { force: true });
  }
}

/** Makes a machine of a specification and starts it; resolves once it accepts connections. */
export async function startMachine(spec: MachineSpec, options: StartOptions = {}): Promise<LabMachine> {
  sweepOrphans();
  const native = await nativeParts();
  const port = options.port ?? 4450;
  const address = options.address ?? (await findFreeAddress(port));
  const users = spec.users ?? [];
  const accounts = unixAccounts(users);
  const services = { RemoteRegistry: REMOTE_REGISTRY, ...spec.services };
  const smb = { ...spec.smb, ...options.smb };
  const folder = makeFolder();
  const conf = path.join(folder, 'smb.conf');
  const letter = spec.drive ?? 'C';
  // A folder of this name, whatever the letter is.
  const drive = { folder: path.join(folder, 'C'), letter };
  let shares = { c: spec.shares?.c ?? true, admin: spec.shares?.admin ?? true };

  const accountOf = (user: string): string => {
    const account = accounts.get(user);
    if (account === undefined) throw new Error(`${spec.name} has no user ${user}`);
    return account;
  };
  const writeConf = (): void => {
    const listed = Object.keys(services).filter((name) => !BUILT_IN_SERVICES.has(name.toLowerCase()));
    const account = accountOf(ADMINISTRATOR);
    writeFileSync(
      conf,
      smbConf({ folder, letter, name: spec.name, address, port, account, services: listed, shares, smb }),
    );
  };
  const writeState = (name: string, state: ServiceState, startFails: boolean): void => {
    const file = path.join(folder, 'services', name);
    writeFileSync(`${file}.next`, `${state}${startFails ? ' disabled' : ''}\n`);
    renameSync(`${file}.next`, file);
  };
  const serviceWords = (name: string): readonly string[] =>
    readFileSync(path.join(folder, 'services', name), 'utf8')
      .trim()
      .split(' ');
  const password = spec.password ?? LAB_PASSWORD;

  const machine: LabMachine = {
    name: spec.name,
    address,
    port,
    target: `${address}:${port}`,
    user: ADMINISTRATOR,
    password,
    folder,
    conf,
    setRegistryValue: (key, name, value) => importRegistry(folder, registryFile({ [key]: { [name]: value } })),
    setRegistry: (registry) => importRegistry(folder, registryFile(registry)),
    removeRegistryValue: (key, name) => importRegistry(folder, valueRemoval(key, name)),
    removeRegistryKey: (key) => importRegistry(folder, keyRemoval(key)),
    writeFile: (windowsPath, file) => {
      writeLabFile(drive, windowsPath, file);
    },
    removeFile: (windowsPath) => {
      removeLabFile(drive, windowsPath);
    },
    setModified: (windowsPath, time) => {
      utimesSync(localPath(drive, windowsPath), time, time);
    },
    localPath: (windowsPath) => localPath(drive, windowsPath),
    lockFile: (windowsPath) => lockFile({ address, port, user: ADMINISTRATOR, password }, windowsPath),
    setServiceState: (name, state, startFails = false) => {
      if (!(name in services)) throw new Error(`${spec.name} started without a service ${name}`);
      writeState(name, state, startFails);
    },
    serviceState: (name) => serviceWords(name)[0] as ServiceState,
    isServiceDisabled: (name) => serviceWords(name)[1] === 'disabled',
    addedShares: () => addedShares(conf),
    addShare: (name, remark) => addShare(conf, drive.folder, { name, remark }),
    denyPipe: (pipe, denied) => {
      const mark = path.join(folder, 'pipes-denied', pipe);
      if (denied) writeFileSync(mark, '');
      else rmSync(mark, { force: true });
    },
    setShares: async (change) => {
      const before = shares;
      shares = { ...shares, ...change };
      writeConf();
      await runOrThrow('smbcontrol', ['-s', conf, 'smbd', 'reload-config']);
      if (before.c && !shares.c) await runOrThrow('smbcontrol', ['-s', conf, 'smbd', 'close-share', `${letter}$`]);
      if (before.admin && !shares.admin) await runOrThrow('smbcontrol', ['-s', conf, 'smbd', 'close-share', 'ADMIN$']);
    },
    setUserState: (user, state) => setAccountState(conf, accountOf(user), state),
    setUserPassword: (user, newPassword) => setPassword(conf, accountOf(user), newPassword),
    pause: () => {
      const server = Number(readFileSync(path.join(folder, 'pid', 'smbd.pid'), 'utf8'));
      process.kill(server, 'SIGSTOP');
      return () => {
        process.kill(server, 'SIGCONT');
      };
    },
    cutConnections: async () => {
      await runOrThrow('smbcontrol', ['-s', conf, 'smbd', 'kill-client-ip', '127.0.0.1']);
    },
    sessions: () => serverSessions(conf),
    stop: () => stopKeeper(folder),
  };

  try {
    writeConf();
    if (letter !== 'C') writeFileSync(path.join(folder, 'drive'), letter);
    writeShareCommands(folder);
    writeUserMap(folder, accounts);
    await addAccount(conf, accountOf(ADMINISTRATOR), password);
    // Who makes a share of a drive that has none opens it to this group alone.
    if (!shares.c) await makeAdministrators(conf, accountOf(ADMINISTRATOR));
    for (const user of users) {
      await addAccount(conf, accountOf(user.name), user.password);
      if (user.state) await setAccountState(conf, accountOf(user.name), user.state);
    }
    await importRegistry(folder, registryFile({ ...serviceKeys(services), ...spec.registry }));
    for (const [windowsPath, file] of Object.entries(spec.files ?? {})) writeLabFile(drive, windowsPath, file);
    for (const [name, service] of Object.entries(services)) writeState(name, service.state, service.start === 4);
    const keeper = startKeeper(folder, native, options.untilExit ?? true);
    await waitUntilReady(folder, keeper, { address, port });
  } catch (error) {
    await stopKeeper(folder);
    throw error;
  }
  return machine;
}
