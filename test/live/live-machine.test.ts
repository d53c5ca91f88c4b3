import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveConnection } from '../../server/src/machine/live/live.ts';
import type { Machine } from '../../server/src/machine/port.ts';
import type { Observation, ObservationRequest, RegistryValue } from '../../server/src/model/observation.ts';
import { expandable, startMachine, toRegistryValue, type LabMachine, type LabValue } from '../lab/lab.ts';
import { openAll } from './wire-connect.ts';

const PROGRAM = 'C:\\Program Files\\7-Zip\\7z.exe';
const REAL = new URL('../../node_modules/sevenzip-old/win/x64/7za.exe', import.meta.url);
const SERVICES = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';

let lab: LabMachine;
let connection: LiveConnection;
let machine: Machine;

beforeAll(async () => {
  lab = await startMachine({
    name: 'live',
    files: { [PROGRAM]: { copyOf: REAL.pathname }, 'C:\\Windows\\empty.txt': '' },
    services: {
      Spooler: { displayName: 'Print Spooler', state: 'running', start: 2, path: 'C:\\Windows\\spoolsv.exe' },
      Referring: {
        displayName: '@%SystemRoot%\\x.dll,-1',
        state: 'stopped',
        start: 3,
        path: 'C:\\x.exe',
        account: '.\\robin',
      },
    },
  });
  connection = await openAll(lab, lab.password);
  machine = connection.machine();
});
afterAll(async () => {
  await connection.close();
  await lab.stop();
});

async function observe(...requests: ObservationRequest[]): Promise<readonly Observation[]> {
  return await machine.observe(requests, new AbortController().signal);
}
async function observeOne(request: ObservationRequest): Promise<Observation | undefined> {
  return (await observe(request))[0];
}
const present = (value: unknown): Observation => ({ state: 'present', value });
const absent = { state: 'absent' };
const value = (path: string, name: string): ObservationRequest => ({ kind: 'value', hive: 'HKLM', path, name });

describe('the registry of a live machine', () => {
  it('gives values of every type as they are, put there a moment ago at random', async () => {
    const path = `SOFTWARE\\${randomUUID()}`;
    const values: Record<string, LabValue> = {
      '': randomUUID(),
      Text: `${randomUUID()} ümläut 漢字 😀`,
      Empty: '',
      Expandable: expandable(`%SystemRoot%\\${randomUUID()}`),
      Number: randomInt(2 ** 32 - 1),
      Long: randomBytes(8).readBigUInt64LE(),
      Texts: [randomUUID(), 'b', randomUUID()],
      Bytes: new Uint8Array(randomBytes(randomInt(1, 200))),
      Big: new Uint8Array(randomBytes(randomInt(5_000, 60_000))),
      None: { type: 'REG_NONE', data: '00ff' } satisfies RegistryValue,
    };
    await lab.setRegistry({ [`HKLM\\${path}`]: values });
    const names = Object.keys(values);
    const expected = Object.fromEntries(names.map((name) => [name, toRegistryValue(values[name] ?? '')]));
    const observed = await observe(...names.map((name) => value(path, name)), { kind: 'values', hive: 'HKLM', path });
    expect(observed).toEqual([...names.map((name) => present(expected[name])), present(expected)]);
  });

  it('lists the subkeys of a key, many at once', async () => {
    const path = `SOFTWARE\\${randomUUID()}`;
    const names = Array.from({ length: 150 }, () => randomUUID());
    await lab.setRegistry(Object.fromEntries(names.map((name) => [`HKLM\\${path}\\${name}`, { Name: name }])));
    const observed = await observeOne({ kind: 'subkeys', hive: 'HKLM', path });
    expect(observed?.state === 'present' && [...(observed.value as string[])].sort()).toEqual([...names].sort());
    const values = await observe(...names.map((name) => value(`${path}\\${name}`, 'Name')));
    expect(values).toEqual(names.map((name) => present({ type: 'REG_SZ', data: name })));
  });

  it('tells what is not there from what cannot be read', async () => {
    const path = `SOFTWARE\\${randomUUID()}`;
    await lab.setRegistry({ [`HKLM\\${path}`]: { There: 'x', Huge: new Uint8Array(1_048_577) } });
    expect(
      await observe(
        { kind: 'key', hive: 'HKLM', path },
        { kind: 'key', hive: 'HKLM', path: `${path}\\No` },
        value(path, 'No'),
        value(`${path}\\No\\Deeper`, 'There'),
        { kind: 'subkeys', hive: 'HKLM', path },
        { kind: 'subkeys', hive: 'HKLM', path: `${path}\\No` },
        value(path, 'Huge'),
        { kind: 'key', hive: 'HKLM', path: 'SAM\\SAM' },
        value('security\\Policy', ''),
      ),
    ).toEqual([
      present(true),
      absent,
      absent,
      absent,
      present([]),
      absent,
      expect.objectContaining({ state: 'unreadable', reason: expect.stringContaining('1048577') as unknown }),
      expect.objectContaining({ state: 'unreadable', reason: expect.stringContaining('never read') as unknown }),
      expect.objectContaining({ state: 'unreadable', reason: expect.stringContaining('never read') as unknown }),
    ]);
  });

  it('reads the hives of users and classes', async () => {
    const id = randomUUID();
    await lab.setRegistry({ 'HKU\\S-1-5-21-1-2-3-1001\\Software': { Id: id }, 'HKCR\\.detect': { '': id } });
    const text = present({ type: 'REG_SZ', data: id });
    expect(
      await observe(
        { kind: 'value', hive: 'HKU', path: 'S-1-5-21-1-2-3-1001\\Software', name: 'Id' },
        { kind: 'value', hive: 'HKCR', path: '.detect', name: '' },
      ),
    ).toEqual([text, text]);
  });

  it('shows a change of a value, of a key and its absence on the open connection', async () => {
    const path = `SOFTWARE\\${randomUUID()}`;
    for (const data of [randomUUID(), randomUUID()]) {
      await lab.setRegistryValue(`HKLM\\${path}`, 'Name', data);
      expect(await observeOne(value(path, 'Name'))).toEqual(present({ type: 'REG_SZ', data }));
    }
    await lab.removeRegistryValue(`HKLM\\${path}`, 'Name');
    expect(await observeOne(value(path, 'Name'))).toEqual(absent);
    await lab.removeRegistryKey(`HKLM\\${path}`);
    expect(await observeOne({ kind: 'key', hive: 'HKLM', path })).toEqual(absent);
    await lab.setRegistryValue(`HKLM\\${path}`, 'Name', 'again');
    expect(await observeOne(value(path, 'Name'))).toEqual(present({ type: 'REG_SZ', data: 'again' }));
  });
});

