import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOX, layersOf, layoutOf, partsOf } from '../../../../server/src/lsp/graph/layout.ts';
import { reduced, type Arc } from '../../../../server/src/lsp/graph/reduce.ts';

/** Graphs without a circle: every arc leads to a higher index, and indices are shuffled by a seed. */
const acyclic = fc
  .tuple(fc.integer({ min: 1, max: 25 }), fc.array(fc.tuple(fc.nat(24), fc.nat(24))))
  .map(([count, pairs]): { count: number; arcs: Arc[] } => ({
    count,
    arcs: pairs
      .filter(([a, b]) => a !== b && a < count && b < count)
      .map(([a, b]): Arc => (a * 7 < b * 7 ? [a, b] : [b, a])),
  }));

function reachable(count: number, arcs: readonly Arc[]): string {
  const reach = Array.from({ length: count }, () => new Set<number>());
  for (let node = count - 1; node >= 0; node--) {
    for (const [newer, older] of arcs) {
      if (newer !== node) continue;
      reach[node]?.add(older);
      for (const one of reach[older] ?? []) reach[node]?.add(one);
    }
  }
  return reach.map((one) => [...one].sort((a, b) => a - b).join()).join(';');
}

describe('the layout of a graph', () => {
  it('puts each patch below every patch that supersedes it, by the longest way', () => {
    const arcs: Arc[] = [
      [0, 1],
      [1, 2],
      [0, 2],
      [3, 2],
    ];
    expect([...layersOf(4, arcs)]).toEqual([0, 1, 2, 0]);
    const { y } = layoutOf(4, arcs, []);
    expect([...y].map((one) => one / (y[1] ?? 1))).toEqual([0, 1, 2, 0]);
  });

  it('keeps all patches apart, newer ones above older ones, whatever the graph', () => {
    fc.assert(
      fc.property(acyclic, ({ count, arcs }) => {
        const { x, y, width, height } = layoutOf(count, arcs, []);
        for (const [newer, older] of arcs) expect(y[newer]).toBeLessThan(y[older] ?? 0);
        for (let one = 0; one < count; one++) {
          expect(x[one]).toBeGreaterThanOrEqual(0);
          expect((x[one] ?? 0) + BOX.width).toBeLessThanOrEqual(width + 1);
          expect((y[one] ?? 0) + BOX.height).toBeLessThanOrEqual(height + 1);
          for (let other = 0; other < one; other++) {
            const apart =
              Math.abs((x[one] ?? 0) - (x[other] ?? 0)) >= BOX.width ||
              Math.abs((y[one] ?? 0) - (y[other] ?? 0)) >= BOX.height;
            expect(apart).toBe(true);
          }
        }
      }),
    );
  });

  it('gives the same graph the same places', () => {
    fc.assert(
      fc.property(acyclic, ({ count, arcs }) => {
        expect(layoutOf(count, arcs, [])).toEqual(layoutOf(count, [...arcs], []));
      }),
    );
  });

  it('sets what does not hang together apart, the largest first', () => {
    const arcs: Arc[] = [
      [1, 2],
      [3, 4],
      [4, 5],
    ];
    expect(partsOf(6, arcs)).toEqual([[3, 4, 5], [1, 2], [0]]);
  });

  it('draws a circle one below the other', () => {
    const circle: Arc[] = [
      [0, 1],
      [1, 2],
      [2, 0],
    ];
    const { y } = layoutOf(3, [], circle);
    expect(new Set(y).size).toBe(3);
  });

  it('untangles two crossing arcs', () => {
    const { x } = layoutOf(
      4,
      [
        [0, 3],
        [1, 2],
      ],
      [[0, 1]],
    );
    expect(Math.sign((x[0] ?? 0) - (x[1] ?? 0)) * Math.sign((x[3] ?? 0) - (x[2] ?? 0))).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ['2,000 patches in chains of ten', chains(2000)],
    ['2,000 patches that each supersede fifty', dense(2000, 50)],
    ['5,000 patches on their own', { count: 5000, arcs: [] as Arc[] }],
  ])('is there at once for %s', (_, { count, arcs }) => {
    const started = performance.now();
    layoutOf(count, arcs, []);
    const ms = performance.now() - started;
    expect(ms).toBeLessThan(1500);
  });
});

describe('the reduction of a graph', () => {
  it('leaves what is reached as it was, and no arc that follows from others', () => {
    fc.assert(
      fc.property(acyclic, ({ count, arcs }) => {
        const kept = reduced(count, arcs);
        const all = reachable(count, arcs);
        expect(reachable(count, kept)).toBe(all);
        for (const arc of kept)
          expect(
            reachable(
              count,
              kept.filter((one) => one !== arc),
            ),
          ).not.toBe(all);
      }),
    );
  });

  it('is there within seconds for 2,000 patches that each supersede all before them', () => {
    const { count, arcs } = dense(2000, 2000);
    const started = performance.now();
    expect(reduced(count, arcs)).toHaveLength(1999);
    expect(performance.now() - started).toBeLessThan(4000);
  });
});

function chains(count: number): { count: number; arcs: Arc[] } {
  const arcs: Arc[] = [];
  for (let node = 0; node + 1 < count; node++) if (node % 10 !== 9) arcs.push([node, node + 1]);
  return { count, arcs };
}

function dense(count: number, each: number): { count: number; arcs: Arc[] } {
  const arcs: Arc[] = [];
  for (let node = 0; node < count; node++)
    for (let older = node + 1; older < Math.min(count, node + 1 + each); older++) arcs.push([node, older]);
  return { count, arcs };
}
