/** What is read of one key, on one pipe: the key itself, a value, all values, the subkeys. */
import type { Observation, ObservationRequest, RegistryValue } from '../../model/observation.ts';
import { win32Error } from '../../wire/failure.ts';
import type { Handle } from '../../wire/dcerpc/ndr.ts';
import { enumKey, enumValue, queryInfoKey, queryValue, type KeyCounts } from '../../wire/dcerpc/winreg.ts';
import { enumerate, type KeyReading } from './registry-enumeration.ts';
import { ERROR } from './registry-pipe.ts';
import { decodeValue, MAX_VALUE, tooLarge } from './registry-value.ts';
import { ABSENT, present, reading, refused } from './unreadable.ts';

export type RegistryRequest = Extract<ObservationRequest, { hive: unknown }>;

/** Room that the first attempt at a value offers; a longer one costs a second. */
const FIRST_ROOM = 4096;
/** Names and values that one key may have for us. */
/** More than the largest keys of Windows (packages of Component Based Servicing) have. */
const MAX_ENTRIES = 65_536;
/** A key may grow while it is listed, not without end. */
const NEWCOMERS = 1024;
/** Bytes that all values of one key may have together. */
const MAX_TOTAL = 8 << 20;
/** Bytes of the names of all its subkeys. */
const MAX_NAMES = 16 << 20;

/** Answers one request about a key. Never throws a failure of the wire. */
export async function readRegistry(at: KeyReading, request: RegistryRequest): Promise<Observation> {
  return await reading(async () => {
    const first = await readOnce(at, request);
    if (first !== KEY_DELETED) return first;
    // The handle was of a key that has gone; perhaps another of its name is there now.
    await at.pipe.forget(at.key, at.call);
    const second = await readOnce(at, request);
    return second === KEY_DELETED ? ABSENT : second;
  });
}

const KEY_DELETED = Symbol('the key was deleted');

async function readOnce(at: KeyReading, request: RegistryRequest): Promise<Observation | typeof KEY_DELETED> {
  const key = await at.pipe.key(at.key, at.call);
  if (!Buffer.isBuffer(key)) return key;
  switch (request.kind) {
    case 'key':
      return present(true);
    case 'value':
      return await readValue(at, key, request.name);
    case 'values':
      return await readValues(at, key);
    case 'subkeys':
      return await readSubkeys(at, key);
  }
}

async function readValue(at: KeyReading, key: Handle, name: string): Promise<Observation | typeof KEY_DELETED> {
  let answer = await queryValue(at.pipe.rpc, { key, name, room: FIRST_ROOM }, at.call);
  if (answer.code === ERROR.MORE_DATA) {
    if (answer.value.size > MAX_VALUE) return tooLarge(answer.value.size);
    answer = await queryValue(at.pipe.rpc, { key, name, room: answer.value.size }, at.call);
  }
  if (answer.code === ERROR.KEY_DELETED) return KEY_DELETED;
  if (answer.code === ERROR.FILE_NOT_FOUND) return ABSENT;
  if (answer.code !== 0) throw win32Error(answer.code, 'the value could not be read');
  return decodeValue(answer.value.type, answer.value.data);
}

/** What a key says that it has, or that it is gone. */
async function countsOf(at: KeyReading, key: Handle): Promise<KeyCounts | typeof KEY_DELETED> {
  const { code, value } = await queryInfoKey(at.pipe.rpc, key, at.call);
  if (code === ERROR.KEY_DELETED) return KEY_DELETED;
  if (code !== 0) throw win32Error(code, 'the key could not be read');
  return value;
}

async function readValues(at: KeyReading, key: Handle): Promise<Observation | typeof KEY_DELETED> {
  const counts = await countsOf(at, key);
  if (counts === KEY_DELETED) return KEY_DELETED;
  if (counts.values > MAX_ENTRIES) return tooMany('values');
  if (counts.maxValue > MAX_VALUE) return tooLarge(counts.maxValue);
  const room = Math.max(FIRST_ROOM, counts.maxValue);
  let total = 0;
  const entries = await enumerate(at, {
    count: counts.values,
    max: mostOf(counts.values),
    one: async (pipe, place, call) => {
      const answer = await enumValue(pipe.rpc, { ...place, room }, call);
      total += answer.value.data.length + answer.value.name.length * 2;
      return total > MAX_TOTAL ? { ...answer, code: ERROR.NOT_ENOUGH_MEMORY } : answer;
    },
  });
  if (total > MAX_TOTAL) return refused(`the key's values have more than ${MAX_TOTAL} bytes`);
  if (entries === ERROR.KEY_DELETED) return KEY_DELETED;
  if (typeof entries === 'number') throw win32Error(entries, 'the values could not be listed');
  if (entries.length >= mostOf(counts.values)) return tooMany('values');
  const values: [string, RegistryValue][] = [];
  for (const { name, type, data } of entries) {
    const decoded = decodeValue(type, data);
    if (decoded.state !== 'present') return decoded;
    values.push([name, decoded.value]);
  }
  return present(Object.fromEntries(values));
}

async function readSubkeys(at: KeyReading, key: Handle): Promise<Observation | typeof KEY_DELETED> {
  const counts = await countsOf(at, key);
  if (counts === KEY_DELETED) return KEY_DELETED;
  if (counts.subkeys > MAX_ENTRIES) return tooMany('subkeys');
  let total = 0;
  const names = await enumerate(at, {
    count: counts.subkeys,
    max: mostOf(counts.subkeys),
    one: async (pipe, place, call) => {
      const answer = await enumKey(pipe.rpc, place, call);
      total += answer.value.length * 2;
      return total > MAX_NAMES ? { ...answer, code: ERROR.NOT_ENOUGH_MEMORY } : answer;
    },
  });
  if (total > MAX_NAMES) return refused(`the key's subkeys have names of more than ${MAX_NAMES} bytes`);
  if (names === ERROR.KEY_DELETED) return KEY_DELETED;
  if (typeof names === 'number') throw win32Error(names, 'the subkeys could not be listed');
  return names.length >= mostOf(counts.subkeys) ? tooMany('subkeys') : present(names);
}

/** How many entries are asked for of a key that says that it has so many: one more than there may be. */
function mostOf(count: number): number {
  return Math.min(MAX_ENTRIES, count + NEWCOMERS) + 1;
}

function tooMany(what: string): Observation<never> {
  return refused(`the key has more than ${MAX_ENTRIES} ${what}, or more than it says`);
}
