/** Composes valid PE files with a version resource, of any version, machine type and size. */

export type PeArchitecture = 'x86' | 'x64' | 'arm64';

export interface PeFileSpec {
  /** Up to four parts; goes to VS_FIXEDFILEINFO and, unless told, to the string table. Without it the file has no resources. */
  readonly fileVersion?: string;
  /** VS_FIXEDFILEINFO; the file version unless told. */
  readonly productVersion?: string;
  /** The string table, in order: `FileVersion`, `ProductVersion` and so on; replaces what follows from the versions. */
  readonly strings?: Readonly<Record<string, string>>;
  /** A LANGID; 0x0409 unless told. */
  readonly language?: number;
  readonly arch?: PeArchitecture;
  /** Bytes of the whole file; the rest is a hole. At least what the parts need. */
  readonly size?: number;
  /** Where the resource section lies: behind the padding (so at the file's end) unless told. */
  readonly resourceAt?: 'start' | 'end';
}

/** A file as parts at offsets; what lies between is zero. */
export interface SparseFile {
  readonly size: number;
  readonly parts: readonly { readonly offset: number; readonly bytes: Buffer }[];
}

const MACHINES: Readonly<Record<PeArchitecture, number>> = { x86: 0x014c, x64: 0x8664, arm64: 0xaa64 };
const FILE_ALIGNMENT = 0x200;
const SECTION_ALIGNMENT = 0x1000;
const HEADERS = 0x400;

function alignUp(value: number, to: number): number {
  return Math.ceil(value / to) * to;
}

function versionWords(version: string): readonly [number, number, number, number] {
  const [a = 0, b = 0, c = 0, d = 0] = version.split('.').map(Number);
  return [a, b, c, d];
}

// ---------- VS_VERSIONINFO (winver.h: every block is wLength, wValueLength, wType, key, padding, value, padding, children)

function block(key: string, type: 0 | 1, value: Buffer, children: readonly Buffer[] = []): Buffer {
  const keyBytes = Buffer.from(`${key}\0`, 'utf16le');
  const head = Buffer.alloc(alignUp(6 + keyBytes.length, 4));
  keyBytes.copy(head, 6);
  const padded = [value, ...children].flatMap((part) => [part, Buffer.alloc(alignUp(part.length, 4) - part.length)]);
  const whole = Buffer.concat([head, ...padded]);
  const lastPadding = padded.at(-1)?.length ?? 0;
  whole.writeUInt16LE(whole.length - lastPadding, 0);
  whole.writeUInt16LE(type === 1 ? value.length / 2 : value.length, 2);
  whole.writeUInt16LE(type, 4);
  return whole.subarray(0, whole.length - lastPadding);
}

function fixedFileInfo(fileVersion: string, productVersion: string): Buffer {
  const info = Buffer.alloc(52);
  info.writeUInt32LE(0xfeef04bd, 0);
  info.writeUInt32LE(0x00010000, 4);
  [fileVersion, productVersion].forEach((version, index) => {
    const [a, b, c, d] = versionWords(version);
    info.writeUInt32LE(((a << 16) | b) >>> 0, 8 + index * 8);
    info.writeUInt32LE(((c << 16) | d) >>> 0, 12 + index * 8);
  });
  info.writeUInt32LE(0x3f, 24); // dwFileFlagsMask
  info.writeUInt32LE(0x00040004, 32); // VOS_NT_WINDOWS32
  info.writeUInt32LE(1, 36); // VFT_APP
  return info;
}

function versionInfo(spec: PeFileSpec, fileVersion: string): Buffer {
  const productVersion = spec.productVersion ?? fileVersion;
  const strings = spec.strings ?? { FileVersion: fileVersion, ProductVersion: productVersion };
  const language = spec.language ?? 0x0409;
  const table = `${language.toString(16).padStart(4, '0')}04b0`;
  const nothing = Buffer.alloc(0);
  const entries = Object.entries(strings).map(([name, text]) => block(name, 1, Buffer.from(`${text}\0`, 'utf16le')));
  const translation = Buffer.alloc(4);
  translation.writeUInt16LE(language, 0);
  translation.writeUInt16LE(0x04b0, 2);
  return block('VS_VERSION_INFO', 0, fixedFileInfo(fileVersion, productVersion), [
    block('StringFileInfo', 1, nothing, [block(table, 1, nothing, entries)]),
    block('VarFileInfo', 1, nothing, [block('Translation', 0, translation)]),
  ]);
}

// ---------- the resource section: three directory levels (type, name, language), one data entry, the data

const DIRECTORY_SIZE = 24;
const RT_VERSION = 16;

function directory(id: number, offset: number, isSubdirectory: boolean): Buffer {
  const bytes = Buffer.alloc(DIRECTORY_SIZE);
  bytes.writeUInt16LE(1, 14); // NumberOfIdEntries
  bytes.writeUInt32LE(id, 16);
  bytes.writeUInt32LE((isSubdirectory ? 0x80000000 : 0) + offset, 20);
  return bytes;
}

function resourceSection(spec: PeFileSpec, address: number): Buffer {
  if (spec.fileVersion === undefined) return Buffer.alloc(FILE_ALIGNMENT);
  const data = versionInfo(spec, spec.fileVersion);
  const dataAt = DIRECTORY_SIZE * 3 + 16;
  const entry = Buffer.alloc(16);
  entry.writeUInt32LE(address + dataAt, 0);
  entry.writeUInt32LE(data.length, 4);
  return Buffer.concat([
    directory(RT_VERSION, DIRECTORY_SIZE, true),
    directory(1, DIRECTORY_SIZE * 2, true),
    directory(spec.language ?? 0x0409, DIRECTORY_SIZE * 3, false),
    entry,
    data,
  ]);
}

