/** Security descriptors in the form that goes over the wire (MS-DTYP 2.4.6). */

/** S-1-5-32-544, BUILTIN\Administrators (MS-DTYP 2.4.2.2). */
const ADMINISTRATORS = Buffer.from([1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 0x02, 0, 0]);
/** READ_CONTROL, SYNCHRONIZE and what reading and listing needs (MS-DTYP 2.4.3, FILE_GENERIC_READ and FILE_GENERIC_EXECUTE). */
const READ = 0x001200a9;
/** SE_DACL_PRESENT, SE_DACL_PROTECTED and SE_SELF_RELATIVE. */
const CONTROL = 0x0004 | 0x1000 | 0x8000;

/** Administrators of the machine may read, nobody else may anything; self-relative. */
export function readableByAdministrators(): Buffer {
  const ace = Buffer.alloc(8 + ADMINISTRATORS.length);
  ace.writeUInt16LE(ace.length, 2);
  ace.writeUInt32LE(READ, 4);
  ADMINISTRATORS.copy(ace, 8);
  const acl = Buffer.alloc(8 + ace.length);
  acl.writeUInt8(2, 0);
  acl.writeUInt16LE(acl.length, 2);
  acl.writeUInt16LE(1, 4);
  ace.copy(acl, 8);
  const head = Buffer.alloc(20);
  head.writeUInt8(1, 0);
  head.writeUInt16LE(CONTROL, 2);
  head.writeUInt32LE(head.length, 4);
  head.writeUInt32LE(head.length + ADMINISTRATORS.length, 8);
  head.writeUInt32LE(head.length + 2 * ADMINISTRATORS.length, 16);
  return Buffer.concat([head, ADMINISTRATORS, ADMINISTRATORS, acl]);
}
