/** Service control manager (MS-SCMR 3.1.4): services as they are, and the start and stop of one when a scan was asked for that. */
import { malformed } from '../failure.ts';
import { ByteView } from '../bytes.ts';
import type { Call } from '../smb/call.ts';
import { NdrReader, NdrWriter, untilZero, type Handle } from './ndr.ts';
import type { RpcInterface } from './pdu.ts';
import type { RpcCaller } from './pipe.ts';
import type { Answer } from './winreg.ts';

export const SVCCTL: RpcInterface = { pipe: 'svcctl', uuid: '367abb81-9844-35f1-ad32-98f038001003', version: 2 };

const OPERATION = {
  CLOSE: 0,
  CONTROL: 1,
  QUERY_STATUS: 6,
  CHANGE_CONFIG: 11,
  ENUM_STATUS: 14,
  OPEN_MANAGER: 15,
  OPEN_SERVICE: 16,
  QUERY_CONFIG: 17,
  START: 19,
} as const;
const ACCESS = { CONNECT: 0x1, ENUMERATE: 0x4, QUERY_CONFIG: 0x1, QUERY_STATUS: 0x4 } as const;

/** What may be done with a service that was opened for changes. */
export const SERVICE_CHANGE = { CONFIG: 0x2, START: 0x10, STOP: 0x20 } as const;

export async function openManager(pipe: RpcCaller, call: Call): Promise<Answer<Handle>> {
  const stub = new NdrWriter()
    .null()
    .null()
    .u32(ACCESS.CONNECT | ACCESS.ENUMERATE);
  const reader = new NdrReader(
    await pipe.call(OPERATION.OPEN_MANAGER, stub.finish(), call),
    'the answer to OpenSCManager',
  );
  return { value: reader.handle(), code: reader.u32() };
}

export async function openService(
  pipe: RpcCaller,
  at: { manager: Handle; name: string; change?: number },
  call: Call,
): Promise<Answer<Handle>> {
  const stub = new NdrWriter()
    .handle(at.manager)
    .wideString(at.name)
    .u32(ACCESS.QUERY_CONFIG | ACCESS.QUERY_STATUS | (at.change ?? 0));
  const reader = new NdrReader(
    await pipe.call(OPERATION.OPEN_SERVICE, stub.finish(), call),
    'the answer to OpenService',
  );
  return { value: reader.handle(), code: reader.u32() };
}

export async function closeService(pipe: RpcCaller, service: Handle, call: Call): Promise<void> {
  await pipe.call(OPERATION.CLOSE, new NdrWriter().handle(service).finish(), call);
}

/** SERVICE_STATUS's current state, as a number (MS-SCMR 2.2.47). */
export async function queryServiceState(pipe: RpcCaller, service: Handle, call: Call): Promise<Answer<number>> {
  const stub = new NdrWriter().handle(service).finish();
  const reader = new NdrReader(await pipe.call(OPERATION.QUERY_STATUS, stub, call), 'the answer to QueryServiceStatus');
  const status = Array.from({ length: 7 }, () => reader.u32());
  return { value: status[1] ?? 0, code: reader.u32() };
}

const CONFIG_ROOM = 8192;

/** The display name as the service control manager resolves it, which the registry may hold as a reference (`@...,-1`). */
export async function queryDisplayName(pipe: RpcCaller, service: Handle, call: Call): Promise<Answer<string>> {
  const stub = new NdrWriter().handle(service).u32(CONFIG_ROOM).finish();
  const reader = new NdrReader(await pipe.call(OPERATION.QUERY_CONFIG, stub, call), 'the answer to QueryServiceConfig');
  reader.bytes(12);
  const [path, group, , dependencies, account, display] = Array.from({ length: 6 }, () => reader.u32());
  const [, , , , name] = [path, group, dependencies, account, display].map((pointer) =>
    pointer ? reader.wideString() : '',
  );
  reader.u32();
  return { value: name ?? '', code: reader.u32() };
}