describe('a machine that gives no further pipe', () => {
  it('is read through the one that there is', async () => {
    const path = `SOFTWARE\\${randomUUID()}`;
    const names = Array.from({ length: 60 }, () => randomUUID());
    await lab.setRegistry(Object.fromEntries(names.map((name) => [`HKLM\\${path}\\${name}`, { Name: name }])));
    const alone = await openAll(lab, lab.password);
    lab.denyPipe('winreg', true);
    try {
      const requests = names.map((name) => value(`${path}\\${name}`, 'Name'));
      const subkeys = { kind: 'subkeys', hive: 'HKLM', path } as const;
      const [list, ...values] = await alone.machine().observe([subkeys, ...requests], new AbortController().signal);
      expect(values).toEqual(names.map((name) => present({ type: 'REG_SZ', data: name })));
      expect(list?.state === 'present' && [...(list.value as string[])].sort()).toEqual([...names].sort());
    } finally {
      lab.denyPipe('winreg', false);
      await alone.close();
    }
  });
});

describe('the services of a live machine', () => {
  it.each(['stopped', 'running', 'paused', 'start-pending', 'stop-pending'] as const)(
    'show that one is %s',
    async (state) => {
      const start = randomInt(5);
      lab.setServiceState('Spooler', state);
      await lab.setRegistryValue(`${SERVICES}\\Spooler`, 'Start', start);
      expect(await observeOne({ kind: 'service', name: 'Spooler' })).toEqual(
        present({
          name: 'Spooler',
          displayName: 'Print Spooler',
          state,
          start: present(['boot', 'system', 'automatic', 'manual', 'disabled'][start]),
          account: present('LocalSystem'),
          path: present('C:\\Windows\\spoolsv.exe'),
        }),
      );
    },
  );

  it('tell what is no service, and take no path for a name', async () => {
    expect(await observe({ kind: 'service', name: 'Nobody' }, { kind: 'service', name: '..\\Spooler' })).toEqual([
      absent,
      expect.objectContaining({ state: 'unreadable' }),
    ]);
  });

  it('are listed by name', async () => {
    const observed = await observeOne({ kind: 'services' });
    expect(observed?.state === 'present' && observed.value).toEqual(
      expect.arrayContaining(['Spooler', 'Referring', 'RemoteRegistry']),
    );
  });

  it('are read without a registry as far as they can', async () => {
    const { logOn, valueOf } = await import('./wire-connect.ts');
    const other = valueOf(await logOn(lab, lab.password));
    const [service] = await other
      .machine()
      .observe([{ kind: 'service', name: 'Referring' }], new AbortController().signal);
    expect(service).toMatchObject({
      value: { state: 'stopped', start: { state: 'unreadable' }, path: { state: 'unreadable' } },
    });
    await other.close();
  });
});

