import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../../server/src/evaluate/verdict.ts';
import { compareResults } from '../../../../server/src/results/compare/compare.ts';
import { isDifferent } from '../../../../server/src/results/compare/comparison.ts';
import type { ProductInstance, ScanResult } from '../../../../server/src/scan/result.ts';
import { samplePatch, sampleResult } from '../sample-result.ts';

const instance = (number: number, version: string, more: Partial<ProductInstance> = {}): ProductInstance => ({
  ...{ instance: number, version, path: `C:\\${version}`, architecture: 'x64', language: null },
  ...{ state: 'installed', ...more },
});
const zip = (...instances: ProductInstance[]): ScanResult['products'] => [{ id: 'sevenzip', name: '7-Zip', instances }];
const STEPS: ScanResult['steps'] = ([1, 2, 3, 4, 5, 6, 7] as const).map((step) => ({
  ...{ step, name: 'step', status: 'ok', ms: 1 },
}));
const result = (id: string, more: Partial<ScanResult>): ScanResult => sampleResult(id, { steps: STEPS, ...more });
const leaf = (check: string, verdict: Trace['verdict'], observed: string): Trace => ({ check, verdict, observed });
const all = (...children: Trace[]): Trace => ({ check: 'all', verdict: 'false', children });

describe('products', () => {
  const change = (left: ProductInstance[], right: ProductInstance[]): string[] =>
    compareResults(result('left-0001', { products: zip(...left) }), result('right-001', { products: zip(...right) }))
      .products.map(({ left: one, right: other, change: what }) => `${one?.version} ${other?.version} ${what}`)
      .sort();

  it('are told as appeared, gone and of another version', () => {
    const there = { path: 'C:\\7-Zip' };
    expect(change([], [instance(0, '24.7')])).toEqual(['undefined 24.7 appeared']);
    expect(change([instance(0, '18.1')], [])).toEqual(['18.1 undefined gone']);
    expect(change([instance(0, '18.1', there)], [instance(3, '24.7', there)])).toEqual(['18.1 24.7 changed']);
    expect(change([instance(0, '18.1')], [instance(0, '18.1')])).toEqual(['18.1 18.1 same']);
  });

  it('belong together by their place, not by their number', () => {
    const [one, other] = [{ path: 'C:\\one' }, { path: 'c:\\OTHER' }];
    expect(
      change(
        [instance(0, '1', one), instance(1, '2', other)],
        [instance(0, '2', { path: 'C:\\other' }), instance(1, '1', one)],
      ),
    ).toEqual(['1 1 same', '2 2 same']);
  });

  it('of another architecture are not the same installation', () => {
    expect(change([instance(0, '1', { architecture: 'x86' })], [instance(0, '2')])).toEqual([
      '1 undefined gone',
      'undefined 2 appeared',
    ]);
  });

  it('are unknown, not gone, where a scan did not come so far', () => {
    const failed = STEPS.map((step) => (step.step >= 5 ? ({ ...step, status: 'skipped' } as const) : step));
    const { products, patches } = compareResults(
      result('left-0001', { products: zip(instance(0, '1')), patches: [samplePatch('A')] }),
      result('right-001', { products: [], patches: [], steps: failed }),
    );
    expect([...products, ...patches].map((one) => one.change)).toEqual(['unknown', 'unknown']);
  });
});

describe('patches', () => {
  const patches = (left: ScanResult['patches'], right: ScanResult['patches'], products = zip()) =>
    compareResults(result('left-0001', { products, patches: left }), result('right-001', { products, patches: right }))
      .patches;

  it('are told with both statuses', () => {
    const [change] = patches([samplePatch('A', { status: 'missing' })], [samplePatch('A', { status: 'installed' })]);
    expect(change).toMatchObject({ change: 'changed', left: { status: 'missing' }, right: { status: 'installed' } });
  });

  it('follow the installation that they are judged for', () => {
    const places = [{ path: 'C:\\one' }, { path: 'C:\\other' }];
    const of = (number: number, status: 'missing' | 'installed') =>
      samplePatch('A', { product: 'sevenzip', instance: number, status });
    const compared = compareResults(
      result('left-0001', {
        products: zip(instance(0, '1', places[0]), instance(1, '2', places[1])),
        patches: [of(0, 'missing'), of(1, 'installed')],
      }),
      result('right-001', {
        products: zip(instance(0, '2', places[1]), instance(1, '1', places[0])),
        patches: [of(0, 'installed'), of(1, 'missing')],
      }),
    );
    expect(compared.patches.map(({ change }) => change)).toEqual(['same', 'same']);
  });

  it('name the checks that were seen differently, and those that only one content has', () => {
    const [change] = patches(
      [samplePatch('A', { trace: all(leaf('a', 'true', '1'), leaf('b', 'false', '18.1'), leaf('old', 'true', '')) })],
      [
        samplePatch('A', {
          trace: all(leaf('a', 'true', '1'), leaf('b', 'true', '24.7'), leaf('n1', 'true', ''), leaf('n2', 'true', '')),
        }),
      ],
    );
    expect(change?.checks.map(({ check, left, right }) => [check, left?.observed, right?.observed])).toEqual([
      ['b', '18.1', '24.7'],
      ['old', '', undefined],
      ['n1', undefined, ''],
      ['n2', undefined, ''],
    ]);
  });

  it('take a check that was rewritten for one that was changed', () => {
    const [change] = patches(
      [samplePatch('A', { trace: all(leaf('version >= 24.7', 'false', '18.1')) })],
      [samplePatch('A', { trace: all(leaf('version >= 18.0', 'true', '18.1')) })],
    );
    expect(change?.checks.map(({ check }) => check)).toEqual(['version >= 24.7 → version >= 18.0']);
  });

  it('set a block that became one check against that check', () => {
    const [change] = patches(
      [samplePatch('A', { trace: all(leaf('a', 'false', '1'), leaf('b', 'true', '2')) })],
      [samplePatch('A', { trace: leaf('a', 'true', '3') })],
    );
    expect(change?.checks.map(({ check, left, right }) => [check, left?.observed, right?.observed])).toEqual([
      ['a', '1', '3'],
      ['b', '2', undefined],
    ]);
  });

  it('differ also where only what was seen is another', () => {
    const seen = (observed: string) => samplePatch('A', { trace: leaf('version >= 9', 'false', observed) });
    const [other] = patches([seen('1')], [seen('2')]);
    expect(other).toMatchObject({ change: 'same' });
    expect(other && isDifferent(other)).toBe(true);
    const [same] = patches([seen('1')], [seen('1')]);
    expect(same && isDifferent(same)).toBe(false);
  });
});

it('compares five thousand patches with their traces in well under a second', () => {
  const many = (status: 'missing' | 'installed') =>
    Array.from({ length: 5000 }, (_, index) =>
      samplePatch(`P-${index}`, { status, trace: all(leaf('a', 'true', '1'), leaf('b', 'false', status)) }),
    );
  const started = performance.now();
  const { patches } = compareResults(
    result('left-0001', { patches: many('missing') }),
    result('right-001', { patches: many('installed') }),
  );
  expect(patches.filter(({ change }) => change === 'changed')).toHaveLength(5000);
  expect(performance.now() - started).toBeLessThan(1000);
});
