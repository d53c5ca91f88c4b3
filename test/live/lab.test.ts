/** The lab itself, proven with clients that nobody here wrote: what it claims to be is what they meet. */
import { randomInt } from 'node:crypto';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePrerequisites } from '../../scripts/prerequisites.ts';
import type { ObservationRequest, RegistryValue } from '../../server/src/model/observation.ts';
import { netRpc, readWithImpacket, rpcclient, runPython, smbclient, whileConnected } from '../lab/foreign.ts';
import { LAB_PASSWORD, startMachine, toRegistryValue } from '../lab/lab.ts';
import type { LabMachine, LabValue, MachineSpec } from '../lab/lab.ts';
import { startProxy } from '../lab/proxy.ts';
import { runOrThrow } from '../lab/run-program.ts';

const STATUS_ACCESS_DENIED = 0xc0000022;

beforeAll(() => {
  ensurePrerequisites(['samba', 'impacket', 'gcc']);
});

async function withMachine(spec: MachineSpec, act: (machine: LabMachine) => Promise<void>): Promise<void> {
  const machine = await startMachine(spec);
  try {
    await act(machine);
  } finally {
    await machine.stop();
  }
}

function value(key: string, name: string): ObservationRequest {
  return { kind: 'value', hive: 'HKLM', path: key.replace(/^HKLM\\/, ''), name };
}

describe('what a machine insists on', () => {
  it('refuses an unsigned request where signing is mandatory, and serves it where it is not', async () => {
    for (const [signing, status] of [
      ['mandatory', STATUS_ACCESS_DENIED],
      ['auto', 0],
    ] as const) {
      await withMachine({ name: 'signs', smb: { signing } }, async (machine) => {
        expect(await runPython('impacket_unprotected.py', { ...machine, drop: 'signing' })).toMatchObject({ status });
      });
    }
  });

  it('refuses a signed but plain request where encryption is required', async () => {
    await withMachine({ name: 'encrypts', smb: { encryption: 'required' } }, async (machine) => {
      const answer = await runPython('impacket_unprotected.py', { ...machine, drop: 'encryption' });
      expect(answer).toMatchObject({ status: STATUS_ACCESS_DENIED });
    });
  });

  it('refuses a client too old to encrypt where encryption is required', async () => {
    await withMachine({ name: 'encrypts', smb: { encryption: 'required' } }, async (machine) => {
      expect((await smbclient(machine, 'ls', { maxProtocol: 'SMB2_10' })).status).toBe('NT_STATUS_ACCESS_DENIED');
      expect((await smbclient(machine, 'ls')).ok).toBe(true);
    });
  });

  it('speaks SMB 3.1.1 alone where that is asked for', async () => {
    const smb = { minProtocol: 'SMB3_11', maxProtocol: 'SMB3_11' } as const;
    await withMachine({ name: 'modern', smb }, async (machine) => {
      expect((await smbclient(machine, 'ls', { maxProtocol: 'SMB3_02' })).status).toBe('NT_STATUS_NOT_SUPPORTED');
      expect((await smbclient(machine, 'ls')).ok).toBe(true);
    });
  });

  it('never speaks SMB 1', async () => {
    await withMachine({ name: 'modern' }, async (machine) => {
      expect((await smbclient(machine, 'ls', { minProtocol: 'NT1', maxProtocol: 'NT1' })).ok).toBe(false);
    });
  });
});

describe("the server's side of a connection", () => {
  it('tells dialect and signing of every dialect', async () => {
    await withMachine({ name: 'tells', smb: { signing: 'mandatory' } }, async (machine) => {
      const signing = {
        SMB2_02: 'HMAC-SHA256',
        SMB2_10: 'HMAC-SHA256',
        SMB3_00: 'AES-128-CMAC',
        SMB3_02: 'AES-128-CMAC',
        SMB3_11: 'AES-128-GMAC',
      };
      for (const [dialect, algorithm] of Object.entries(signing)) {
        const sessions = await whileConnected(machine, { maxProtocol: dialect }, () => machine.sessions());
        expect(sessions).toMatchObject([{ dialect, signing: algorithm, cipher: '', shares: ['C$'] }]);
      }
    });
  });

  it('tells the cipher, and the server takes only those it is given', async () => {
    for (const cipher of ['aes-128-gcm', 'aes-128-ccm', 'aes-256-gcm', 'aes-256-ccm'] as const) {
      await withMachine({ name: 'tells', smb: { encryption: 'required', ciphers: [cipher] } }, async (machine) => {
        const sessions = await whileConnected(machine, {}, () => machine.sessions());
        expect(sessions).toMatchObject([{ dialect: 'SMB3_11', cipher: cipher.toUpperCase() }]);
      });
    }
  });
});

