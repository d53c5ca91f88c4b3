/** The lab itself, proven with clients that nobody here wrote: what it claims to be is what they meet. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensurePrerequisites } from '../../scripts/prerequisites.ts';
import { runPython, smbclient, whileConnected } from '../lab/foreign.ts';
import { startMachine } from '../lab/lab.ts';
import type { LabMachine, MachineSpec } from '../lab/lab.ts';
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
