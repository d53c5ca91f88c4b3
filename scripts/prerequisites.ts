/**
 * What the tests, the lab and the benchmarks need of the system: checked, and as root on Debian installed with apt-get.
 * Silent when all is there. `node scripts/prerequisites.ts samba gcc` does the same by hand.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Prerequisite = 'samba' | 'impacket' | 'gcc' | 'chromium' | 'slapd' | 'samba-dc' | 'wine' | 'namespaces';

interface Need {
  readonly packages: readonly string[];
  readonly isThere: () => boolean;
}

const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/bin', '/usr/local/sbin'];

function hasProgram(name: string): boolean {
  return [...(process.env.PATH ?? '').split(path.delimiter), ...SYSTEM_FOLDERS].some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}

/** impacket of the system's Python: another Python that comes first on PATH would not have it. */
function hasImpacket(): boolean {
  const question = 'import importlib.util as u, sys; sys.exit(u.find_spec("impacket") is None)';
  return spawnSync('/usr/bin/python3', ['-c', question], { stdio: 'ignore' }).status === 0;
}

const NEEDS: Readonly<Record<Prerequisite, Need>> = {
  samba: {
    packages: ['samba', 'smbclient', 'samba-common-bin'],
    isThere: () => ['smbd', 'net', 'pdbedit', 'smbcontrol', 'smbstatus', 'smbclient', 'rpcclient'].every(hasProgram),
  },
  impacket: { packages: ['python3-impacket'], isThere: hasImpacket },
  gcc: { packages: ['gcc', 'libc6-dev'], isThere: () => hasProgram('gcc') && existsSync('/usr/include/stdio.h') },
  slapd: {
    packages: ['slapd', 'openssl'],
    isThere: () => ['slapd', 'slapadd', 'openssl'].every(hasProgram) && existsSync('/etc/ldap/schema/core.schema'),
  },
  'samba-dc': {
    packages: ['samba-ad-dc', 'samba-ad-provision', 'ldb-tools'],
    isThere: () =>
      ['samba', 'samba-tool', 'ldbadd'].every(hasProgram) && existsSync('/usr/share/samba/setup/provision.ldif'),
  },
  wine: {
    packages: ['wine', 'wine64', 'libwine', 'msitools', 'wixl', 'nsis', 'binutils'],
    isThere: () => ['wine', 'wineserver', 'wixl', 'makensis', 'strip'].every(hasProgram),
  },
  /** A network of its own for one program. */
  namespaces: {
    packages: ['iproute2', 'util-linux'],
    isThere: () => ['ip', 'unshare'].every(hasProgram),
  },
  chromium: { packages: ['chromium'], isThere: () => hasProgram('chromium') },
};

/** Something is missing and could not be installed; the message says what, and the command that installs it. */
export class PrerequisiteError extends Error {
  override readonly name = 'PrerequisiteError';
}

function installCommand(packages: readonly string[]): string {
  return `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

function aptGet(args: readonly string[]): void {
  const options = ['-q', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
  const done = spawnSync('apt-get', [...options, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (done.status === 0) return;
  const said = `${done.stdout}\n${done.stderr}`.trim().split('\n').slice(-12).join('\n');
  throw new PrerequisiteError(`apt-get ${args.join(' ')} failed:\n${said}`);
}

/** Runs `act` while Debian is told to start no services: installing Samba must not open this machine's own files. */
function withoutServices(act: () => void): void {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) {
    act();
    return;
  }
  writeFileSync(policy, '#!/bin/sh\nexit 101\n');
  chmodSync(policy, 0o755);
  try {
    act();
  } finally {
    rmSync(policy, { force: true });
  }
}

/** Makes sure that everything named is there; throws a PrerequisiteError that says what to install where it cannot. */
export function ensurePrerequisites(names: readonly Prerequisite[]): void {
  const missing = names.filter((name) => !NEEDS[name].isThere());
  if (missing.length === 0) return;
  const packages = missing.flatMap((name) => NEEDS[name].packages);
  if (process.platform !== 'linux' || !hasProgram('apt-get')) {
    throw new PrerequisiteError(
      `Missing: ${missing.join(', ')}. They are used on Debian 12 or a system like it, where this installs them: ${installCommand(packages)}`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new PrerequisiteError(`Missing: ${missing.join(', ')}. Install as root: ${installCommand(packages)}`);
  }
  process.stderr.write(`Installing ${packages.join(', ')} with apt-get...\n`);
  aptGet(['update']);
  withoutServices(() => {
    aptGet(['install', '-y', '--no-install-recommends', ...packages]);
  });
  const still = missing.filter((name) => !NEEDS[name].isThere());
  if (still.length > 0) {
    throw new PrerequisiteError(
      `apt-get installed ${packages.join(', ')}, and yet ${still.join(', ')} cannot be found. Needed: Debian 12 (Samba 4.17).`,
    );
  }
}

function isPrerequisite(name: string): name is Prerequisite {
  return name in NEEDS;
}

if (import.meta.main) {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !isPrerequisite(name));
  if (unknown.length > 0) {
    process.stderr.write(`Unknown: ${unknown.join(', ')}. Known: ${Object.keys(NEEDS).join(', ')}\n`);
    process.exitCode = 2;
  } else {
    try {
      ensurePrerequisites(named.length > 0 ? named.filter(isPrerequisite) : Object.keys(NEEDS).filter(isPrerequisite));
    } catch (error) {
      if (!(error instanceof PrerequisiteError)) throw error;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    }
  }
}