const KEY = 'HKLM\\SOFTWARE\\Patchlab Lab';
const SERVICE = { displayName: 'Lab Probe', state: 'running', start: 2, path: '"C:\\Lab\\probe.exe" -k' } as const;

describe('one machine while it runs', () => {
  let machine: LabMachine;
  beforeAll(async () => {
    machine = await startMachine({
      name: 'changes',
      users: [{ name: 'Reader', password: 'fake-Reader-1' }],
      services: { LabProbe: SERVICE, Spooler: { ...SERVICE, displayName: 'Print Spooler' } },
      files: { 'C:\\Lab\\probe.exe': { pe: { fileVersion: '1.0.0.0' } } },
    });
  });
  afterAll(() => machine.stop());

  it('gives every registry type back exactly, over the wire', async () => {
    const values: Record<string, LabValue> = {
      '': 'the default',
      text: `ü "quoted" \\ ${randomInt(1e9)}`,
      empty: '',
      expand: { type: 'REG_EXPAND_SZ', data: '%ProgramFiles%\\Lab' },
      small: randomInt(2 ** 32),
      large: 18_446_744_073_709_551_615n - BigInt(randomInt(1e9)),
      list: ['one', 'two words', `three ${randomInt(1e9)}`],
      none: [],
      bytes: Uint8Array.from({ length: 300 }, () => randomInt(256)),
      nothing: new Uint8Array(0),
      typeless: { type: 'REG_NONE', data: '00ff' },
      big: { type: 'REG_DWORD_BIG_ENDIAN', data: String(randomInt(2 ** 32)) },
      link: { type: 'REG_LINK', data: '\\Registry\\Machine\\X' },
      resources: { type: 'REG_RESOURCE_LIST', data: '0a0b0c' },
      'na\\me "x"': 'odd name',
    };
    await machine.setRegistry({ [KEY]: values });
    const names = Object.keys(values);
    const { answers } = await readWithImpacket(
      machine,
      names.map((name) => value(KEY, name)),
    );
    const expected = Object.values(values).map((known) => ({ state: 'present', value: toRegistryValue(known) }));
    expect(answers).toEqual(expected);
  });

  it('shows the change and the removal of a value and a key at once', async () => {
    for (const number of [randomInt(2 ** 31), randomInt(2 ** 31)]) {
      await machine.setRegistryValue(KEY, 'Changing', number);
      const { answers } = await readWithImpacket(machine, [value(KEY, 'Changing')]);
      expect(answers).toEqual([{ state: 'present', value: { type: 'REG_DWORD', data: String(number) } }]);
    }
    await machine.removeRegistryValue(KEY, 'Changing');
    await machine.setRegistry({ [`${KEY}\\Below`]: { a: 'b' } });
    await machine.removeRegistryKey(`${KEY}\\Below`);
    const { answers } = await readWithImpacket(machine, [value(KEY, 'Changing'), value(`${KEY}\\Below`, 'a')]);
    expect(answers).toEqual([{ state: 'absent' }, { state: 'absent' }]);
  });

  it('shows imported keys that Samba would overlay with values of its own', async () => {
    const known: Record<string, Record<string, LabValue>> = {
      'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion': { CurrentBuild: '19045', UBR: 3570 },
      'HKLM\\SYSTEM\\CurrentControlSet\\Control\\ProductOptions': { ProductType: 'WinNT' },
      'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters': { Hostname: 'changes' },
    };
    await machine.setRegistry(known);
    const flat = Object.entries(known).flatMap(([key, values]) =>
      Object.entries(values).map(([name, data]) => ({ request: value(key, name), data: toRegistryValue(data) })),
    );
    const { answers } = await readWithImpacket(
      machine,
      flat.map(({ request }) => request),
    );
    expect(answers).toEqual(flat.map(({ data }) => ({ state: 'present', value: data satisfies RegistryValue })));
  });

  it('shows the state of services, also of those that Samba has itself', async () => {
    for (const name of ['LabProbe', 'Spooler']) {
      for (const state of ['stopped', 'running', 'paused'] as const) {
        machine.setServiceState(name, state);
        const { answers } = await readWithImpacket(machine, [{ kind: 'service', name }]);
        expect(answers).toMatchObject([
          { state: 'present', value: { state, start: { value: 'automatic' }, path: { value: SERVICE.path } } },
        ]);
      }
    }
  });

  it('starts and stops a service through the network, unless the service is disabled', async () => {
    machine.setServiceState('LabProbe', 'stopped');
    expect((await netRpc(machine, ['service', 'start', 'LabProbe'])).output).toContain('Successfully started');
    expect(machine.serviceState('LabProbe')).toBe('running');
    expect((await netRpc(machine, ['service', 'stop', 'LabProbe'])).output).toContain('stopped.');
    expect(machine.serviceState('LabProbe')).toBe('stopped');
    machine.setServiceState('LabProbe', 'stopped', true);
    expect((await netRpc(machine, ['service', 'start', 'LabProbe'])).status).toBe('WERR_SERVICE_DISABLED');
  });

  it('shows a file of another version, with the resources that a foreign tool finds in it', async () => {
    for (const arch of ['x86', 'x64'] as const) {
      const fileVersion = [1, 2, 3, 4].map(() => randomInt(65_536)).join('.');
      const strings = {
        CompanyName: 'Lab GmbH',
        ProductName: 'Sönde',
        ProductVersion: 'two',
        OriginalFilename: 'P.EXE',
      };
      machine.writeFile('C:\\Lab\\probe.exe', { pe: { fileVersion, arch, strings, language: 0x0407 } });
      const { answers } = await readWithImpacket(machine, [{ kind: 'version', path: 'C:\\LAB\\Probe.exe' }]);
      expect(answers).toEqual([
        {
          state: 'present',
          value: {
            arch,
            fileVersion,
            fixedProductVersion: fileVersion,
            productVersion: 'two',
            company: 'Lab GmbH',
            product: 'Sönde',
            originalName: 'P.EXE',
            langid: 0x0407,
          },
        },
      ]);
      const dump = await runOrThrow('objdump', ['-p', machine.localPath('C:\\Lab\\probe.exe')]);
      expect(dump).toContain(arch === 'x86' ? 'pei-i386' : 'pei-x86-64');
      expect(dump).toMatch(/Entry: ID: 0x0*10\b[\s\S]*Entry: ID: 0x0*1\b[\s\S]*Entry: ID: 0x0*407\b/);
    }
  });

  it('makes a file of 60 MB that takes no room', async () => {
    machine.writeFile('C:\\Lab\\huge.dll', { pe: { fileVersion: '6.0.0.0', size: 60 * 1024 * 1024 } });
    const listed = await smbclient(machine, 'allinfo Lab\\huge.dll');
    expect(listed.output).toContain(`${60 * 1024 * 1024} bytes`);
    expect(
      Number((await runOrThrow('du', ['-k', machine.localPath('C:\\Lab\\huge.dll')])).split('\t')[0]),
    ).toBeLessThan(64);
  });

  it('lets nobody open a locked file until it is released', async () => {
    const lock = await machine.lockFile('C:\\Lab\\probe.exe');
    const get = 'get Lab\\probe.exe /dev/null';
    expect((await smbclient(machine, get)).status).toBe('NT_STATUS_SHARING_VIOLATION');
    await lock.release();
    expect((await smbclient(machine, get)).ok).toBe(true);
  });

  it('takes C$ away and gives it back', async () => {
    await machine.setShares({ c: false });
    expect((await smbclient(machine, 'ls')).status).toBe('NT_STATUS_BAD_NETWORK_NAME');
    expect((await smbclient(machine, 'ls', { share: 'ADMIN$' })).ok).toBe(true);
    await machine.setShares({ c: true });
    expect((await smbclient(machine, 'ls')).ok).toBe(true);
  });

  it('answers a logon by the state of the account', async () => {
    const statuses = {
      disabled: 'NT_STATUS_ACCOUNT_DISABLED',
      locked: 'NT_STATUS_ACCOUNT_LOCKED_OUT',
      'must-change': 'NT_STATUS_PASSWORD_MUST_CHANGE',
    } as const;
    for (const [state, status] of Object.entries(statuses) as [keyof typeof statuses, string][]) {
      await machine.setUserState(machine.user, state);
      expect((await smbclient(machine, 'ls')).status).toBe(status);
    }
    await machine.setUserState(machine.user, 'normal');
    expect((await smbclient(machine, 'ls')).ok).toBe(true);
    const wrong = { ...machine, password: 'fake-Wrong-1' };
    expect((await smbclient(wrong, 'ls')).status).toBe('NT_STATUS_LOGON_FAILURE');
    await machine.setUserPassword(machine.user, 'fake-Changed-1');
    expect((await smbclient({ ...machine, password: 'fake-Changed-1' }, 'ls')).ok).toBe(true);
    await machine.setUserPassword(machine.user, LAB_PASSWORD);
  });

  it('keeps a user who is no administrator out of the share and the services', async () => {
    const reader = { ...machine, user: 'Reader', password: 'fake-Reader-1' };
    expect((await smbclient(reader, 'ls')).status).toBe('NT_STATUS_ACCESS_DENIED');
    expect((await netRpc(reader, ['service', 'stop', 'LabProbe'])).status).toBe('WERR_ACCESS_DENIED');
  });

  it('has no remote registry while that service is stopped, and a start brings it', async () => {
    const read = ['registry', 'getvalue', 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion', 'UBR'];
    machine.setServiceState('RemoteRegistry', 'stopped');
    expect((await netRpc(machine, read)).status).toBe('NT_STATUS_OBJECT_NAME_NOT_FOUND');
    await netRpc(machine, ['service', 'start', 'RemoteRegistry']);
    expect((await netRpc(machine, read)).ok).toBe(true);
  });

  it('denies a pipe', async () => {
    machine.denyPipe('svcctl', true);
    expect((await netRpc(machine, ['service', 'list'])).status).toBe('NT_STATUS_OBJECT_NAME_NOT_FOUND');
    machine.denyPipe('svcctl', false);
    expect((await netRpc(machine, ['service', 'list'])).ok).toBe(true);
  });

  it('cuts its connections', async () => {
    await whileConnected(machine, {}, async () => {
      expect(await machine.sessions()).toHaveLength(1);
      await machine.cutConnections();
      for (let tries = 0; tries < 100 && (await machine.sessions()).length > 0; tries++) await sleep(20);
      expect(await machine.sessions()).toEqual([]);
    });
  });

  it('answers other questions of Windows clients under its own name', async () => {
    expect((await rpcclient(machine, 'srvinfo')).output).toContain('CHANGES');
  });
});

describe('faults of the network, at the proxy', () => {
  let machine: LabMachine;
  beforeAll(async () => {
    machine = await startMachine({ name: 'far', files: { 'C:\\big.bin': new Uint8Array(300_000) } });
  });
  afterAll(() => machine.stop());

  it('counts what passes, delays it, cuts it after so many bytes, or falls silent', async () => {
    const proxy = await startProxy(machine);
    const through = { ...machine, address: proxy.address, port: proxy.port };
    const get = 'get big.bin /dev/null';
    try {
      expect((await smbclient(through, get)).ok).toBe(true);
      expect(proxy.toClient).toBeGreaterThan(300_000);
      expect(proxy.toClient).toBeLessThan(320_000);

      proxy.setFaults({ delay: 30 });
      const began = performance.now();
      expect((await smbclient(through, 'ls')).ok).toBe(true);
      expect(performance.now() - began).toBeGreaterThan(6 * 60);

      proxy.reset();
      proxy.setFaults({ cutAfter: 100_000 });
      expect((await smbclient(through, get)).ok).toBe(false);
      expect(proxy.toClient).toBe(100_000);

      for (const faults of [{ stallAfter: 400 }, { silent: true }]) {
        proxy.setFaults(faults);
        const client = smbclient(through, 'ls', { lines: ['client ipc min protocol=SMB2_02'] });
        expect(await Promise.race([client.then(() => 'answered'), sleep(1_000, 'silent')])).toBe('silent');
        await proxy.cut();
        expect((await client).ok).toBe(false);
      }
    } finally {
      await proxy.close();
    }
  });
});

describe('other settings of smb.conf', () => {
  it('switch NTLM off', async () => {
    await withMachine({ name: 'noNtlm', smb: { lines: ['ntlm auth = disabled'] } }, async (machine) => {
      expect((await smbclient(machine, 'ls')).status).toBe('NT_STATUS_NTLM_BLOCKED');
    });
  });

  it('that Samba does not survive are said', async () => {
    const broken = startMachine({
      name: 'broken',
      smb: { lines: ['ncalrpc dir = /proc/nowhere'] },
    });
    await expect(broken).rejects.toThrow('Failed to create pipe directory /proc/nowhere');
  });
});

describe('the end of a machine', () => {
  it('leaves no process and no folder, also when the process that started it is killed', async () => {
    const lab = path.join(import.meta.dirname, '..', 'lab', 'lab.ts');
    const program = `
      import { startMachine } from ${JSON.stringify(lab)};
      const machine = await startMachine({ name: 'orphan' });
      console.log(machine.folder);
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const folder = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () => {
        reject(new Error('the process ended too early'));
      });
      child.stdout.setEncoding('utf8').once('data', (text: string) => {
        resolve(text.trim());
      });
    });
    expect(existsSync(folder)).toBe(true);
    child.kill('SIGKILL');
    for (let tries = 0; tries < 200 && existsSync(folder); tries++) await sleep(25);
    expect(existsSync(folder)).toBe(false);
    expect(await runOrThrow('ps', ['-eo', 'args'])).not.toContain(folder);
  });
});
