/** Registry exports (`regedit /E`, `net rpc registry export`) as data, and what has changed between two. */
import type { RegistryType, RegistryValue } from '../../../server/src/model/observation.ts';
import { keyRemoval, registryFile, valueRemoval } from '../registry-file.ts';

/** Keys as they are written (`HKLM\Software\...`), and their values by name; `''` is the default value. */
export type ExportedRegistry = ReadonlyMap<string, ReadonlyMap<string, RegistryValue>>;

const HIVES: Readonly<Record<string, string>> = {
  HKEY_LOCAL_MACHINE: 'HKLM',
  HKEY_USERS: 'HKU',
  HKEY_CLASSES_ROOT: 'HKCR',
  HKEY_CURRENT_CONFIG: 'HKCC',
};

const TYPES: Readonly<Record<number, RegistryType>> = {
  0: 'REG_NONE',
  1: 'REG_SZ',
  2: 'REG_EXPAND_SZ',
  3: 'REG_BINARY',
  4: 'REG_DWORD',
  5: 'REG_DWORD_BIG_ENDIAN',
  6: 'REG_LINK',
  7: 'REG_MULTI_SZ',
  8: 'REG_RESOURCE_LIST',
  11: 'REG_QWORD',
};

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', '0': '\0' };

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (_, character: string) => ESCAPES[character] ?? character);
}

function beforeZero(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

function ofBytes(type: RegistryType, bytes: Buffer): RegistryValue {
  switch (type) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
    case 'REG_LINK':
      return { type, data: beforeZero(bytes.toString('utf16le')) };
    case 'REG_MULTI_SZ': {
      const texts = bytes.toString('utf16le').split('\0');
      const end = texts.indexOf('');
      return { type, data: end < 0 ? texts : texts.slice(0, end) };
    }
    case 'REG_DWORD':
      return { type, data: String(bytes.readUInt32LE()) };
    case 'REG_DWORD_BIG_ENDIAN':
      return { type, data: String(bytes.readUInt32BE()) };
    case 'REG_QWORD':
      return { type, data: String(bytes.readBigUInt64LE()) };
    default:
      return { type, data: bytes.toString('hex') };
  }
}

/**
 * Undefined for a type that is none of Windows' registry. Wine keeps some ten device properties so (0xFFFF0007 and the
 * like), and no import takes them.
 */
function valueOf(written: string): RegistryValue | undefined {
  if (written.startsWith('"')) return { type: 'REG_SZ', data: beforeZero(unescaped(written.slice(1, -1))) };
  if (written.startsWith('dword:')) return { type: 'REG_DWORD', data: String(Number.parseInt(written.slice(6), 16)) };
  const hex = /^hex(?:\(([0-9a-f]+)\))?:(.*)$/is.exec(written);
  if (!hex) throw new Error(`a registry export says ${written.slice(0, 80)}`);
  const type = TYPES[hex[1] === undefined ? 3 : Number.parseInt(hex[1], 16)];
  return type && ofBytes(type, Buffer.from((hex[2] ?? '').replace(/[\s,]/g, ''), 'hex'));
}

function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

/** Reads an export, UTF-16 or UTF-8. */
export function parseExport(bytes: Buffer): ExportedRegistry {
  const registry = new Map<string, Map<string, RegistryValue>>();
  let values: Map<string, RegistryValue> | undefined;
  // A long value goes on after a backslash at the end of its line.
  for (const line of textOf(bytes)
    .replace(/\\\r?\n */g, '')
    .split(/\r?\n/)) {
    const key = /^\[(.*)\]$/s.exec(line)?.[1];
    if (key !== undefined) {
      const [hive = '', ...parts] = key.split('\\');
      values = new Map();
      registry.set([HIVES[hive] ?? hive, ...parts].join('\\'), values);
      continue;
    }
    const [, quoted, written] = /^(?:@|"((?:[^"\\]|\\.)*)")=(.*)$/s.exec(line) ?? [];
    if (written === undefined) continue;
    const value = valueOf(written);
    if (value) values?.set(unescaped(quoted ?? ''), value);
  }
  return registry;
}

function isSame(left: RegistryValue | undefined, right: RegistryValue | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** The keys below hives, as `net registry import` takes them: hives themselves are there already. */
export function importText(registry: ExportedRegistry): string {
  const keys = [...registry].filter(([key]) => key.includes('\\'));
  return registryFile(Object.fromEntries(keys.map(([key, values]) => [key, Object.fromEntries(values)])));
}

/** The .reg text that makes the one registry of the other: keys and values that are gone, new or changed. */
export function changesText(before: ExportedRegistry, after: ExportedRegistry): string {
  const texts: string[] = [];
  for (const [key, values] of before) {
    const now = after.get(key);
    const parent = key.slice(0, key.lastIndexOf('\\'));
    // What lies below a removed key goes with it.
    if (!now && (after.has(parent) || !before.has(parent))) texts.push(keyRemoval(key));
    if (now) for (const name of values.keys()) if (!now.has(name)) texts.push(valueRemoval(key, name));
  }
  const changed = new Map<string, ReadonlyMap<string, RegistryValue>>();
  for (const [key, values] of after) {
    const old = before.get(key);
    const others = [...values].filter(([name, value]) => !isSame(value, old?.get(name)));
    if (!old || others.length > 0) changed.set(key, new Map(others));
  }
  texts.push(importText(changed));
  const head = 'Windows Registry Editor Version 5.00\r\n';
  return `${head}${texts.map((text) => text.slice(head.length)).join('')}`;
}
