/**
 * A lab machine whose disk and registry Wine has made: real installers have run on it, and more can while it is served.
 *
 *   const wine = await startWineMachine();
 *   wine.machine.target, ...                                   // a LabMachine: scan it
 *   await wine.run('msiexec', '/i', 'Z:\\archiver-new.msi', '/qn');   // what it did is on disk and in the registry now
 *   await wine.stop();
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startMachine } from '../lab.ts';
import type { LabMachine, LabService, SmbOptions } from '../lab.ts';
import { runOrThrow } from '../run-program.ts';
import { wineDisk } from './disk.ts';
import { WINE_NAME } from './overlay.ts';
import { WinePrefix } from './prefix.ts';
import { changesText, importText, parseExport } from './registry-export.ts';
import type { ExportedRegistry } from './registry-export.ts';

/** A served machine, and the Wine behind it. */
export interface WineMachine {
  readonly machine: LabMachine;
  /** What Wine said last of its registry, and what the server was given. */
  readonly registry: ExportedRegistry;
  /** The services that the registry had at the start. */
  readonly services: readonly string[];
  /** What programs are told that ask for the versions of these files (GetFileVersionInfo). */
  fileVersions(files: readonly string[]): Promise<readonly string[]>;
  /** Runs a Windows program; when it resolves, the served registry is what the program made of it. */
  run(...args: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

const SERVICES = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';
const SERVICE = /^HKLM\\System\\CurrentControlSet\\Services\\([^\\\s]+)$/i;
/** Service types that a service manager lists, of drivers and programs ([MS-SCMR] 3.1.4.14). */
const SERVICE_TYPES = 0x33;
const STARTS = [0, 1, 2, 3, 4] as const;

/** Wine's services. Nobody keeps their states while Wine does not run: those that start by themselves are said to run. */
function servicesOf(registry: ExportedRegistry): Record<string, LabService> {
  const services: Record<string, LabService> = {};
  for (const [key, values] of registry) {
    const name = SERVICE.exec(key)?.[1];
    const text = (value: string) => values.get(value)?.data.toString() ?? '';
    const start = STARTS.find((each) => String(each) === text('Start'));
    if (name === undefined || start === undefined || (Number(text('Type')) & SERVICE_TYPES) === 0) continue;
    if (/^remoteregistry$/i.test(name)) continue;
    services[name] = {
      displayName: text('DisplayName'),
      state: start === 2 ? 'running' : 'stopped',
      start,
      path: text('ImagePath'),
      account: text('ObjectName'),
    };
  }
  return services;
}

/** Imports a .reg text into the machine's registry while it is served. */
async function importInto(machine: LabMachine, text: string): Promise<void> {
  const file = path.join(machine.folder, 'wine.reg');
  writeFileSync(file, `\ufeff${text}`);
  await runOrThrow('net', ['-s', machine.conf, 'registry', 'import', file], { deadline: 120_000 });
  rmSync(file);
}

/** A script for Windows that writes the version of each file on a line of its own; it is read as ASCII. */
function versionsScript(files: readonly string[]): string {
  return `
var system = new ActiveXObject("Scripting.FileSystemObject");
var out = system.CreateTextFile("Z:\\\\versions.txt", true, true);
var files = ${JSON.stringify(files).replace(/[^ -~]/g, (other) => `\\u${other.charCodeAt(0).toString(16).padStart(4, '0')}`)};
for (var i = 0; i < files.length; i++) {
  var version = "none";
  try { version = system.GetFileVersion(files[i]); } catch (e) { }
  out.WriteLine(version);
}
out.Close();
`;
}

/** Starts a machine on a copy of the disk: every program in its old release. */
export async function startWineMachine(options: { readonly smb?: SmbOptions } = {}): Promise<WineMachine> {
  const disk = await wineDisk();
  let registry = parseExport(readFileSync(disk.registry));
  const services = servicesOf(registry);
  const machine = await startMachine({ name: WINE_NAME, services, smb: options.smb ?? {} });
  // Everything lies in the machine's folder, and goes with it, however this process ends.
  const prefix = new WinePrefix(path.join(machine.folder, 'wine'));
  const installers = path.join(machine.folder, 'installers');
  try {
    // A value that is there with the same bytes would keep its type.
    for (const name of Object.keys(services)) await machine.removeRegistryValue(`${SERVICES}\\${name}`, 'ImagePath');
    await importInto(machine, importText(registry));
    const drive = path.join(machine.folder, 'C');
    rmSync(drive, { recursive: true });
    await runOrThrow('cp', ['-a', disk.prefix, prefix.folder]);
    await runOrThrow('cp', ['-a', disk.installers, installers]);
    await runOrThrow('cp', ['-a', disk.drive, `${drive}.new`]);
    renameSync(`${drive}.new`, drive);
    prefix.setDrives({ c: drive, z: installers });
  } catch (error) {
    await machine.stop();
    throw error;
  }
  return {
    machine,
    get registry() {
      return registry;
    },
    services: Object.keys(services),
    fileVersions: async (files) => {
      writeFileSync(path.join(installers, 'versions.js'), versionsScript(files));
      try {
        await prefix.must('cscript', 'Z:\\versions.js');
      } finally {
        await prefix.stop();
      }
      const said = readFileSync(path.join(installers, 'versions.txt'), 'utf16le').slice(1);
      return said.split('\r\n').slice(0, -1);
    },
    run: async (...args) => {
      try {
        await prefix.must(...args);
        await prefix.must('regedit', '/E', 'Z:\\now.reg');
      } finally {
        await prefix.stop();
      }
      const now = parseExport(readFileSync(path.join(installers, 'now.reg')));
      await importInto(machine, changesText(registry, now));
      registry = now;
    },
    stop: async () => {
      await prefix.stop();
      await machine.stop();
    },
  };
}
