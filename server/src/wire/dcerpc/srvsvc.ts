/** Server service (MS-SRVS): the path behind a share, which tells the system drive before any registry is open. */
import type { Call } from '../smb/call.ts';
import { malformed } from '../failure.ts';
import { NdrReader, NdrWriter } from './ndr.ts';
import type { RpcInterface } from './pdu.ts';
import type { RpcCaller } from './pipe.ts';
import type { Answer } from './winreg.ts';

export const SRVSVC: RpcInterface = { pipe: 'srvsvc', uuid: '4b324fc8-1670-01d3-1278-5a47bf6ee188', version: 3 };

const NETR_SHARE_GET_INFO = 16;
const LEVEL = 2;

/** The local path that a share stands for: `C:\Windows` for ADMIN$. */
export async function sharePath(pipe: RpcCaller, share: string, call: Call): Promise<Answer<string>> {
  const stub = new NdrWriter().null().wideString(share).align(4).u32(LEVEL).finish();
  const reader = new NdrReader(await pipe.call(NETR_SHARE_GET_INFO, stub, call), 'the answer to NetrShareGetInfo');
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
