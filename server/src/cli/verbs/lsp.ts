/** `patchlab lsp --stdio`: the language server for any editor. */
import path from 'node:path';
import { keepHeapFlat } from '../flat-heap.ts';
import { UsageError, type Verb } from '../verb.ts';

/** How much garbage the server lets lie before it collects it, in percent of what is in use. */
const GARBAGE = 40;

export const lsp: Verb = {
  summary: 'starts the language server',
  description:
    'Speaks the Language Server Protocol on standard input and output until the editor ends it. What it knows of a large workspace it keeps for its next start.',
  options: {
    stdio: { help: 'Over standard input and output: the only way there is.' },
    index: {
      value: 'FOLDER',
      path: true,
      help: 'Where it keeps what it knows; else in the folder that the editor names, or that of the system for caches.',
    },
    'no-index': { help: 'Keeps nothing.' },
    clientProcessId: { value: 'PID', help: 'The editor’s process: the server ends when it does. Editors add this.' },
  },
  examples: ['patchlab lsp --stdio', 'patchlab lsp --stdio --no-index'],
  run: async (args, { signal }) => {
    const folder = args.one('index');
    if (folder !== undefined && args.has('no-index'))
      throw new UsageError('--index and --no-index say the opposite of each other');
    keepHeapFlat(GARBAGE);
    const { startServer } = await import('../../lsp/server.ts');
    const index = args.has('no-index') ? false : folder && path.resolve(folder);
    startServer(index === undefined ? {} : { index });
    // The server ends the process by itself when the editor says so. A signal ends it at once: whatever else still listens, or
    // works, has nothing that must be finished.
    const end = (): never => process.exit(0);
    if (signal.aborted) end();
    return new Promise(() => {
      signal.addEventListener('abort', end);
    });
  },
};
