/** Runs the bundled command line in a terminal of the editor's, by the editor's own runtime: no shell and no other Node. */
import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, type Pseudoterminal } from 'vscode';

/** Whatever ends sooner counts with the editor as never started, and its terminal is not used again. */
const STARTED_MS = 600;

export interface Run {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** A terminal that starts the command line when it opens, and ends it when it is closed. */
export function commandLine({ program, args, cwd }: Run): Pseudoterminal {
  const written = new EventEmitter<string>();
  const closed = new EventEmitter<number>();
  let child: ChildProcess | undefined;
  let opened = 0;
  const end = (code: number): void => {
    setTimeout(() => closed.fire(code), Math.max(0, opened + STARTED_MS - performance.now()));
  };
  // What a terminal shows begins its lines in the first column only after both characters.
  const show = (data: Buffer | string): void => written.fire(String(data).replace(/\r?\n/g, '\r\n'));
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: () => {
      opened = performance.now();
      show(`patchlab ${args.join(' ')}\n`);
      const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
      child = spawn(process.execPath, [program, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout?.setEncoding('utf8').on('data', show);
      child.stderr?.setEncoding('utf8').on('data', show);
      child.on('error', (error) => {
        show(`${error.message}\n`);
        end(4);
      });
      child.on('close', (code) => end(code ?? 4));
    },
    close: () => {
      child?.kill();
    },
  };
}
