/** The demo's recording is what `patchlab record` writes of the lab machine: made again here, and compared, times aside. */
import { mkdtemp, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEMO_RECORDING, recordDemo } from '../../scripts/record-demo.ts';

/** Without the times of the recording and of the lab's files. */
function timeless(text: string): unknown {
  return JSON.parse(text, (name, value: unknown) => (name === 'recorded' || name === 'modified' ? undefined : value));
}

describe("the demo's recording", () => {
  it('is equal to a fresh one of the lab machine (node scripts/record-demo.ts makes it again)', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'patchlab-record-'));
    const fresh = path.join(folder, 'fresh.snapshot.json');
    await recordDemo(fresh);
    expect(timeless(await readFile(DEMO_RECORDING, 'utf8'))).toEqual(timeless(await readFile(fresh, 'utf8')));
  });

  it('names no person and no place', async () => {
    const text = await readFile(DEMO_RECORDING, 'utf8');
    expect(text).not.toMatch(/alex|kim|"address": "|fake-Passw0rd/i);
  });
});
