/** A lab machine's registry as data, and the .reg text that `net registry import` takes. */
import type { RegistryType, RegistryValue } from '../../server/src/model/observation.ts';

/** A value as data: text is REG_SZ, a number REG_DWORD, a bigint REG_QWORD, a list REG_MULTI_SZ, bytes REG_BINARY; else spelled out. */
export type LabValue = string | number | bigint | readonly string[] | Uint8Array | RegistryValue;

/** Keys (`HKLM\SOFTWARE\...`) and their values by name; `''` is a key's default value. */
export type LabRegistry = Readonly<Record<string, Readonly<Record<string, LabValue>>>>;

/** A REG_EXPAND_SZ. */
export function expandable(data: string): RegistryValue {
  return { type: 'REG_EXPAND_SZ', data };
}

/** The value as a reader of the machine gets it. */
export function toRegistryValue(value: LabValue): RegistryValue {
  if (typeof value === 'string') return { type: 'REG_SZ', data: value };
  if (typeof value === 'number') return { type: 'REG_DWORD', data: String(value) };
  if (typeof value === 'bigint') return { type: 'REG_QWORD', data: String(value) };
  if (value instanceof Uint8Array) return { type: 'REG_BINARY', data: Buffer.from(value).toString('hex') };
  if ('type' in value) return value;
  return { type: 'REG_MULTI_SZ', data: value };
}

const TYPE_NUMBERS: Readonly<Record<RegistryType, number>> = {
  REG_NONE: 0,
  REG_SZ: 1,
  REG_EXPAND_SZ: 2,
  REG_BINARY: 3,
  REG_DWORD: 4,
  REG_DWORD_BIG_ENDIAN: 5,
  REG_LINK: 6,
  REG_MULTI_SZ: 7,
  REG_RESOURCE_LIST: 8,
  REG_QWORD: 11,
};

/** A value's bytes as the registry holds them ([MS-RRP] 3.1.1.5): texts are UTF-16LE and end with a zero. */
export function registryBytes(value: RegistryValue): Buffer {
  switch (value.type) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
    case 'REG_LINK':
      return Buffer.from(`${value.data}\0`, 'utf16le');
    case 'REG_MULTI_SZ':
      return Buffer.from(`${value.data.map((text) => `${text}\0`).join('')}\0`, 'utf16le');
    case 'REG_DWORD':
    case 'REG_DWORD_BIG_ENDIAN': {
      const bytes = Buffer.alloc(4);
      if (value.type === 'REG_DWORD') bytes.writeUInt32LE(Number(value.data));
      else bytes.writeUInt32BE(Number(value.data));
      return bytes;
    }
    case 'REG_QWORD': {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(value.data));
      return bytes;
    }
    case 'REG_NONE':
    case 'REG_BINARY':
    case 'REG_RESOURCE_LIST':
      return Buffer.from(value.data, 'hex');
  }
}

const HIVES: Readonly<Record<string, string>> = {
  HKLM: 'HKEY_LOCAL_MACHINE',
  HKU: 'HKEY_USERS',
  HKCR: 'HKEY_CLASSES_ROOT',
  HKCC: 'HKEY_CURRENT_CONFIG',
};

function fullKey(key: string): string {
  const [hive = '', ...path] = key.split('\\');
  return [HIVES[hive.toUpperCase()] ?? hive, ...path].join('\\');
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

function valueLine(name: string, value: LabValue): string {
  const known = toRegistryValue(value);
  const left = name === '' ? '@' : quoted(name);
  const number = TYPE_NUMBERS[known.type];
  const bytes = registryBytes(known)
    .toString('hex')
    .replace(/(..)(?=.)/g, '$1,');
  return `${left}=hex(${number.toString(16)}):${bytes}`;
}

/** The .reg text of keys and values. It ends with an empty line, or Samba would lose the last value. */
export function registryFile(registry: LabRegistry): string {
  const blocks = Object.entries(registry).map(([key, values]) =>
    [`[${fullKey(key)}]`, ...Object.entries(values).map(([name, value]) => valueLine(name, value)), ''].join('\r\n'),
  );
  return ['Windows Registry Editor Version 5.00', '', ...blocks, '', ''].join('\r\n');
}

/** The .reg text that removes a value. */
export function valueRemoval(key: string, name: string): string {
  const left = name === '' ? '@' : quoted(name);
  return `Windows Registry Editor Version 5.00\r\n\r\n[${fullKey(key)}]\r\n${left}=-\r\n\r\n`;
}

/** The .reg text that removes a key and everything below it. */
export function keyRemoval(key: string): string {
  return `Windows Registry Editor Version 5.00\r\n\r\n[-${fullKey(key)}]\r\n\r\n`;
}
