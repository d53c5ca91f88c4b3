/** `patchlab lsp --stdio`: the language server for any editor. */
import type { Verb } from '../verb.ts';

export const lsp: Verb = {
  summary: 'starts the language server',
  description: 'Speaks the Language Server Protocol on standard input and output until the editor ends it.',
  options: {
    stdio: { help: 'Over standard input and output: the only way there is.' },
    clientProcessId: { value: 'PID', help: 'The editor’s process: the server ends when it does. Editors add this.' },
  },
  examples: ['patchlab lsp --stdio'],
  run: async (_args, io) => {
    const { startServer } = await import('../../lsp/server.ts');
    startServer();
    // The server ends the process by itself when the editor says so.
    await new Promise<void>((resolve) => {
      io.signal.addEventListener('abort', () => {
        resolve();
      });
    });
    return 0;
  },
};