describe('the files of a live machine', () => {
  it('show the version of a real program, and of what is put in its place', async () => {
    expect(await observeOne({ kind: 'version', path: PROGRAM })).toMatchObject({
      value: { fileVersion: '18.1.0.0', arch: 'x64' },
    });
    const fileVersion = Array.from({ length: 4 }, () => randomInt(65536)).join('.');
    lab.writeFile(PROGRAM, {
      pe: { fileVersion, arch: 'arm64', language: 0x0407, strings: { ProductVersion: 'beta', CompanyName: 'Æ' } },
    });
    expect(await observeOne({ kind: 'version', path: PROGRAM })).toEqual(
      present({
        fileVersion,
        fixedProductVersion: fileVersion,
        productVersion: 'beta',
        company: 'Æ',
        language: 'de-DE',
        arch: 'arm64',
      }),
    );
    lab.removeFile(PROGRAM);
    expect(await observeOne({ kind: 'version', path: PROGRAM })).toEqual(absent);
    lab.writeFile(PROGRAM, { copyOf: REAL.pathname });
  });

  it('have a size, a time and a digest', async () => {
    const bytes = randomBytes(randomInt(1, 3_000_000));
    const time = new Date((1_600_000_000 + randomInt(2 ** 27)) * 1000);
    const path = 'C:\\Windows\\Temp\\random.bin';
    lab.writeFile(path, bytes);
    lab.setModified(path, time);
    expect(await observe({ kind: 'file', path }, { kind: 'sha256', path }, { kind: 'version', path })).toEqual([
      present({ folder: false, size: bytes.length, modified: time.toISOString() }),
      present(createHash('sha256').update(bytes).digest('hex')),
      present({}),
    ]);
  });

  it('are read as text up to 1 MiB', async () => {
    const text = `${randomUUID()} grün\r\n`.repeat(randomInt(1, 20_000));
    lab.writeFile('C:\\Windows\\Temp\\text.ini', text);
    lab.writeFile('C:\\Windows\\Temp\\long.txt', Buffer.alloc((1 << 20) + 1, 'x'));
    expect(
      await observe(
        { kind: 'text', path: 'C:\\Windows\\Temp\\text.ini' },
        { kind: 'text', path: 'C:\\Windows\\empty.txt' },
        { kind: 'text', path: 'C:\\Windows\\Temp\\long.txt' },
      ),
    ).toEqual([present(text), present(''), expect.objectContaining({ state: 'unreadable' })]);
  });

  it('are listed, however many', async () => {
    const folder = `C:\\Windows\\Temp\\${randomUUID()}`;
    const names = Array.from({ length: 1500 }, (_, index) => `${index}-${'long'.repeat(12)}.txt`);
    for (const name of names) lab.writeFile(`${folder}\\${name}`, '');
    lab.writeFile(`${folder}\\inner`, { folder: true });
    const observed = await observeOne({ kind: 'entries', path: folder });
    const entries = (observed?.state === 'present' ? observed.value : []) as { name: string; folder: boolean }[];
    expect(entries.map((entry) => entry.name).sort()).toEqual([...names, 'inner'].sort());
    expect(entries.filter((entry) => entry.folder).map((entry) => entry.name)).toEqual(['inner']);
  });

  it('tell what is not there from what cannot be read', async () => {
    const locked = 'C:\\Windows\\locked.dll';
    lab.writeFile(locked, { pe: { fileVersion: '1.0' } });
    const lock = await lab.lockFile(locked);
    try {
      expect(
        await observe(
          { kind: 'file', path: 'C:\\No\\Such' },
          { kind: 'file', path: 'C:\\Windows' },
          { kind: 'version', path: 'C:\\Windows' },
          { kind: 'entries', path: PROGRAM },
          { kind: 'entries', path: 'C:\\No' },
          { kind: 'version', path: locked },
          { kind: 'file', path: locked },
          { kind: 'file', path: 'D:\\data.txt' },
          { kind: 'text', path: 'C:\\Windows\\..\\secret' },
          { kind: 'text', path: '\\\\elsewhere\\share\\file' },
          { kind: 'text', path: 'C:\\Windows\\empty.txt:stream' },
        ),
      ).toEqual([
        absent,
        present(expect.objectContaining({ folder: true })),
        absent,
        absent,
        absent,
        expect.objectContaining({ state: 'unreadable', raw: 'STATUS_SHARING_VIOLATION (0xC0000043)' }),
        present(expect.objectContaining({ folder: false })),
        expect.objectContaining({
          state: 'unreadable',
          reason: expect.stringContaining('not connected to D$') as unknown,
        }),
        expect.objectContaining({ state: 'unreadable' }),
        expect.objectContaining({ state: 'unreadable' }),
        expect.objectContaining({ state: 'unreadable' }),
      ]);
    } finally {
      await lock.release();
    }
  });
});
