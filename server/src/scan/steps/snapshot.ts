/** In place of steps 1 to 3: opens a recorded machine. */
import { readFile, stat } from 'node:fs/promises';
import { parseSnapshot } from '../../machine/snapshot/parse.ts';
import { SnapshotMachine } from '../../machine/snapshot/snapshot-machine.ts';
import { scanError } from '../errors.ts';
import { failureOf, type RawFailure } from '../failure.ts';
import { refusePath } from '../safe-path.ts';
import type { Reached } from '../source.ts';
import type { StepOutcome } from './outcome.ts';

const LARGEST = 256 * 1024 * 1024;

/** Opens a snapshot; what is wrong with the file or its text is error PL410. Never rejects. */
export async function openSnapshot(
  path: string,
): Promise<StepOutcome<Reached & { readonly machine: SnapshotMachine }>> {
  const refused = refusePath(path);
  if (refused !== undefined) return failed({ kind: 'file', code: 'REFUSED', message: refused });
  let text: string;
  try {
    text = await readBounded(path);
  } catch (error) {
    return failed(failureOf(error, 'file'));
  }
  const parsed = parseSnapshot(text);
  if (!parsed.ok) {
    const { code, message, line, column } = parsed.error;
    return failed({ kind: 'document', code, message: `line ${line}, column ${column}: ${message}` });
  }
  const machine = new SnapshotMachine(parsed.snapshot);
  return {
    ok: true,
    value: { machine, lost: () => undefined, stillThere: () => Promise.resolve(undefined), challengeNames: [] },
  };
}

function failed(raw: RawFailure): StepOutcome<never> {
  return { ok: false, error: scanError('PL410', { raw, host: 'HOST' }) };
}

/** Of a pipe or a device there is no end: only plain files are opened, and only so large. */
async function readBounded(path: string): Promise<string> {
  const info = await stat(path);
  if (!info.isFile()) throw Object.assign(new Error('it is no file'), { code: 'ENOTFILE' });
  if (info.size > LARGEST) throw Object.assign(new Error('it is larger than 256 MiB'), { code: 'EFBIG' });
  return readFile(path, 'utf8');
}
