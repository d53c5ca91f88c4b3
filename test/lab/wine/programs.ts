/** Builds the installers of the lab's programs, each old and patched, from the recipes in `installers/`. */
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { runOrThrow } from '../run-program.ts';

const HERE = import.meta.dirname;
const ROOT = path.join(HERE, '..', '..', '..');

export const UPGRADE_CODE = '{5D0C2E7A-41B3-4F6E-8A97-0C1D2E3F4A5B}';
export const PRODUCT_CODES = {
  old: '{A1B2C3D4-0001-4E5F-8123-456789ABCDEF}',
  new: '{A1B2C3D4-0002-4E5F-8123-456789ABCDEF}',
} as const;

/** What each release of every program says of itself; the files in them are real ones, of 7-Zip. */
export const RELEASES = {
  old: { version: '18.1.0', fileVersion: '18.1.0.0' },
  new: { version: '21.7.0', fileVersion: '21.7.0.0' },
} as const;

export type Release = keyof typeof RELEASES;

/** The installers' file names. */
export const installerOf = {
  archiver: (release: Release) => `archiver-${release}.msi`,
  packer: (release: Release, bits: 32 | 64) => `packer-${bits}-${release}.exe`,
  notes: (release: Release) => `notes-${release}.exe`,
} as const;

interface Script {
  readonly name: string;
  readonly output: string;
  readonly program: string;
  readonly release: Release;
  readonly bits: 32 | 64;
}

async function makeNsis(folder: string, script: Script): Promise<void> {
  const defines = {
    OUTPUT: path.join(folder, script.output),
    PROGRAM: path.join(folder, script.program),
    VERSION: RELEASES[script.release].version,
    BITS: script.bits,
  };
  const given = Object.entries(defines).map(([name, value]) => `-D${name}=${value}`);
  await runOrThrow('makensis', ['-V2', ...given, path.join(HERE, 'installers', `${script.name}.nsi`)]);
}

async function makeMsi(folder: string, release: Release, program: string): Promise<void> {
  const defines = {
    ProductCode: PRODUCT_CODES[release],
    UpgradeCode: UPGRADE_CODE,
    Version: RELEASES[release].version,
    Program: program,
  };
  const given = Object.entries(defines).flatMap(([name, value]) => ['-D', `${name}=${value}`]);
  const output = path.join(folder, installerOf.archiver(release));
  // wixl finds files beside its source alone.
  const source = path.join(folder, 'contoso-archiver.wxs');
  copyFileSync(path.join(HERE, 'installers', 'contoso-archiver.wxs'), source);
  await runOrThrow('wixl', ['-a', 'x64', ...given, '-o', output, source]);
}

/** Builds all installers into a folder. */
export async function buildInstallers(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const release of ['old', 'new'] as const) {
    for (const [bits, arch] of [
      [32, 'ia32'],
      [64, 'x64'],
    ] as const) {
      const program = `program-${bits}-${release}.exe`;
      copyFileSync(
        path.join(ROOT, 'node_modules', `sevenzip-${release}`, 'win', arch, '7za.exe'),
        path.join(folder, program),
      );
      const output = installerOf.packer(release, bits);
      await makeNsis(folder, { name: 'fabrikam-packer', output, program, release, bits });
    }
    const program = `program-64-${release}.exe`;
    await makeNsis(folder, { name: 'tailspin-notes', output: installerOf.notes(release), program, release, bits: 64 });
    await makeMsi(folder, release, program);
  }
}