/** Drivers and processes of all kinds, in every state. */
const ALL_TYPES = 0x3b;
const ALL_STATES = 3;
/** The most that one answer may hold (MS-SCMR 3.1.4.11). */
const MAX_ENUM_ROOM = 0x40000;
const ENTRY = 36;

/** One service of a list (ENUM_SERVICE_STATUSW, MS-SCMR 2.2.11). */
export interface ListedService {
  readonly name: string;
  /** SERVICE_STATUS's current state, as a number. */
  readonly state: number;
  /** Read only when it is asked for: a list can hold much that nobody wants. */
  readonly displayName: () => string;
}

export interface ServiceBlock {
  readonly services: readonly ListedService[];
  /** Where the next block begins. */
  readonly resume: number;
  /** Bytes that what is left needs. */
  readonly needed: number;
}

/** One block of services. ERROR_MORE_DATA says that there are more than fit into `room` bytes. */
export async function enumServices(
  pipe: RpcCaller,
  at: { manager: Handle; resume: number; room: number },
  call: Call,
): Promise<Answer<ServiceBlock>> {
  const room = Math.min(at.room, MAX_ENUM_ROOM);
  const stub = new NdrWriter().handle(at.manager).u32(ALL_TYPES).u32(ALL_STATES).u32(room).pointer().u32(at.resume);
  const reader = new NdrReader(await pipe.call(OPERATION.ENUM_STATUS, stub.finish(), call), 'the list of services');
  const buffer = new ByteView(reader.conformantArray(1), 'the list of services');
  const needed = reader.u32();
  const count = reader.u32();
  const resume = reader.optionalU32() ?? 0;
  const code = reader.u32();
  if (count * ENTRY > buffer.length) throw malformed(`the list of services claims ${count} services`);
  const services = Array.from({ length: count }, (_, index): ListedService => {
    const at = index * ENTRY;
    return {
      name: nameAt(buffer, buffer.u32(at)),
      state: buffer.u32(at + 12),
      displayName: () => nameAt(buffer, buffer.u32(at + 4)),
    };
  });
  return { value: { services, resume, needed }, code };
}

const MAX_NAME_BYTES = 514;

function nameAt(buffer: ByteView, at: number): string {
  return untilZero(buffer.utf16(at, Math.min(MAX_NAME_BYTES, buffer.length - at)));
}

/** Starts a service without arguments; gives the Win32 code. */
export async function startService(pipe: RpcCaller, service: Handle, call: Call): Promise<number> {
  const stub = new NdrWriter().handle(service).u32(0).null().finish();
  return new NdrReader(await pipe.call(OPERATION.START, stub, call), 'the answer to StartService').u32();
}

const CONTROL_STOP = 1;
const STATUS_BYTES = 28;

/** Asks a service to stop; gives the Win32 code. */
export async function stopService(pipe: RpcCaller, service: Handle, call: Call): Promise<number> {
  const stub = new NdrWriter().handle(service).u32(CONTROL_STOP).finish();
  const reader = new NdrReader(await pipe.call(OPERATION.CONTROL, stub, call), 'the answer to ControlService');
  reader.bytes(STATUS_BYTES);
  return reader.u32();
}

const UNCHANGED = 0xffffffff;

/** SERVICE_DEMAND_START and SERVICE_DISABLED (MS-SCMR 2.2.15). */
export const START_TYPE = { MANUAL: 3, DISABLED: 4 } as const;

/** Changes how a service starts and nothing else of it; gives the Win32 code. */
export async function changeStartType(
  pipe: RpcCaller,
  at: { readonly service: Handle; readonly startType: number },
  call: Call,
): Promise<number> {
  const stub = new NdrWriter().handle(at.service).u32(UNCHANGED).u32(at.startType).u32(UNCHANGED);
  // Path, group, tag, dependencies and their length, account, password and its length, display name.
  stub.null().null().null().null().u32(0).null().null().u32(0).null();
  const answer = await pipe.call(OPERATION.CHANGE_CONFIG, stub.finish(), call);
  const reader = new NdrReader(answer, 'the answer to ChangeServiceConfig');
  reader.optionalU32();
  return reader.u32();
}