// ---------- headers

interface Section {
  readonly name: string;
  readonly address: number;
  readonly virtualSize: number;
  readonly offset: number;
  readonly rawSize: number;
  readonly flags: number;
}

function sectionHeader(section: Section): Buffer {
  const bytes = Buffer.alloc(40);
  bytes.write(section.name, 0, 'latin1');
  bytes.writeUInt32LE(section.virtualSize, 8);
  bytes.writeUInt32LE(section.address, 12);
  bytes.writeUInt32LE(section.rawSize, 16);
  bytes.writeUInt32LE(section.offset, 20);
  bytes.writeUInt32LE(section.flags, 36);
  return bytes;
}

interface Image {
  readonly arch: PeArchitecture;
  readonly sections: readonly Section[];
  readonly resource: Section;
  readonly hasResources: boolean;
}

function optionalHeader({ arch, sections, resource, hasResources }: Image): Buffer {
  const wide = arch !== 'x86';
  const directories = wide ? 112 : 96;
  const bytes = Buffer.alloc(directories + 16 * 8);
  const code = sections.find((section) => section.name === '.text');
  const last = sections.at(-1) ?? resource;
  bytes.writeUInt16LE(wide ? 0x20b : 0x10b, 0);
  bytes.writeUInt32LE(code?.rawSize ?? 0, 4);
  bytes.writeUInt32LE(resource.rawSize, 8);
  bytes.writeUInt32LE(code?.address ?? 0, 16); // AddressOfEntryPoint
  bytes.writeUInt32LE(code?.address ?? 0, 20); // BaseOfCode
  if (wide) bytes.writeBigUInt64LE(0x140000000n, 24);
  else bytes.writeUInt32LE(0x400000, 28);
  bytes.writeUInt32LE(SECTION_ALIGNMENT, 32);
  bytes.writeUInt32LE(FILE_ALIGNMENT, 36);
  bytes.writeUInt16LE(6, 40); // MajorOperatingSystemVersion
  bytes.writeUInt16LE(6, 48); // MajorSubsystemVersion
  bytes.writeUInt32LE(alignUp(last.address + last.virtualSize, SECTION_ALIGNMENT), 56); // SizeOfImage
  bytes.writeUInt32LE(HEADERS, 60);
  bytes.writeUInt16LE(3, 68); // IMAGE_SUBSYSTEM_WINDOWS_CUI
  bytes.writeUInt32LE(16, directories - 4); // NumberOfRvaAndSizes
  if (hasResources) {
    bytes.writeUInt32LE(resource.address, directories + 16); // directory 2
    bytes.writeUInt32LE(resource.virtualSize, directories + 20);
  }
  return bytes;
}

function layOut(spec: PeFileSpec): readonly Section[] {
  const resourceSize = alignUp(resourceSection(spec, 0).length, FILE_ALIGNMENT);
  const codeSize = Math.max(alignUp((spec.size ?? 0) - HEADERS - resourceSize, FILE_ALIGNMENT), FILE_ALIGNMENT);
  const sizes = { '.text': codeSize, '.rsrc': resourceSize };
  const order = spec.resourceAt === 'start' ? (['.rsrc', '.text'] as const) : (['.text', '.rsrc'] as const);
  let offset = HEADERS;
  let address = SECTION_ALIGNMENT;
  return order.map((name) => {
    const rawSize = sizes[name];
    const flags = name === '.text' ? 0x60000020 : 0x40000040;
    const section: Section = { name, address, virtualSize: rawSize, offset, rawSize, flags };
    offset += rawSize;
    address = alignUp(address + rawSize, SECTION_ALIGNMENT);
    return section;
  });
}

/** Composes the file (Microsoft's PE format; headers, a code section of one return instruction and holes, a resource section). */
export function composePeFile(spec: PeFileSpec): SparseFile {
  const arch = spec.arch ?? 'x64';
  const sections = layOut(spec);
  const [code, resource] = ['.text', '.rsrc'].map((name) => sections.find((section) => section.name === name));
  if (!code || !resource) throw new Error('a PE file of the lab has a code and a resource section');
  const optional = optionalHeader({ arch, sections, resource, hasResources: spec.fileVersion !== undefined });
  const stub = Buffer.alloc(0x80);
  stub.write('MZ', 0, 'latin1');
  stub.writeUInt32LE(stub.length, 0x3c); // e_lfanew
  const coff = Buffer.alloc(24);
  coff.write('PE\0\0', 0, 'latin1');
  coff.writeUInt16LE(MACHINES[arch], 4);
  coff.writeUInt16LE(sections.length, 6);
  coff.writeUInt16LE(optional.length, 20);
  coff.writeUInt16LE(arch === 'x86' ? 0x0102 : 0x0022, 22); // executable; 32-bit or large addresses
  return {
    size: HEADERS + code.rawSize + resource.rawSize,
    parts: [
      { offset: 0, bytes: Buffer.concat([stub, coff, optional, ...sections.map(sectionHeader)]) },
      { offset: code.offset, bytes: Buffer.from(arch === 'arm64' ? 'c0035fd6' : 'c3', 'hex') },
      { offset: resource.offset, bytes: resourceSection(spec, resource.address) },
    ],
  };
}
