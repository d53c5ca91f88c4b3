/** From a registry value's bytes to the model's value, and its limits. */
import type { Observation, RegistryValue } from '../../model/observation.ts';
import { untilZero } from '../../wire/dcerpc/ndr.ts';

/** Bytes of the longest value that is read. */
export const MAX_VALUE = 1 << 20;

export function tooLarge(size: number): Observation<never> {
  return { state: 'unreadable', reason: `the value has ${size} bytes; at most ${MAX_VALUE} are read` };
}

/** MS-RRP 3.1.1.5. A value whose bytes do not fit its type is unreadable: damaged, not absent. */
export function decodeValue(type: number, data: Buffer): Observation<RegistryValue> {
  const value = decode(type, data);
  return value === undefined
    ? { state: 'unreadable', reason: `the value's ${data.length} bytes do not fit its type ${type}` }
    : { state: 'present', value };
}

function decode(type: number, data: Buffer): RegistryValue | undefined {
  switch (type) {
    case 0:
      return { type: 'REG_NONE', data: data.toString('hex') };
    case 1:
      return { type: 'REG_SZ', data: text(data) };
    case 2:
      return { type: 'REG_EXPAND_SZ', data: text(data) };
    case 3:
      return { type: 'REG_BINARY', data: data.toString('hex') };
    case 4:
      return data.length === 4 ? { type: 'REG_DWORD', data: String(data.readUInt32LE()) } : undefined;
    case 5:
      return data.length === 4 ? { type: 'REG_DWORD_BIG_ENDIAN', data: String(data.readUInt32BE()) } : undefined;
    case 6:
      return { type: 'REG_LINK', data: text(data) };
    case 7:
      return { type: 'REG_MULTI_SZ', data: texts(data) };
    case 8:
    case 9:
    case 10:
      return { type: 'REG_RESOURCE_LIST', data: data.toString('hex') };
    case 11:
      return data.length === 8 ? { type: 'REG_QWORD', data: String(data.readBigUInt64LE()) } : undefined;
    default:
      return undefined;
  }
}

function text(data: Buffer): string {
  return untilZero(data.subarray(0, data.length & ~1).toString('utf16le'));
}

/** Texts up to the empty one that ends the list. */
function texts(data: Buffer): readonly string[] {
  const list = data
    .subarray(0, data.length & ~1)
    .toString('utf16le')
    .split('\0');
  const end = list.indexOf('');
  return end < 0 ? list : list.slice(0, end);
}
