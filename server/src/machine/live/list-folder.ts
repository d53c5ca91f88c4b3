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
import { present, refused } from './unreadable.ts';

/** More than the largest folder of Windows (WinSxS, some 30,000) has; what fits a pattern is bounded by evaluation. */
const MAX_ENTRIES = 65_536;
const BLOCK = 0x10000;

export async function listFolder(
  tree: Tree,
  name: string,
  call: Call,
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
    for (;;) {
      const reply = listings.shift() ?? (await connection.request(query(fileId), call));
      if (reply.status === NT.NO_MORE_FILES || reply.status === NT.NO_SUCH_FILE) return present(entries);
      if (reply.status !== NT.SUCCESS) throw ntError(reply.status);
      entries.push(...readQueryDirectoryReply(reply.message).filter(isEntry));
      if (entries.length > MAX_ENTRIES) return refused(`the folder has more than ${MAX_ENTRIES} entries`);
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
  return entry.name !== '.' && entry.name !== '..';
}
