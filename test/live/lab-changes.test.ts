/** What changes of a lab machine while it runs, proven with clients that nobody here wrote. */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePrerequisites } from '../../scripts/prerequisites.ts';
import type { ObservationRequest, RegistryValue } from '../../server/src/model/observation.ts';
import { netRpc, readWithImpacket, rpcclient, smbclient, whileConnected } from '../lab/foreign.ts';
import { LAB_PASSWORD, startMachine, toRegistryValue } from '../lab/lab.ts';
import type { LabMachine, LabValue } from '../lab/lab.ts';
import { runOrThrow } from '../lab/run-program.ts';

beforeAll(() => {
  ensurePrerequisites(['samba', 'impacket', 'gcc']);
});

function value(key: string, name: string): ObservationRequest {
  return { kind: 'value', hive: 'HKLM', path: key.replace(/^HKLM\\/, ''), name };
}

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
