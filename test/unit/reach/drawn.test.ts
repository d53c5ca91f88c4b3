/** Scripts drawn at random: each is found, or missing, on a machine that has it, and not on one that has not. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContent } from '../../../server/src/scan/content-files.ts';
import { judgeAgain, type Judged } from '../../../server/src/scan/kept.ts';
import { DRAWN, HARDEST, type DrawnCase } from '../../reach/drawn.ts';
import { machineOf } from '../../reach/record.ts';
import type { Facts } from '../evaluate/machine.ts';

async function judge(of: DrawnCase, facts: Facts): Promise<Judged> {
  const loaded = await loadContent([path.join(import.meta.dirname, '../../reach/drawn', `${of.id}.detect`)]);
  if (!loaded.ok) throw new Error(loaded.why);
  expect(loaded.linked.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const judged = await judgeAgain(machineOf(facts, of.windows), loaded.linked.content, new AbortController().signal);
  if (judged === undefined) throw new Error('no Windows');
  return judged;
}

/** Of the script's own product, which is its first: state and version. */
const found = ({ products }: Judged): readonly (readonly [string, string | null, string | null])[] =>
  (products[0]?.instances ?? []).map(({ state, version, path: place }) => [state, version, place]);
const statuses = ({ patches }: Judged): readonly string[] => patches.map(({ id, status }) => `${id} ${status}`);

describe.each([...DRAWN, ...HARDEST])('$id', (one) => {
  it('is found, or missing, on the machine that has it', async () => {
    const judged = await judge(one, one.hit);
    if (one.patch !== undefined) expect(statuses(judged)).toEqual([`${one.patch} missing`]);
    else expect(found(judged)).toEqual([['installed', one.finds ?? null, one.at ?? null]]);
  });

  it('is not on the machine that has it not', async () => {
    const judged = await judge(one, one.miss);
    expect(found(judged).filter(([state]) => one.patch === undefined || state === 'unknown')).toEqual([]);
    for (const status of statuses(judged)) expect(status).toBe(`${one.patch ?? ''} installed`);
    if (one.patch !== undefined) expect(statuses(judged)).toHaveLength(1);
  });
});

describe('the draw', () => {
  it('is as large as its page says', () => {
    const page = readFileSync(path.join(import.meta.dirname, '../../../docs/reach.md'), 'utf8');
    const again = ['twincat', 'illustrator', 'yammer', 'elba', 'firefox', 'onedrive'];
    for (const id of again) expect(page).toContain(`\`${id}\``);
    expect(page).toContain(`| whole | ${DRAWN.length + again.length} |`);
    for (const { id } of HARDEST) expect(page).toContain(`\`${id}\``);
  });
});
