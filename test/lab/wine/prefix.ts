/** One Wine prefix: a folder with a C: drive and a registry, in which real Windows programs run. No display is needed. */
import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from '../run-program.ts';

/** How long one program in Wine may run, milliseconds. */
const DEADLINE = 120_000;

/** A prefix whose drives are `C:` and `Z:`, the folder of the installers. Nothing else of this machine can be reached. */
export class WinePrefix {
  readonly folder: string;
  readonly #environment: Readonly<Record<string, string>>;

  constructor(folder: string) {
    this.folder = folder;
    this.#environment = {
      WINEPREFIX: folder,
      WINEARCH: 'win64',
      WINEDEBUG: '-all',
      // Neither .NET nor a browser engine is downloaded, and no menus are written to anybody's home.
      WINEDLLOVERRIDES: 'mscoree,mshtml=;winemenubuilder.exe=d',
      HOME: folder,
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
      LC_ALL: 'C.UTF-8',
    };
  }

  /** Where C: lies on this machine. */
  get drive(): string {
    return path.join(this.folder, 'dosdevices', 'c:');
  }

  /** Points `C:` and `Z:` at folders, and takes every other drive away. */
  setDrives(drives: { readonly c: string; readonly z: string }): void {
    const devices = path.join(this.folder, 'dosdevices');
    rmSync(devices, { recursive: true, force: true });
    mkdirSync(devices, { recursive: true });
    symlinkSync(drives.c, path.join(devices, 'c:'));
    symlinkSync(drives.z, path.join(devices, 'z:'));
  }

  /** Runs a Windows program to its end, and gives its exit code. */
  async run(args: readonly string[]): Promise<number> {
    const done = await runProgram('wine', args, { env: this.#environment, deadline: DEADLINE });
    if (done.code === null) throw new Error(`wine ${args.join(' ')} did not end within ${DEADLINE / 1000} s`);
    return done.code;
  }

  /** Runs a Windows program that must succeed. */
  async must(...args: readonly string[]): Promise<void> {
    const code = await this.run(args);
    if (code !== 0) throw new Error(`wine ${args.join(' ')} ended with ${code}`);
  }

  /** Ends everything that runs in this prefix, services included; the registry is on the disk then. */
  async stop(): Promise<void> {
    // It ends with 1 where nothing runs.
    for (const verb of ['-k', '-w']) await runProgram('wineserver', [verb], { env: this.#environment });
  }
}

/** Everything below a folder but folders: links are not followed, for one may lead to where it lies. */
export function filesBelow(folder: string): { readonly path: string; readonly isLink: boolean }[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(at) : [{ path: at, isLink: entry.isSymbolicLink() }];
  });
}

/** Removes links: on the served disk there is none that could lead out of it. */
export function removeLinks(folder: string): void {
  for (const file of filesBelow(folder)) if (file.isLink) rmSync(file.path);
}
