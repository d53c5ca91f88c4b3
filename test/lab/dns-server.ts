/** A small DNS server on a loopback address that says what a test wants (RFC 1035 4): addresses, SRV records, and every refusal. */
import { createSocket } from 'node:dgram';
import { randomInt } from 'node:crypto';
import { findFreeAddress } from './free-address.ts';

/** What it says of a name: its addresses, or how it fails; `silent` never answers. */
export type DnsAnswer = readonly string[] | 'nxdomain' | 'servfail' | 'refused' | 'silent';

export interface LabDns {
  /** `ADDRESS:PORT`, as patchlab.json takes it. */
  readonly target: string;
  /** Every name that was asked for, with its type: `A ws1.lab.example`. */
  readonly asked: readonly string[];
  readonly stop: () => Promise<void>;
}

export interface DnsOptions {
  readonly address: (name: string) => DnsAnswer;
  /** Hosts of the SRV record of a name. */
  readonly service?: (name: string) => readonly { readonly host: string; readonly port: number }[];
}

const RCODES = { servfail: 2, nxdomain: 3, refused: 5 } as const;
const TYPES: Readonly<Record<number, string>> = { 1: 'A', 28: 'AAAA', 33: 'SRV' };

export async function startDns({ address, service = () => [] }: DnsOptions): Promise<LabDns> {
  const port = randomInt(20_000, 30_000);
  const host = await findFreeAddress(port);
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (packet, from) => {
    const { name, type, end } = questionOf(packet);
    asked.push(`${TYPES[type] ?? type} ${name}`);
    const said = type === 33 ? service(name) : address(name);
    if (said === 'silent') return;
    const records = typeof said === 'string' ? [] : said.flatMap((each) => recordOf(each, type));
    const head = Buffer.alloc(12);
    packet.copy(head, 0, 0, 2);
    // An answer that is authoritative.
    head.writeUInt16BE(0x8580 | (typeof said === 'string' ? RCODES[said] : 0), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(records.length, 6);
    socket.send(Buffer.concat([head, packet.subarray(12, end), ...records]), from.port, from.address, () => undefined);
  });
  await new Promise<void>((resolve) => socket.bind(port, host, resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      socket.close(() => {
        resolve();
      });
    });
  return { target: `${host}:${port}`, asked, stop };
}

function questionOf(packet: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = packet[at] ?? 0; length > 0; length = packet[at] ?? 0) {
    labels.push(packet.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: packet.readUInt16BE(at + 1), end: at + 5 };
}

function recordOf(said: string | { readonly host: string; readonly port: number }, type: number): readonly Buffer[] {
  const data = dataOf(said, type);
  if (!data) return [];
  const head = Buffer.alloc(12);
  // The name of the question, wherever it stands (RFC 1035 4.1.4).
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(1, 6);
  head.writeUInt16BE(data.length, 10);
  return [Buffer.concat([head, data])];
}

function dataOf(said: string | { readonly host: string; readonly port: number }, type: number): Buffer | undefined {
  if (typeof said !== 'string') {
    const head = Buffer.alloc(6);
    head.writeUInt16BE(said.port, 4);
    const labels = said.host.split('.').map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`));
    return Buffer.concat([head, ...labels, Buffer.alloc(1)]);
  }
  return type === 1 ? Buffer.from(said.split('.').map(Number)) : undefined;
}
