import { describe, expect, it } from 'vitest';
import { loadContent } from '../../../server/src/scan/content-files.ts';
import { scanMachine } from '../../../server/src/scan/scan.ts';
import { renderPretty } from '../../../server/src/results/report/pretty.ts';
import { schemaErrors } from '../results/schemas.ts';

async function scanSamples(trace: boolean) {
  const loaded = await loadContent(['samples']);
  if (!loaded.ok) throw new Error(loaded.why);
  const target = { kind: 'snapshot', path: 'samples/machines/ws01.snapshot.json' } as const;
  const result = await scanMachine({ target, content: loaded.linked.content, trace });
  expect(schemaErrors('result', JSON.parse(JSON.stringify(result)))).toEqual([]);
  return result;
}

describe('the cost of a scan', () => {
  it('tells with traces what was read in which batch, and what looked at most', async () => {
    const result = await scanSamples(true);
    const { reads, rounds = [], dearest = [] } = result.cost;
    expect(rounds.reduce((sum, round) => sum + round.reads, 0)).toBe(reads);
    expect([...new Set(rounds.map(({ step }) => step))]).toEqual([4, 5, 6]);
    expect(dearest[0]).toEqual({ kind: 'product', id: 'notepadpp', reads: 4 });
    expect(dearest.map((one) => one.reads)).toEqual(dearest.map((one) => one.reads).toSorted((a, b) => b - a));
    expect(renderPretty(result, { trace: 'all' })).toMatch(
      /Cost\n {2}step 4 +\d+ reads[^]*product notepadpp +4 looked at/,
    );
  });

  it('is three numbers without traces', async () => {
    expect(Object.keys((await scanSamples(false)).cost).toSorted()).toEqual(['bytes', 'reads', 'roundTrips']);
  });
});
