import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Machine } from '../../../../server/src/machine/port.ts';
import { parseSnapshot } from '../../../../server/src/machine/snapshot/parse.ts';
import { RecordingMachine } from '../../../../server/src/machine/snapshot/recording.ts';
import { SnapshotMachine } from '../../../../server/src/machine/snapshot/snapshot-machine.ts';
import { requestId, type Observation, type ObservationRequest } from '../../../../server/src/model/observation.ts';

const signal = new AbortController().signal;
const sz = (data: string): Observation => ({ state: 'present', value: { type: 'REG_SZ', data } });
const value = (path: string, name: string): ObservationRequest => ({ kind: 'value', hive: 'HKLM', path, name });

/** A machine that answers from a list, and notes what it was asked. */
function machineOf(
  answers: readonly (readonly [ObservationRequest, Observation])[],
): Machine & { readonly asked: ObservationRequest[] } {
  const byId = new Map(answers.map(([request, answer]) => [requestId(request), answer]));
  const asked: ObservationRequest[] = [];
  return {
    asked,
    kind: 'live',
    time: new Date('2026-05-01T08:00:00Z'),
    observe(requests) {
      asked.push(...requests);
      return Promise.resolve(requests.map((request) => byId.get(requestId(request)) ?? { state: 'absent' }));
    },
    cost: () => ({ roundTrips: 3, bytes: 1000, reads: asked.length }),
    close: () => Promise.resolve(),
  };
}

async function record(
  answers: readonly (readonly [ObservationRequest, Observation])[],
): Promise<{ text: string; replay: SnapshotMachine }> {
  const recording = new RecordingMachine(machineOf(answers));
  await recording.observe(
    answers.map(([request]) => request),
    signal,
  );
  const text = recording.toText();
  const parsed = parseSnapshot(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return { text, replay: new SnapshotMachine(parsed.snapshot) };
}

const name = fc.constantFrom('Alpha', 'Beta', 'Gamma', 'delta', 'With Blank', '__proto__', 'ÄÖ');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => ['SOFTWARE', ...parts].join('\\'));
const data = fc.oneof(
  fc.string().map((text) => ({ type: 'REG_SZ' as const, data: text })),
  fc.nat().map((number) => ({ type: 'REG_DWORD' as const, data: String(number) })),
  fc.array(fc.string()).map((items) => ({ type: 'REG_MULTI_SZ' as const, data: items })),
);
const failed = fc.constantFrom<Observation>(
  { state: 'unreadable', reason: 'access denied', raw: '5' },
  { state: 'absent' },
);
/** One value each of keys that exist: answers that cannot contradict each other. */
const values = fc.uniqueArray(
  fc.tuple(
    path,
    name,
    fc.oneof(
      data.map((one): Observation => ({ state: 'present', value: one })),
      failed,
    ),
  ),
  { selector: ([key, valueName]) => `${key}|${valueName}`.toLowerCase(), maxLength: 12 },
);

describe('a recording', () => {
  it('replays every answer as it was', async () => {
    await fc.assert(
      fc.asyncProperty(values, async (list) => {
        const answers = list.map(([key, valueName, answer]) => [value(key, valueName), answer] as const);
        const { replay } = await record(answers);
        expect(
          await replay.observe(
            answers.map(([request]) => request),
            signal,
          ),
        ).toEqual(answers.map(([, answer]) => answer));
      }),
    );
  });

  it('is the same text whatever the order of the questions', async () => {
    await fc.assert(
      fc.asyncProperty(values, fc.infiniteStream(fc.nat()), async (list, keys) => {
        const answers = list.map(([key, valueName, answer]) => [value(key, valueName), answer] as const);
        const shuffled = answers
          .map((one) => ({ one, key: keys.next().value as number }))
          .toSorted((a, b) => a.key - b.key);
        expect((await record(shuffled.map(({ one }) => one))).text).toBe((await record(answers)).text);
      }),
    );
  });

  it('says when it was made and of whom', () => {
    const recording = new RecordingMachine(machineOf([]));
    expect(recording.document({ name: 'WS01', address: '192.0.2.7', port: 445 })).toMatchObject({
      schema: 'patchlab-snapshot/1',
      recorded: '2026-05-01T08:00:00.000Z',
      machine: { name: 'WS01', address: '192.0.2.7', port: 445 },
    });
  });

  it('costs what its machine costs, and keeps nothing that was not asked for', async () => {
    const machine = machineOf([[value('SOFTWARE\\A', 'V'), sz('x')]]);
    const recording = new RecordingMachine(machine);
    await recording.observe([value('SOFTWARE\\A', 'W')], signal);
    expect(recording.cost()).toEqual({ roundTrips: 3, bytes: 1000, reads: 1 });
    expect(recording.document().registry).toEqual({ 'HKLM\\SOFTWARE\\A': { values: { W: null } } });
  });
});

