/** What is read of one key, on one pipe: the key itself, a value, all values, the subkeys. */
import type { Observation, ObservationRequest, RegistryValue } from '../../model/observation.ts';
import { win32Error } from '../../wire/failure.ts';
import type { Handle } from '../../wire/dcerpc/ndr.ts';
import { enumKey, enumValue, queryInfoKey, queryValue } from '../../wire/dcerpc/winreg.ts';
import type { Call } from '../../wire/smb/call.ts';
import { ERROR, type KeyName, type RegistryPipe } from './registry-pipe.ts';
import { decodeValue, MAX_VALUE, tooLarge } from './registry-value.ts';
import { ABSENT, present, reading, refused } from './unreadable.ts';

export type RegistryRequest = Extract<ObservationRequest, { hive: unknown }>;

/** Room that the first attempt at a value offers; a longer one costs a second. */
const FIRST_ROOM = 4096;
/** Names and values that one key may have for us. */
const MAX_ENTRIES = 10_000;

export interface KeyReading {
  readonly pipe: RegistryPipe;
  readonly key: KeyName;
  readonly call: Call;
}

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

async function readValues(at: KeyReading, key: Handle): Promise<Observation | typeof KEY_DELETED> {
  const counts = await queryInfoKey(at.pipe.rpc, key, at.call);
  if (counts.code === ERROR.KEY_DELETED) return KEY_DELETED;
  if (counts.code !== 0) throw win32Error(counts.code, 'the key could not be read');
  if (counts.value.values > MAX_ENTRIES)
    return refused(`the key has ${counts.value.values} values; at most ${MAX_ENTRIES} are read`);
  if (counts.value.maxValue > MAX_VALUE) return tooLarge(counts.value.maxValue);
  const values: [string, RegistryValue][] = [];
  for (let index = 0; index <= MAX_ENTRIES; index++) {
    const { code, value } = await enumValue(
      at.pipe.rpc,
      { key, index, room: Math.max(FIRST_ROOM, counts.value.maxValue) },
      at.call,
    );
    if (code === ERROR.NO_MORE_ITEMS) return present(Object.fromEntries(values));
    if (code !== 0) throw win32Error(code, 'the values could not be listed');
    const decoded = decodeValue(value.type, value.data);
    if (decoded.state !== 'present')
      return refused(`value "${value.name}": ${decoded.state === 'unreadable' ? decoded.reason : 'absent'}`);
    values.push([value.name, decoded.value]);
  }
  return refused(`the key has more than ${MAX_ENTRIES} values`);
}

async function readSubkeys(at: KeyReading, key: Handle): Promise<Observation | typeof KEY_DELETED> {
  const names: string[] = [];
  for (let index = 0; index <= MAX_ENTRIES; index++) {
    const { code, value } = await enumKey(at.pipe.rpc, { key, index }, at.call);
    if (code === ERROR.NO_MORE_ITEMS) return present(names);
    if (code === ERROR.KEY_DELETED) return KEY_DELETED;
    if (code !== 0) throw win32Error(code, 'the subkeys could not be listed');
    names.push(value);
  }
  return refused(`the key has more than ${MAX_ENTRIES} subkeys`);
}
