/** Files of a share: opened, read in ranges, and let go without waiting. */
import { ntError } from '../../wire/failure.ts';
import { NT } from '../../wire/nt-status.ts';
import type { Call } from '../../wire/smb/call.ts';
import type { SmbReply } from '../../wire/smb/connection.ts';
import { COMMAND } from '../../wire/smb/header.ts';
import {
  ACCESS,
  closeRequest,
  CREATE_OPTION,
  createRequest,
  OPENED_BEFORE,
  readCreateReply,
  readReadReply,
  readRequest,
  type Created,
} from '../../wire/smb/messages.ts';
import type { Tree } from '../../wire/smb/tree.ts';
import { malformed } from '../../wire/failure.ts';

/** What is there, without reading it: one round trip (CREATE and CLOSE in one compound). */
export async function statFile(tree: Tree, name: string, call: Call): Promise<Created> {
  const replies = await tree.session.connection.exchange(
    [
      {
        command: COMMAND.CREATE,
        treeId: tree.id,
        body: createRequest({ name, access: ACCESS.READ_ATTRIBUTES, options: 0 }),
      },
      { command: COMMAND.CLOSE, treeId: tree.id, body: closeRequest(OPENED_BEFORE) },
    ],
    call,
  );
  return createdIn(replies);
}

/** An open file and its first bytes. */
export class OpenFile {
  readonly created: Created;
  readonly head: Buffer;
  readonly #tree: Tree;

  private constructor(tree: Tree, created: Created, head: Buffer) {
    this.#tree = tree;
    this.created = created;
    this.head = head;
  }

  /** Opens a file and reads its head: one round trip (CREATE and READ in one compound). */
  static async open(tree: Tree, at: { name: string; headLength: number }, call: Call): Promise<OpenFile> {
    const access = ACCESS.READ_DATA | ACCESS.READ_ATTRIBUTES;
    const create = createRequest({ name: at.name, access, options: CREATE_OPTION.NON_DIRECTORY });
    const replies = await tree.session.connection.exchange(
      [
        { command: COMMAND.CREATE, treeId: tree.id, body: create },
        {
          command: COMMAND.READ,
          treeId: tree.id,
          body: readRequest({ fileId: OPENED_BEFORE, offset: 0, length: at.headLength }),
        },
      ],
      call,
    );
    const created = createdIn(replies);
    const file = new OpenFile(tree, created, Buffer.alloc(0));
    try {
      return new OpenFile(tree, created, dataIn(replies[1], at.headLength));
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** Ranges read at the same time: one round trip. A range's buffer is shorter where the file ends. */
  async read(
    ranges: readonly { readonly offset: number; readonly length: number }[],
    call: Call,
  ): Promise<readonly Buffer[]> {
    const { connection } = this.#tree.session;
    return await Promise.all(
      ranges.map(async (range, index) => {
        const body = readRequest({ fileId: this.created.fileId, ...range });
        const charge = Math.ceil(range.length / 0x10000);
        const counted = index === 0 ? call : { ...call, counter: undefined };
        return dataIn(
          await connection.request({ command: COMMAND.READ, treeId: this.#tree.id, body, charge }, counted),
          range.length,
        );
      }),
    );
  }

  /** Lets the file go; nobody waits for the answer. */
  close(): void {
    const { connection } = this.#tree.session;
    if (connection.failure) return;
    const body = closeRequest(this.created.fileId);
    connection.request({ command: COMMAND.CLOSE, treeId: this.#tree.id, body }).catch(() => undefined);
  }
}

function createdIn(replies: readonly SmbReply[]): Created {
  const [reply] = replies;
  if (!reply) throw new Error('a compound has a reply for each request');
  if (reply.status !== NT.SUCCESS) throw ntError(reply.status);
  return readCreateReply(reply.message);
}

function dataIn(reply: SmbReply | undefined, asked: number): Buffer {
  if (reply?.status === NT.END_OF_FILE) return Buffer.alloc(0);
  if (reply?.status !== NT.SUCCESS) throw ntError(reply?.status ?? NT.CANCELLED);
  const data = readReadReply(reply.message);
  if (data.length > asked) throw malformed('the machine sent more of a file than was asked for');
  return data;
}
