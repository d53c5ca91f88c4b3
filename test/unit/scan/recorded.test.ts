/** The recorded machine, changed at random: verdicts and traces follow, so nothing about it is precomputed. */
import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Trace } from '../../../server/src/evaluate/verdict.ts';
import type { SnapshotDocument } from '../../../server/src/machine/snapshot/format.ts';
import type { Content } from '../../../server/src/model/content.ts';
import { loadContent } from '../../../server/src/scan/content-files.ts';
import type { ScanOptions } from '../../../server/src/scan/options.ts';
import type { PatchResult, ScanResult } from '../../../server/src/scan/result.ts';
import { scanMachine } from '../../../server/src/scan/scan.ts';
import { schemaErrors } from '../results/schemas.ts';

const RECORDED = 'samples/machines/ws01.snapshot.json';

let content: Content;
let folder: string;
let recorded: string;

beforeAll(async () => {
  const loaded = await loadContent(['samples']);
  if (!loaded.ok) throw new Error(loaded.why);
  content = loaded.linked.content;
  folder = await mkdtemp(path.join(os.tmpdir(), 'patchlab-recorded-'));
  recorded = await readFile(RECORDED, 'utf8');
});

type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

async function scanChanged(
  change: (document: Mutable<SnapshotDocument>) => void,
  options: Partial<ScanOptions> = {},
): Promise<ScanResult> {
  const document = JSON.parse(recorded) as Mutable<SnapshotDocument>;
  change(document);
  const file = path.join(folder, 'changed.snapshot.json');
  await writeFile(file, JSON.stringify(document));
  const result = await scanMachine({ target: { kind: 'snapshot', path: file }, content, trace: true, ...options });
  expect(schemaErrors('result', JSON.parse(JSON.stringify(result)))).toEqual([]);
  return result;
}

function patchOf(result: ScanResult, id: string): PatchResult {
  const found = result.patches.find((patch) => patch.id === id);
  if (!found) throw new Error(`no verdict for ${id}`);
  return found;
}

const seenIn = (trace: Trace | undefined): readonly string[] =>
  trace ? [trace.observed ?? '', ...(trace.children ?? []).flatMap(seenIn)] : [];

/** A member of a record, whatever the case of its name. */
function member<T>(record: Record<string, T>, name: string): T {
  const key = Object.keys(record).find((each) => each.toLowerCase() === name.toLowerCase());
  const found = key === undefined ? undefined : record[key];
  if (found === undefined) throw new Error(`the recording has no ${name}`);
  return found;
}

describe('the recorded machine', () => {
  it('is scanned through steps 4 to 7 of a recording, and steps 1 to 3 are skipped', async () => {
    const seen: number[] = [];
    const delivered: ScanResult[] = [];
    const result = await scanChanged(() => undefined, {
      onProgress: ({ step }) => seen.push(step),
      deliver: (document) => Promise.resolve(delivered.push(document)),
    });
    expect(result.steps.map((step) => step.status)).toEqual([
      ...['skipped', 'skipped', 'skipped', 'ok', 'ok', 'ok', 'ok'],
    ]);
    expect([...new Set(seen)]).toEqual([4, 5, 6, 7]);
    expect(delivered).toEqual([result]);
    expect(result.machine).toMatchObject({ name: 'WS01', address: null, source: 'snapshot' });
    expect(result.patches.filter((patch) => patch.status === 'unknown')).toEqual([]);
  });

  it('follows one registry value', async () => {
    for (let round = 0; round < 10; round++) {
      const ubr = randomInt(8000);
      const result = await scanChanged((document) => {
        const key = member(document.registry, 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion');
        member(key.values ?? {}, 'UBR');
        if (key.values) key.values.UBR = { type: 'REG_DWORD', data: String(ubr) };
      });
      const patch = patchOf(result, 'KB5033372');
      expect(patch.status).toBe(ubr >= 3803 ? 'installed' : 'missing');
      expect(seenIn(patch.trace)).toContain(`10.0.19045.${ubr}`);
      expect(result.machine.os?.version).toBe(`10.0.19045.${ubr}`);
    }
  });

  it('follows one file version', async () => {
    for (let round = 0; round < 10; round++) {
      const version = `${randomInt(48)}.${randomInt(100)}.0.${randomInt(100)}`;
      const result = await scanChanged(
        (document) => {
          for (const name of ['7z.exe', '7z.dll']) {
            const file = Object.entries(document.files).find(([each]) =>
              each.toLowerCase().endsWith(`\\7-zip\\${name}`),
            )?.[1];
            if (file) file.version = { fileVersion: version };
          }
        },
        { include: new Set(['superseded', 'effectively-installed']) },
      );
      const [major = 0, minor = 0] = version.split('.').map(Number);
      const patch = patchOf(result, 'SZ-2024-07');
      expect(patch.status, version).toBe(major > 24 || (major === 24 && minor >= 7) ? 'installed' : 'missing');
      expect(seenIn(patch.trace)).toContain(version);
      const product = result.products.find(({ id }) => id === 'sevenzip');
      expect(product?.instances.map((instance) => instance.version)).toEqual([version]);
    }
  });

  it('follows one service state', async () => {
    for (const state of ['running', 'stopped', 'paused', 'stop-pending'] as const) {
      const result = await scanChanged((document) => {
        const service = member(document.services, 'Spooler');
        if (service !== null && 'state' in service) service.state = state;
      });
      const patch = patchOf(result, 'HARDEN-SPOOLER');
      expect(patch.status).toBe(state === 'running' ? 'missing' : 'installed');
      expect(seenIn(patch.trace)).toContain(state);
    }
  });

  it('gives unknown where the recording could not read', async () => {
    const result = await scanChanged((document) => {
      const service = member(document.services, 'Spooler');
      if (service !== null) document.services.Spooler = { unreadable: 'access denied', raw: 'ERROR_ACCESS_DENIED (5)' };
    });
    expect(patchOf(result, 'HARDEN-SPOOLER')).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('access denied') as string,
    });
  });

  it('keeps traces of what is missing, unknown or warned of, and of the rest only when all are wanted', async () => {
    const few = await scanChanged(() => undefined, { trace: false });
    for (const patch of few.patches)
      expect(patch.trace !== undefined, patch.id).toBe(patch.status === 'missing' || patch.warning !== null);
    const all = await scanChanged(() => undefined);
    expect(all.patches.filter((patch) => patch.status === 'installed' && !patch.trace)).toEqual([]);
  });

  it('can be recorded again, to the same recording', async () => {
    let again = '';
    await scanChanged(() => undefined, {
      include: new Set(['superseded', 'effectively-installed']),
      onRecording: (text) => (again = text),
    });
    expect(JSON.parse(again)).toEqual(JSON.parse(recorded));
  });

  it('fails step 4 when it does not say which Windows it runs', async () => {
    const result = await scanChanged((document) => {
      const key = member(document.registry, 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\ProductOptions');
      if (key.values) key.values.ProductType = null;
    });
    expect(result.steps[3]).toMatchObject({ status: 'failed', error: { code: 'PL402' } });
    expect([result.products, result.patches]).toEqual([[], []]);
  });

  it('fails step 7 alone when the result cannot be delivered', async () => {
    const result = await scanChanged(() => undefined, {
      deliver: () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' })),
    });
    expect(result.steps[6]).toMatchObject({ status: 'failed', error: { code: 'PL701', raw: 'ENOSPC: no space left' } });
    expect(result.patches.length).toBeGreaterThan(10);
  });

  it('is not scanned at all when the scan was cancelled before', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(scanChanged(() => undefined, { signal })).rejects.toThrow('cancelled');
  });
});
