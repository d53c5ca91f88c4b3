/**
 * Server service (MS-SRVS): the path behind a share, which tells the system drive before any registry is open; and the shares
 * of a machine, to which a temporary one can be added and from which it is removed.
 */
import type { Call } from '../smb/call.ts';
import { malformed } from '../failure.ts';
import { NdrReader, NdrWriter } from './ndr.ts';
import type { RpcInterface } from './pdu.ts';
import type { RpcCaller } from './pipe.ts';
import type { Answer } from './winreg.ts';

export const SRVSVC: RpcInterface = { pipe: 'srvsvc', uuid: '4b324fc8-1670-01d3-1278-5a47bf6ee188', version: 3 };

const OPERATION = { SHARE_ADD: 14, SHARE_ENUM: 15, SHARE_GET_INFO: 16, SHARE_DEL: 18 } as const;
const LEVEL = 2;

/** The local path that a share stands for: `C:\Windows` for ADMIN$. */
export async function sharePath(pipe: RpcCaller, share: string, call: Call): Promise<Answer<string>> {
  const stub = new NdrWriter().null().wideString(share).align(4).u32(LEVEL).finish();
  const reader = new NdrReader(await pipe.call(OPERATION.SHARE_GET_INFO, stub, call), 'the answer to NetrShareGetInfo');
  if (reader.u32() !== LEVEL) throw malformed('the answer to NetrShareGetInfo is of another level');
  if (!reader.pointer()) return { value: '', code: reader.u32() };
  const name = reader.pointer();
  reader.u32();
  const remark = reader.pointer();
  reader.bytes(12);
  const path = reader.pointer();
  const password = reader.pointer();
  const [, , text] = [name, remark, path, password].map((there) => (there ? reader.wideString() : ''));
  return { value: text ?? '', code: reader.u32() };
}

/** A share of a machine. */
export interface ShareEntry {
  readonly name: string;
  readonly remark: string;
}

const LISTED = 1;
const WITHOUT_LIMIT = 0xffffffff;
/** A pointer, the type and another pointer (MS-SRVS 2.2.4.23 SHARE_INFO_1). */
const ENTRY = 12;

/** All shares, hidden ones too. */
export async function listShares(pipe: RpcCaller, call: Call): Promise<Answer<readonly ShareEntry[]>> {
  const question = new NdrWriter().null().u32(LISTED).u32(LISTED).pointer().u32(0).null().u32(WITHOUT_LIMIT).null();
  const answer = await pipe.call(OPERATION.SHARE_ENUM, question.finish(), call);
  const reader = new NdrReader(answer, 'the answer to NetrShareEnum');
  if (reader.u32() !== LISTED || reader.u32() !== LISTED)
    throw malformed('the answer to NetrShareEnum is of another level');
  if (!reader.pointer()) return { value: [], code: codeAfterList(reader) };
  const count = reader.u32();
  if (!reader.pointer()) return { value: [], code: codeAfterList(reader) };
  if (reader.u32() !== count || count * ENTRY > answer.length)
    throw malformed(`the answer to NetrShareEnum claims ${count} shares`);
  const pointers = Array.from({ length: count }, () => {
    const hasName = reader.pointer();
    reader.u32();
    return { hasName, hasRemark: reader.pointer() };
  });
  const value = pointers.map(({ hasName, hasRemark }) => ({
    name: hasName ? reader.wideString() : '',
    remark: hasRemark ? reader.wideString() : '',
  }));
  return { value, code: codeAfterList(reader) };
}

function codeAfterList(reader: NdrReader): number {
  reader.u32();
  reader.optionalU32();
  return reader.u32();
}

/** A share as it is made: a disk, gone with a restart of the machine, for one user at a time (MS-SRVS 2.2.4.26). */
export interface NewShare {
  readonly name: string;
  readonly remark: string;
  /** `C:\`. */
  readonly path: string;
  /** Who may use it: a self-relative security descriptor. */
  readonly security: Buffer;
}

const WITH_SECURITY = 502;
const TEMPORARY_DISK = 0x40000000;
const ONE_USE = 1;

/** Adds a share; gives the Win32 code. */
export async function addShare(pipe: RpcCaller, share: NewShare, call: Call): Promise<number> {
  const { name, remark, path, security } = share;
  const stub = new NdrWriter()
    .null()
    .u32(WITH_SECURITY)
    .u32(WITH_SECURITY)
    .pointer()
    // SHARE_INFO_502: name, type, remark, permissions, uses at most, uses now, path, password, length and bytes of the descriptor.
    .pointer()
    .u32(TEMPORARY_DISK)
    .pointer()
    .u32(0)
    .u32(ONE_USE)
    .u32(0)
    .pointer()
    .null()
    .u32(security.length)
    .pointer()
    .wideString(name)
    .align(4)
    .wideString(remark)
    .align(4)
    .wideString(path)
    .u32(security.length)
    .bytes(security)
    // ParmErr
    .null();
  const reader = new NdrReader(await pipe.call(OPERATION.SHARE_ADD, stub.finish(), call), 'the answer to NetrShareAdd');
  reader.optionalU32();
  return reader.u32();
}

/** Removes a share; gives the Win32 code. */
export async function removeShare(pipe: RpcCaller, name: string, call: Call): Promise<number> {
  const stub = new NdrWriter().null().wideString(name).u32(0).finish();
  return new NdrReader(await pipe.call(OPERATION.SHARE_DEL, stub, call), 'the answer to NetrShareDel').u32();
}