describe('what a recording leaves out', () => {
  it.each([
    ['DigitalProductId', 'a product key'],
    ['ProductKey', 'a product key'],
    ['Serial Number', 'a serial number'],
    ['LicenseKey', 'a licence'],
    ['RegisteredOwner', 'a person or organisation'],
  ])('%s, and says so', async (valueName, why) => {
    const request = value('SOFTWARE\\A', valueName);
    const { text, replay } = await record([[request, sz('NOT-A-REAL-ONE')]]);
    expect(text).not.toContain('NOT-A-REAL-ONE');
    expect(JSON.parse(text)).toMatchObject({ redacted: [{ what: `value "${valueName}" of HKLM\\SOFTWARE\\A`, why }] });
    expect(await replay.observe([request], signal)).toEqual([
      { state: 'unreadable', reason: `left out of the recording: ${why}` },
    ]);
  });

  it.each([
    'DisplayVersion',
    'Path',
    'InstallLocation',
    'SerialPort',
    'MinimumPasswordLength',
    'ReleaseId',
    'CurrentBuild',
  ])('is not %s', async (valueName) => {
    const request = value('SOFTWARE\\A', valueName);
    const { replay } = await record([[request, sz('24.07')]]);
    expect(await replay.observe([request], signal)).toEqual([sz('24.07')]);
  });

  it('a product key by its form, wherever it stands', async () => {
    const fake = 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE';
    const { text } = await record([
      [value('SOFTWARE\\A', 'Comment'), sz(`key ${fake}!`)],
      [
        { kind: 'text', path: 'C:\\a.txt' },
        { state: 'present', value: `one\n${fake}\n` },
      ],
    ]);
    expect(text).not.toContain('BBBBB');
    expect(JSON.parse(text)).toMatchObject({
      redacted: [{ why: 'what its lines set secrets to' }, { why: 'a product key' }],
    });
  });

  it('what lines of a file set secrets to', async () => {
    const ini = '[server]\r\nversion=1.2.3\r\npassword = not-a-real-one\r\napi_key: not-a-real-one\r\n';
    const { replay } = await record([
      [
        { kind: 'text', path: 'C:\\a.ini' },
        { state: 'present', value: ini },
      ],
    ]);
    const [answer] = await replay.observe([{ kind: 'text', path: 'C:\\a.ini' }], signal);
    expect(answer).toEqual({
      state: 'present',
      value: '[server]\r\nversion=1.2.3\r\npassword = [left out]\r\napi_key: [left out]\r\n',
    });
  });

  it('people: their profile folders are the same stand-in everywhere', async () => {
    const profile = value(
      'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\S-1-5-21-1-2-3-1001',
      'ProfileImagePath',
    );
    const logon: ObservationRequest = {
      kind: 'value',
      hive: 'HKU',
      path: 'S-1-5-21-1-2-3-1001\\Volatile Environment',
      name: 'USERNAME',
    };
    const info = { folder: true, size: 0, modified: '2026-01-01T00:00:00Z' };
    const { text, replay } = await record([
      [profile, sz('C:\\Users\\Ann.Smith')],
      [logon, sz('ann.smith')],
      [
        { kind: 'version', path: 'C:\\Users\\Ann.Smith\\AppData\\x.exe' },
        { state: 'present', value: { fileVersion: '1.0' } },
      ],
      [
        { kind: 'entries', path: 'C:\\Users' },
        {
          state: 'present',
          value: [
            { name: 'Ann.Smith', ...info },
            { name: 'Public', ...info },
          ],
        },
      ],
    ]);
    expect(text).not.toMatch(/smith/i);
    const answers = await replay.observe(
      [profile, logon, { kind: 'version', path: 'C:\\Users\\person1\\AppData\\x.exe' }],
      signal,
    );
    expect(answers).toEqual([
      sz('C:\\Users\\person1'),
      sz('person1'),
      { state: 'present', value: { fileVersion: '1.0' } },
    ]);
    expect(text).toContain('"name": "Public"');
  });

  it.each<ObservationRequest>([
    { kind: 'key', hive: 'HKLM', path: 'SAM\\SAM\\Domains' },
    { kind: 'values', hive: 'HKLM', path: 'SECURITY\\Policy\\Secrets' },
    value('SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon', 'DefaultPassword'),
    { kind: 'text', path: 'C:\\Windows\\System32\\config\\SAM' },
  ])('what is never read: it is refused before any machine is asked (%o)', async (request) => {
    const machine = machineOf([[request, sz('not-a-real-one')]]);
    const recording = new RecordingMachine(machine);
    const [answer] = await recording.observe([request], signal);
    expect(answer?.state).toBe('unreadable');
    expect(machine.asked).toEqual([]);
    expect(recording.toText()).not.toContain('not-a-real-one');
  });
});
