/** VS_VERSIONINFO (winver.h, "Version Information"): blocks of length, value length, type, key, value and inner blocks. */
import { languageTag } from './language.ts';

/** What the version resource says. Members are absent where it says nothing. */
export interface VersionInfo {
  readonly fileVersion?: string;
  readonly fixedProductVersion?: string;
  readonly productVersion?: string;
  readonly company?: string;
  readonly product?: string;
  readonly originalName?: string;
  readonly language?: string;
}

interface Block {
  readonly key: string;
  readonly value: Buffer;
  /** What follows key and value. */
  readonly inner: Buffer;
  /** Key aside, everything: the text of a String block, whose value length linkers count in different units. */
  readonly rest: Buffer;
}

const MAX_BLOCKS = 512;
const MAX_TEXT = 2048;
const FIXED_SIGNATURE = 0xfeef04bd;

export function readVersionInfo(resource: Buffer): VersionInfo {
  const [root] = blocksIn(resource);
  if (root?.key !== 'VS_VERSION_INFO') return {};
  const parts = blocksIn(root.inner);
  const translation = translationOf(parts);
  const tables = parts.filter((part) => part.key === 'StringFileInfo').flatMap((part) => blocksIn(part.inner));
  const table = tables.find((block) => Number.parseInt(block.key.slice(0, 4), 16) === translation) ?? tables[0];
  const language =
    translation ?? (table && /^[0-9a-f]{8}$/i.test(table.key) ? Number.parseInt(table.key.slice(0, 4), 16) : undefined);
  return withoutUndefined({
    ...fixedInfo(root.value),
    ...texts(table),
    language: language === undefined ? undefined : languageTag(language),
  });
}

function fixedInfo(value: Buffer): Pick<VersionInfo, 'fileVersion' | 'fixedProductVersion'> {
  if (value.length < 24 || value.readUInt32LE(0) !== FIXED_SIGNATURE) return {};
  const version = (at: number) => [at + 2, at, at + 6, at + 4].map((place) => value.readUInt16LE(place)).join('.');
  return { fileVersion: version(8), fixedProductVersion: version(16) };
}

function translationOf(parts: readonly Block[]): number | undefined {
  const info = parts.find((part) => part.key === 'VarFileInfo');
  const translation = info && blocksIn(info.inner).find((block) => block.key === 'Translation');
  return translation && translation.value.length >= 4 ? translation.value.readUInt16LE(0) : undefined;
}

const NAMES: Readonly<Record<string, keyof VersionInfo>> = {
  ProductVersion: 'productVersion',
  CompanyName: 'company',
  ProductName: 'product',
  OriginalFilename: 'originalName',
};

function texts(table: Block | undefined): VersionInfo {
  const found: Partial<Record<keyof VersionInfo, string>> = {};
  for (const block of table ? blocksIn(table.inner) : []) {
    const name = Object.hasOwn(NAMES, block.key) ? NAMES[block.key] : undefined;
    const value = block.rest.toString('utf16le', 0, MAX_TEXT * 2).split('\0', 1)[0];
    if (name && value) found[name] ??= value;
  }
  return found;
}

/** The blocks that lie side by side in these bytes. A block that says it is longer than they are ends the list. */
function blocksIn(bytes: Buffer): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at + 8 <= bytes.length && blocks.length < MAX_BLOCKS;) {
    const length = bytes.readUInt16LE(at);
    if (length < 8 || at + length > bytes.length) break;
    blocks.push(readBlock(bytes.subarray(at, at + length)));
    at += align(length);
  }
  return blocks;
}

function readBlock(bytes: Buffer): Block {
  let end = 6;
  while (end + 2 <= bytes.length && bytes.readUInt16LE(end) !== 0) end += 2;
  const isText = bytes.readUInt16LE(4) === 1;
  const start = align(end + 2);
  const valueLength = bytes.readUInt16LE(2) * (isText ? 2 : 1);
  return {
    key: bytes.toString('utf16le', 6, end),
    value: bytes.subarray(start, start + valueLength),
    inner: bytes.subarray(align(start + valueLength)),
    rest: bytes.subarray(start),
  };
}

function align(value: number): number {
  return (value + 3) & ~3;
}

function withoutUndefined(info: { readonly [K in keyof VersionInfo]: VersionInfo[K] | undefined }): VersionInfo {
  return Object.fromEntries(Object.entries(info).filter(([, value]) => value !== undefined));
}
