/**
 * Makes samples/machines/ws01.snapshot.json: starts the lab machine ws01 and runs `patchlab record` on it. A test holds the
 * file equal to a fresh recording, times aside; run this again when the samples or the lab machine have changed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startMachine } from '../test/lab/lab.ts';
import { ws01 } from '../test/lab/machines/ws01.ts';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** The recording that the demo scans. */
export const DEMO_RECORDING = path.join('samples', 'machines', 'ws01.snapshot.json');

/** Records a fresh lab machine with the sample content; rejects when `patchlab record` does not end with 0. */
export async function recordDemo(output: string): Promise<void> {
  const machine = await startMachine(ws01);
  try {
    const args = ['record', '--content', 'samples', '--machine', machine.target, '--user', machine.user];
    const child = spawn(
      process.execPath,
      ['--no-warnings', path.join('server', 'src', 'cli', 'main.ts'), ...args, '--output', output],
      { cwd: ROOT, stdio: 'inherit', env: { ...process.env, PATCHLAB_PASSWORD: machine.password } },
    );
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`patchlab record ended with ${code}`);
  } finally {
    await machine.stop();
  }
}

if (import.meta.main) await recordDemo(process.argv[2] ?? DEMO_RECORDING);
