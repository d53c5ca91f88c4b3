/** A PE image's headers (Microsoft's "PE Format"): machine, sections, and where the resources are. */
import { PeDamaged, type PeBytes, type PeReading } from './reading.ts';

export type PeArchitecture = 'x86' | 'x64' | 'arm' | 'arm64';

interface Section {
  readonly address: number;
  /** Bytes in the file. */
  readonly length: number;
  readonly offset: number;
}

export interface PeImage {
  readonly arch: PeArchitecture | undefined;
  /** Where the resource directory lies in the file; undefined for an image without. */
  readonly resources: { readonly offset: number; readonly length: number } | undefined;
  /** A place in the file for an address in memory. */
  toOffset(address: number): number;
}

const MACHINES: ReadonlyMap<number, PeArchitecture> = new Map([
  [0x014c, 'x86'],
  [0x8664, 'x64'],
  [0x01c0, 'arm'],
  [0x01c2, 'arm'],
  [0x01c4, 'arm'],
  [0xaa64, 'arm64'],
]);
const MAX_SECTIONS = 96;
const RESOURCE_DIRECTORY = 2;

/** The image, or undefined for a file that is no PE image at all. */
export function* readImage(bytes: PeBytes): PeReading<PeImage | undefined> {
  if (bytes.size < 64) return undefined;
  const dos = yield* bytes.at(0, 64);
  const start = dos.readUInt32LE(60);
  if (dos.toString('latin1', 0, 2) !== 'MZ' || start + 24 > bytes.size) return undefined;
  const coff = yield* bytes.at(start, 24);
  if (coff.toString('latin1', 0, 4) !== 'PE\0\0') return undefined;
  const optionalLength = coff.readUInt16LE(20);
  const sections = yield* readSections(bytes, start + 24 + optionalLength, coff.readUInt16LE(6));
  const toOffset = (address: number) => place(sections, address).offset;
  const directory = resourceDirectory(yield* bytes.at(start + 24, optionalLength));
  const arch = MACHINES.get(coff.readUInt16LE(4));
  if (directory === undefined) return { arch, resources: undefined, toOffset };
  const { offset, left } = place(sections, directory.address);
  return { arch, resources: { offset, length: Math.min(left, directory.length) }, toOffset };
}

function* readSections(bytes: PeBytes, at: number, count: number): PeReading<readonly Section[]> {
  if (count > MAX_SECTIONS) throw new PeDamaged(`it claims ${count} sections`);
  const table = yield* bytes.at(at, count * 40);
  return Array.from({ length: count }, (_, index) => ({
    address: table.readUInt32LE(index * 40 + 12),
    length: table.readUInt32LE(index * 40 + 16),
    offset: table.readUInt32LE(index * 40 + 20),
  }));
}

function resourceDirectory(header: Buffer): { address: number; length: number } | undefined {
  if (header.length < 2) return undefined;
  const wide = header.readUInt16LE(0) === 0x20b;
  const at = (wide ? 112 : 96) + RESOURCE_DIRECTORY * 8;
  if (header.length < at + 8 || header.readUInt32LE(wide ? 108 : 92) <= RESOURCE_DIRECTORY) return undefined;
  const address = header.readUInt32LE(at);
  return address === 0 ? undefined : { address, length: header.readUInt32LE(at + 4) };
}

function place(sections: readonly Section[], address: number): { offset: number; left: number } {
  const section = sections.find((s) => address >= s.address && address < s.address + s.length);
  if (!section) throw new PeDamaged('it points outside its sections');
  const inside = address - section.address;
  return { offset: section.offset + inside, left: section.length - inside };
}
