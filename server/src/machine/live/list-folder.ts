/** A folder's entries: CREATE and the first QUERY_DIRECTORY in one compound, then on until the end. */
import { malformed, ntError } from '../../wire/failure.ts';
import { NT } from '../../wire/nt-status.ts';
import type { Call } from '../../wire/smb/call.ts';
import { COMMAND } from '../../wire/smb/header.ts';
import {
  ACCESS,
  closeRequest,
  CREATE_OPTION,
  createRequest,
  OPENED_BEFORE,
  queryDirectoryRequest,
  readCreateReply,
  readQueryDirectoryReply,
  type DirectoryEntry,
} from '../../wire/smb/messages.ts';
import type { Tree } from '../../wire/smb/tree.ts';
import type { Observation } from '../../model/observation.ts';
import type { Listed, ListedEntry, ListRange } from '../listing.ts';
import { present, refused } from './unreadable.ts';

/** More than the largest folder of Windows (WinSxS, some 30,000) has; what fits a pattern is bounded by evaluation. */
const MAX_ENTRIES = 65_536;
const BLOCK = 0x10000;
/** Characters of the longest name, and bytes of a whole listing: of WinSxS some eight million. */
const MAX_NAME = 255;
const MAX_BYTES = 16 << 20;

export async function listFolder(
  tree: Tree,
  name: string,
  call: Call,
): Promise<Observation<readonly DirectoryEntry[]>> {
  return await walkFolder({ tree, name, call }, { most: MAX_ENTRIES });
}

export interface FolderPlace {
  readonly tree: Tree;
  readonly name: string;
  readonly call: Call;
}

/** A part of the entries. The protocol has no way into the middle of a listing, so what is before it is passed over. */
export async function listPart(at: FolderPlace, { from, count }: ListRange): Promise<Observation<Listed<ListedEntry>>> {
  const walked = await walkFolder(at, { most: Infinity, upTo: from + count + 1, keepFrom: from });
  if (walked.state !== 'present') return walked;
  const items = walked.value.slice(0, count);
  const isMore = walked.value.length > count;
  return present({ items, complete: true, ...(isMore && { next: from + count }) });
}

interface Walk {
  /** More entries than these are refused. */
  readonly most: number;
  /** Entries that are enough; all where it is not said. */
  readonly upTo?: number;
  /** Entries before this one are not kept. */
  readonly keepFrom?: number;
}

async function walkFolder(
  { tree, name, call }: FolderPlace,
  { most, upTo = Infinity, keepFrom = 0 }: Walk,
): Promise<Observation<readonly DirectoryEntry[]>> {
  const { connection } = tree.session;
  const query = (fileId: Buffer) => ({
    command: COMMAND.QUERY_DIRECTORY,
    treeId: tree.id,
    body: queryDirectoryRequest(fileId, BLOCK),
  });
  const create = createRequest({
    name,
    access: ACCESS.READ_DATA | ACCESS.READ_ATTRIBUTES,
    options: CREATE_OPTION.DIRECTORY,
  });
  // Two queries at once: the second says that the first was all, which it mostly was.
  const replies = await connection.exchange(
    [{ command: COMMAND.CREATE, treeId: tree.id, body: create }, query(OPENED_BEFORE), query(OPENED_BEFORE)],
    call,
  );
  const [opened, ...listings] = replies;
  if (opened?.status !== NT.SUCCESS) throw ntError(opened?.status ?? NT.CANCELLED);
  const { fileId } = readCreateReply(opened.message);
  try {
    const entries: DirectoryEntry[] = [];
    for (let block = 0, bytes = 0, seen = 0; ; block++) {
      const reply = listings.shift() ?? (await connection.request(query(fileId), call));
      if (reply.status === NT.NO_MORE_FILES || reply.status === NT.NO_SUCH_FILE) return present(entries);
      if (reply.status !== NT.SUCCESS) throw ntError(reply.status);
      const more = readQueryDirectoryReply(reply.message).filter(isEntry);
      // Only the first block may hold nothing but the folder itself and the one above it.
      if (block > 0 && more.length === 0) throw malformed('a folder listing goes on without an entry');
      bytes += seen < keepFrom ? 0 : reply.message.length;
      if (bytes > MAX_BYTES) return refused(`the folder's listing has more than ${MAX_BYTES} bytes`);
      entries.push(...more.slice(Math.max(0, keepFrom - seen)));
      seen += more.length;
      if (seen > most) return refused(`the folder has more than ${most} entries`);
      if (seen >= upTo) return present(entries);
    }
  } finally {
    if (!connection.failure) {
      connection
        .request({ command: COMMAND.CLOSE, treeId: tree.id, body: closeRequest(fileId) })
        .catch(() => undefined);
    }
  }
}

function isEntry(entry: DirectoryEntry): boolean {
  if (/[\\/\0]/.test(entry.name) || entry.name === '')
    throw malformed('a folder listing holds a name that leads elsewhere');
  if (entry.name.length > MAX_NAME) throw malformed('a folder listing holds a name that is longer than one can be');
  return entry.name !== '.' && entry.name !== '..';
}
