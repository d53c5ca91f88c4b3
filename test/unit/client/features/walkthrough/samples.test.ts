import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { copySamples } from '../../../../../client/src/features/walkthrough/samples.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../../../../samples');
const parent = mkdtempSync(path.join(tmpdir(), 'patchlab-samples-test-'));
afterEach(() => rmSync(parent, { recursive: true, force: true }));

it('copies all samples with the recorded machine, and never over an earlier copy', async () => {
  const first = await copySamples(SAMPLES, parent);
  const copied = readdirSync(first, { recursive: true, encoding: 'utf8' });
  for (const file of readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' })) expect(copied).toContain(file);
  expect(copied).toContain(path.join('machines', 'ws01.snapshot.json'));
  expect(JSON.parse(readFileSync(path.join(first, 'patchlab.json'), 'utf8'))).toHaveProperty('content');

  writeFileSync(path.join(first, '7-zip.detect'), '# edited\n');
  const second = await copySamples(SAMPLES, parent);
  expect(second).not.toBe(first);
  expect(readFileSync(path.join(first, '7-zip.detect'), 'utf8')).toBe('# edited\n');
});
