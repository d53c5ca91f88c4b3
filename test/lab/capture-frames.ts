/**
 * Captures what a lab machine answers, as data for tests that change it: `node test/lab/capture-frames.ts`. The connection is
 * signed and not encrypted, so that the frames on the wire are the messages. Names and passwords in it are the lab's own.
 */
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { connectLive } from '../../server/src/machine/live/live.ts';
import type { ObservationRequest } from '../../server/src/model/observation.ts';
import { HEADER_LENGTH } from '../../server/src/wire/smb/header.ts';
import { startMachine, type LabMachine } from './lab.ts';

const FILE = path.join(import.meta.dirname, '../unit/wire/fuzz/captured-frames.json');
/** Of each command so many different answers. */
const MOST_OF_A_COMMAND = 14;
const LONGEST = 3000;
const KEY = 'SOFTWARE\\Captured';

const REQUESTS: readonly ObservationRequest[] = [
  { kind: 'value', hive: 'HKLM', path: KEY, name: 'Text' },
  { kind: 'value', hive: 'HKLM', path: KEY, name: 'Gone' },
  { kind: 'key', hive: 'HKLM', path: KEY },
  { kind: 'subkeys', hive: 'HKLM', path: KEY },
  { kind: 'values', hive: 'HKLM', path: KEY },
  { kind: 'file', path: 'C:\\Captured\\a.exe' },
  { kind: 'file', path: 'C:\\Captured\\gone.exe' },
  { kind: 'entries', path: 'C:\\Captured' },
  { kind: 'text', path: 'C:\\Captured\\a.txt' },
  { kind: 'service', name: 'Captured' },
  { kind: 'services' },
];

const machine = await startMachine({
  name: 'captured',
  registry: {
    [`HKLM\\${KEY}`]: { Text: 'Captured text', Number: 7, List: ['one', 'two'] },
    [`HKLM\\${KEY}\\One`]: { Path: 'C:\\Captured' },
    [`HKLM\\${KEY}\\Two`]: {},
  },
  files: { 'C:\\Captured\\a.exe': { pe: { fileVersion: '1.2.3.4' } }, 'C:\\Captured\\a.txt': 'version=1.2\n' },
  services: { Captured: { displayName: 'Captured', state: 'running', start: 2, path: 'C:\\Captured\\a.exe' } },
});
try {
  const frames = kept(await capture(machine));
  writeFileSync(FILE, `${JSON.stringify(frames, null, 2)}\n`);
  console.log(`${frames.length} frames`);
} finally {
  await machine.stop();
}

/** What the machine sends while a scan's observations are made. */
async function capture({ address, port, password }: LabMachine): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const server = net.createServer((client) => {
    const upstream = net.connect({ host: address, port });
    client.on('data', (chunk) => upstream.write(chunk));
    upstream.on('data', (chunk) => {
      chunks.push(chunk);
      client.write(chunk);
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const)
      one.on('close', () => other.destroy()).on('error', () => other.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = (server.address() as net.AddressInfo).port;
  const credential = { user: 'Administrator', password };
  const wishes = { ciphers: [], encryption: 'if-demanded', dialects: { max: '3.0.2' } } as const;
  const connected = await connectLive({ host: '127.0.0.1', port: own, credential, ...wishes });
  if (!connected.ok) throw new Error(connected.failure.message);
  await connected.value.openShare('C$');
  await connected.value.openRegistry();
  await connected.value.machine().observe(REQUESTS, new AbortController().signal);
  await connected.value.close();
  server.close();
  return Buffer.concat(chunks);
}

/** Different messages, as base64 by command. */
function kept(bytes: Buffer): readonly { readonly command: number; readonly message: string }[] {
  const found = new Map<string, { command: number; message: string }>();
  const counts = new Map<number, number>();
  for (let at = 0; at + 4 <= bytes.length; at += 4 + bytes.readUIntBE(at + 1, 3)) {
    let rest = bytes.subarray(at + 4, at + 4 + bytes.readUIntBE(at + 1, 3));
    for (let next = 1; next !== 0 && rest.length >= HEADER_LENGTH; rest = rest.subarray(next)) {
      next = rest.readUInt32LE(20);
      const message = next === 0 ? rest : rest.subarray(0, next);
      const command = message.readUInt16LE(12);
      const kind = `${command}|${message.readUInt32LE(8)}|${message.length}`;
      const count = counts.get(command) ?? 0;
      if (found.has(kind) || count >= MOST_OF_A_COMMAND || message.length > LONGEST) {
        if (next === 0) break;
        continue;
      }
      counts.set(command, count + 1);
      found.set(kind, { command, message: message.toString('base64') });
      if (next === 0) break;
    }
  }
  return [...found.values()];
}
