/** What a client asked of NetrShareAdd, read from the bytes that it sent. */

/** SHARE_INFO_502 (MS-SRVS 2.2.4.26) as it went over the wire; the descriptor in SDDL. */
export interface AddedShare {
  readonly level: number;
  readonly name: string;
  readonly type: number;
  readonly remark: string;
  readonly uses: number;
  readonly path: string;
  readonly security: string;
}

/** An RPC request: version 5.0, type 0; the operation stands at 22, the stub begins at 24 (C706 12.6.4.9). */
const REQUEST = Buffer.from([5, 0, 0, 3, 0x10, 0, 0, 0]);
const SHARE_ADD = 14;

/** Every request for NetrShareAdd in what was sent on connections that are not encrypted. */
export function sharesAdded(sent: Buffer): readonly AddedShare[] {
  const added: AddedShare[] = [];
  for (let at = sent.indexOf(REQUEST); at >= 0; at = sent.indexOf(REQUEST, at + 1)) {
    if (sent.readUInt16LE(at + 22) === SHARE_ADD) added.push(readShare(sent.subarray(at + 24)));
  }
  return added;
}

function readShare(stub: Buffer): AddedShare {
  const word = (index: number): number => stub.readUInt32LE(index * 4);
  // Server name (null), level, level of the union, pointer; then the ten members.
  const MEMBERS = 4;
  let at = (MEMBERS + 10) * 4;
  const text = (): string => {
    at = (at + 3) & ~3;
    const length = stub.readUInt32LE(at + 8);
    at += 12 + length * 2;
    return stub.toString('utf16le', at - length * 2, at - 2);
  };
  const [level = 0, type, uses] = [word(1), word(MEMBERS + 1), word(MEMBERS + 4)];
  const [name, remark, path] = [text(), text(), text()] as const;
  at = (at + 3) & ~3;
  const length = stub.readUInt32LE(at);
  const security = sddl(stub.subarray(at + 4, at + 4 + length));
  return { level, type: type ?? 0, uses: uses ?? 0, name, remark, path, security };
}

/** A self-relative descriptor with a protected list (MS-DTYP 2.4.6), in SDDL. */
function sddl(descriptor: Buffer): string {
  const sid = (at: number): string => {
    const parts = Array.from({ length: descriptor.readUInt8(at + 1) }, (_, index) =>
      descriptor.readUInt32LE(at + 8 + index * 4),
    );
    return ['S', descriptor.readUInt8(at), descriptor.readUIntBE(at + 2, 6), ...parts].join('-');
  };
  const [owner, group, list] = [4, 8, 16].map((at) => descriptor.readUInt32LE(at));
  if (owner === undefined || group === undefined || list === undefined) throw new Error('a descriptor has offsets');
  const isProtected = (descriptor.readUInt16LE(2) & 0x1004) === 0x1004;
  const entries: string[] = [];
  let at = list + 8;
  for (let count = descriptor.readUInt16LE(list + 4); count > 0; count--) {
    const kind = descriptor.readUInt8(at) === 0 ? 'A' : '?';
    entries.push(`(${kind};;0x${descriptor.readUInt32LE(at + 4).toString(16)};;;${sid(at + 8)})`);
    at += descriptor.readUInt16LE(at + 2);
  }
  return `O:${sid(owner)}G:${sid(group)}D:${isProtected ? 'P' : ''}${entries.join('')}`;
}
