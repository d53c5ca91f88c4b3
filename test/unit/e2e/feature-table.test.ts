import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { featureRows } from '../../e2e/feature-table.ts';
import { SCENARIO } from '../../e2e/scenario.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SECTIONS =
  'Machines, Scan, Inline truth, Results, Explorer, Supersedence, Why not detected, Tests of content, House-keeping';

describe('the table of what the editor does', () => {
  const rows = featureRows();

  it('has its sections', () => {
    const text = readFileSync(path.join(ROOT, 'docs/editor-features.md'), 'utf8');
    expect([...text.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual(SECTIONS.split(', '));
    expect(rows.length).toBeGreaterThan(10);
  });

  it('names a test for each feature', () => {
    expect(rows.filter(({ steps, files }) => steps.length + files.length === 0)).toEqual([]);
  });

  it('names only steps of the end-to-end run, by their titles, and files that are there', () => {
    const steps = SCENARIO.flatMap((part) => part.steps);
    const titles = new Set(steps.map(({ title }) => title));
    expect(titles.size).toBe(steps.length);
    expect(rows.flatMap(({ steps }) => steps).filter((title) => !titles.has(title))).toEqual([]);
    expect(rows.flatMap(({ files }) => files).filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  it('names only requests of the protocol that the client makes', () => {
    const folder = path.join(ROOT, 'server/src/protocol');
    const protocol = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8'));
    const requests = new Set(protocol.flatMap((text) => text.match(/patchlab\/\w+/g) ?? []));
    const named = rows.flatMap((row) => row.requests).filter((method) => !/^(textDocument|workspace)\//.test(method));
    expect(named.filter((method) => !requests.has(method))).toEqual([]);
  });
});
