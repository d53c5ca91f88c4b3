/** Remote registry, read only (MS-RRP 3.1.5). Win32 codes come back as numbers: what they mean depends on what was asked. */
import { malformed } from '../failure.ts';
import type { Call } from '../smb/call.ts';
import { NdrReader, NdrWriter, type Handle } from './ndr.ts';
import type { RpcInterface } from './pdu.ts';
import type { RpcCaller } from './pipe.ts';

export const WINREG: RpcInterface = { pipe: 'winreg', uuid: '338cd001-2244-31f1-aaaa-900038001003', version: 1 };

const OPEN_HIVE = { HKCR: 0, HKLM: 2, HKU: 4, HKCC: 27 } as const;
export type HiveName = keyof typeof OPEN_HIVE;
const OPERATION = { CLOSE: 5, ENUM_KEY: 9, ENUM_VALUE: 10, OPEN_KEY: 15, QUERY_INFO: 16, QUERY_VALUE: 17 } as const;

/** KEY_QUERY_VALUE, KEY_ENUMERATE_SUB_KEYS: nothing that could change a key. */
const KEY_READ = 0x0009;
const MAXIMUM_ALLOWED = 0x02000000;
/** Characters of the longest name of a key, and of a value with its closing zero. */
const MAX_KEY_NAME = 255;
const MAX_NAME = 16_384;

/** A Win32 code, and what came with it where the code allows. */
export interface Answer<T> {
  readonly code: number;
  readonly value: T;
}

export async function openHive(pipe: RpcCaller, hive: HiveName, call: Call): Promise<Answer<Handle>> {
  const stub = new NdrWriter().null().u32(MAXIMUM_ALLOWED).finish();
  return handleAnswer(await pipe.call(OPEN_HIVE[hive], stub, call), 'OpenLocalMachine');
}

export async function openKey(
  pipe: RpcCaller,
  key: { root: Handle; path: string },
  call: Call,
): Promise<Answer<Handle>> {
  const stub = new NdrWriter().handle(key.root).unicodeString(key.path).u32(0).u32(KEY_READ).finish();
  return handleAnswer(await pipe.call(OPERATION.OPEN_KEY, stub, call), 'OpenKey');
}

export async function closeKey(pipe: RpcCaller, key: Handle, call: Call): Promise<void> {
  await pipe.call(OPERATION.CLOSE, new NdrWriter().handle(key).finish(), call);
}

function handleAnswer(reply: Buffer, what: string): Answer<Handle> {
  const reader = new NdrReader(reply, `the answer to ${what}`);
  return { value: reader.handle(), code: reader.u32() };
}

export interface RawValue {
  /** REG_ number. */
  readonly type: number;
  readonly data: Buffer;
  /** Bytes that the value has, also where they did not fit. */
  readonly size: number;
}

export async function queryValue(
  pipe: RpcCaller,
  value: { key: Handle; name: string; room: number },
  call: Call,
): Promise<Answer<RawValue>> {
  const stub = dataRoom(new NdrWriter().handle(value.key).unicodeString(value.name), value.room).finish();
  const reader = new NdrReader(await pipe.call(OPERATION.QUERY_VALUE, stub, call), 'the answer to QueryValue');
  const raw = readData(reader);
  return { value: raw, code: reader.u32() };
}

export interface NamedValue extends RawValue {
  readonly name: string;
}

export async function enumValue(
  pipe: RpcCaller,
  value: { key: Handle; index: number; room: number },
  call: Call,
): Promise<Answer<NamedValue>> {
  const writer = new NdrWriter().handle(value.key).u32(value.index).unicodeRoom(MAX_NAME);
  const stub = dataRoom(writer, value.room).finish();
  const reader = new NdrReader(await pipe.call(OPERATION.ENUM_VALUE, stub, call), 'the answer to EnumValue');
  const name = reader.unicodeString();
  if (name.length >= MAX_NAME) throw malformed('a value has a name that is longer than one can be');
  const raw = readData(reader);
  return { value: { name, ...raw }, code: reader.u32() };
}

export async function enumKey(
  pipe: RpcCaller,
  at: { key: Handle; index: number },
  call: Call,
): Promise<Answer<string>> {
  const stub = new NdrWriter().handle(at.key).u32(at.index).unicodeRoom(256);
  stub.pointer().align(4).u16(0).u16(0).null().null();
  const reader = new NdrReader(await pipe.call(OPERATION.ENUM_KEY, stub.finish(), call), 'the answer to EnumKey');
  const name = reader.unicodeString();
  if (name.length > MAX_KEY_NAME) throw malformed('a subkey has a name that is longer than one can be');
  if (name.includes('\\')) throw malformed('a subkey has a name that leads elsewhere');
  if (reader.pointer()) reader.unicodeString();
  if (reader.pointer()) reader.bytes(8);
  return { value: name, code: reader.u32() };
}

export interface KeyCounts {
  readonly subkeys: number;
  readonly values: number;
  /** Bytes of the longest value. */
  readonly maxValue: number;
}

export async function queryInfoKey(pipe: RpcCaller, key: Handle, call: Call): Promise<Answer<KeyCounts>> {
  const stub = new NdrWriter().handle(key).align(4).u16(0).u16(0).null().finish();
  const reader = new NdrReader(await pipe.call(OPERATION.QUERY_INFO, stub, call), 'the answer to QueryInfoKey');
  reader.unicodeString();
  const subkeys = reader.u32();
  reader.u32();
  reader.u32();
  const values = reader.u32();
  reader.u32();
  const maxValue = reader.u32();
  reader.u32();
  reader.align(4).bytes(8);
  return { value: { subkeys, values, maxValue }, code: reader.u32() };
}

/** lpType, lpData, lpcbData, lpcbLen: room for `room` bytes, of which none is sent. */
function dataRoom(writer: NdrWriter, room: number): NdrWriter {
  return writer.pointer().u32(0).pointer().u32(room).u32(0).u32(0).pointer().u32(room).pointer().u32(0);
}

function readData(reader: NdrReader): RawValue {
  const type = reader.optionalU32() ?? 0;
  const data = reader.pointer() ? reader.varyingArray(1) : Buffer.alloc(0);
  const size = reader.optionalU32() ?? 0;
  reader.optionalU32();
  return { type, data, size };
}
