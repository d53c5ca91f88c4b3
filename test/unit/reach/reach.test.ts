/** The measure of reach: each script finds what it should on one recording, and claims nothing on the other. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContent } from '../../../server/src/scan/content-files.ts';
import type { ScanResult } from '../../../server/src/scan/result.ts';
import { scanMachine } from '../../../server/src/scan/scan.ts';
import { REACH, type ReachCase } from '../../reach/cases.ts';
import { recordCase, recordingOf } from '../../reach/record.ts';

async function scan(of: ReachCase, which: 'hit' | 'miss'): Promise<ScanResult> {
  const loaded = await loadContent([path.join(import.meta.dirname, '../../reach/content', `${of.id}.detect`)]);
  if (!loaded.ok) throw new Error(loaded.why);
  expect(loaded.linked.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const { content } = loaded.linked;
  const result = await scanMachine({ target: { kind: 'snapshot', path: recordingOf(of, which) }, content });
  // What claims nothing must have been scanned all the same.
  expect(result.steps.filter(({ status }) => status === 'failed')).toEqual([]);
  return result;
}

const found = (result: ScanResult): readonly (string | null)[] =>
  result.products.flatMap(({ instances }) =>
    instances.map(({ state, version }) => (state === 'installed' ? version : state)),
  );

describe.each(REACH)('$id: $kind', (one) => {
  it('is found, or missing, on the recording that has it', async () => {
    const result = await scan(one, 'hit');
    if (one.patch === undefined) expect(found(result)).toEqual([one.finds]);
    else expect(result.patches.map(({ id, status }) => [id, status])).toEqual([[one.patch, 'missing']]);
    const [instance] = result.products.flatMap(({ instances }) => instances);
    if (one.at !== undefined) expect(instance?.path).toBe(one.at);
    if (one.lacks !== undefined) expect(result.patches).toMatchObject([{ id: one.lacks, status: 'missing' }]);
  });

  it('is not on the recording that has it not', async () => {
    const result = await scan(one, 'miss');
    if (one.patch === undefined) expect(found(result)).toEqual([]);
    else expect(result.patches.map(({ id, status }) => [id, status])).toEqual([[one.patch, 'installed']]);
  });

  it('has recordings that are what its facts give', async () => {
    expect(readFileSync(recordingOf(one, 'hit'), 'utf8')).toBe(await recordCase(one, one.hit));
    expect(readFileSync(recordingOf(one, 'miss'), 'utf8')).toBe(await recordCase(one, one.miss));
  });
});

describe('the measure of reach', () => {
  it('has thirty scripts that run, and its page names each', () => {
    const page = readFileSync(path.join(import.meta.dirname, '../../../docs/reach.md'), 'utf8');
    expect(REACH.length).toBe(30);
    for (const { id } of REACH) expect(page).toContain(`| \`${id}\` |`);
    expect(page).toContain(`${REACH.length - 1} of ${REACH.length} whole`);
  });
});
