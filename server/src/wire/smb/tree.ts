/** TREE_CONNECT and the check of the negotiation that it allows (MS-SMB2 2.2.9, 3.2.5.5). DFS is never followed. */
import { ByteView, u16le, u32le, utf16 } from '../bytes.ts';
import { malformed, ntError, protocolError } from '../failure.ts';
import { NT } from '../nt-status.ts';
import type { Call } from './call.ts';
import { DIALECT_NUMBER } from './dialect.ts';
import { COMMAND, HEADER_LENGTH } from './header.ts';
import { ioctlRequest, readIoctlReply } from './messages.ts';
import { offeredCapabilities, offeredSecurityMode } from './negotiate.ts';
import type { SmbSession } from './session.ts';

const SHARE_TYPE = { DISK: 1, PIPE: 2 } as const;
const SHARE_FLAG_ENCRYPT = 0x8000;
const FSCTL_VALIDATE_NEGOTIATE_INFO = 0x00140204;

export interface Tree {
  readonly session: SmbSession;
  readonly id: number;
  readonly share: string;
}

export interface TreeOptions {
  /** The host's name as the user gave it. */
  readonly host: string;
  readonly share: string;
  readonly type: keyof typeof SHARE_TYPE;
}

export async function connectTree(session: SmbSession, options: TreeOptions, call: Call): Promise<Tree> {
  const path = utf16(`\\\\${options.host}\\${options.share}`);
  const head = Buffer.concat([u16le(9), u16le(0), u16le(HEADER_LENGTH + 8), u16le(path.length)]);
  // 3.1.1 demands the signature: it proves that the negotiation was not changed (3.2.4.1.1).
  const request = { command: COMMAND.TREE_CONNECT, body: Buffer.concat([head, path]), sign: true };
  const reply = await session.connection.mustSucceed(request, call);
  const view = new ByteView(reply.message, 'the TREE_CONNECT reply');
  if (view.u8(HEADER_LENGTH + 2) !== SHARE_TYPE[options.type]) {
    throw protocolError(
      'WRONG_SHARE_TYPE',
      `${options.share} is not a ${options.type === 'DISK' ? 'folder' : 'pipe'} share`,
    );
  }
  if ((view.u32(HEADER_LENGTH + 4) & SHARE_FLAG_ENCRYPT) !== 0) session.encryptAll();
  return { session, id: reply.header.treeId, share: options.share };
}

/**
 * Asks the machine, under the session's signature, what it heard and said in NEGOTIATE: had somebody between us taken
 * the better dialects out, the answers would differ (3.2.5.14.12). 3.1.1 needs none: its keys depend on every byte.
 */
export async function validateNegotiation(tree: Tree, call: Call): Promise<void> {
  const { connection, negotiated, offer } = tree.session;
  if (negotiated.dialect === '3.1.1') return;
  const input = Buffer.concat([
    u32le(offeredCapabilities(offer)),
    offer.clientGuid,
    u16le(offeredSecurityMode(offer)),
    u16le(offer.dialects.length),
    ...offer.dialects.map((dialect) => u16le(DIALECT_NUMBER[dialect])),
  ]);
  const body = ioctlRequest({
    code: FSCTL_VALIDATE_NEGOTIATE_INFO,
    fileId: Buffer.alloc(16, 255),
    input,
    maxOutput: 24,
  });
  const reply = await connection.request({ command: COMMAND.IOCTL, treeId: tree.id, body, sign: true }, call);
  if (isOldServer(reply.status)) return;
  if (reply.status !== NT.SUCCESS) throw ntError(reply.status);
  const output = new ByteView(readIoctlReply(reply.message), 'the check of the negotiation');
  if (output.length !== 24) throw malformed('the check of the negotiation has a wrong size');
  const same =
    output.u32(0) === negotiated.capabilities &&
    output.slice(4, 16).equals(negotiated.serverGuid) &&
    output.u16(20) === negotiated.securityMode &&
    output.u16(22) === DIALECT_NUMBER[negotiated.dialect];
  if (!same)
    throw protocolError('NEGOTIATE_TAMPERED', 'somebody changed the negotiation of the SMB dialect on its way');
}

/** Servers that know no 3.x refuse the check; their refusal is signed, so it is theirs (3.2.5.14.12). */
function isOldServer(status: number): boolean {
  return status === NT.FILE_CLOSED || status === NT.INVALID_DEVICE_REQUEST || status === NT.NOT_SUPPORTED;
}
