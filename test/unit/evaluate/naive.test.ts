import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Content } from '../../../server/src/model/content.ts';
import type { PatchJudgement } from '../../../server/src/evaluate/judgement.ts';
import type { Target } from '../../../server/src/evaluate/verdict.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { scan, windows } from './machine.ts';
import { decide, type Question } from './naive/decide.ts';
import { detect } from './naive/detect.ts';
import { CHECKS, condition, machine, NO_NAMES, patches, product, WorldMachine } from './naive/generate.ts';
import { statusesOf, windowsSubject } from './naive/statuses.ts';
import { spell, type Truth, type Value } from './naive/values.ts';
import type { World } from './naive/world.ts';

const RUNS = Number(process.env['PATCHLAB_NAIVE_RUNS'] ?? 1200);

const target: fc.Arbitrary<Target> = fc.constantFrom(
  windows(),
  windows({ architecture: 'x86' }),
  windows({ role: 'domain-controller', version: '10.0.17763.4974', build: 17763, ubr: 4974 }),
);

function linked(text: string): Content {
  const { content, findings } = linkContent([{ file: 'random.detect', text }]);
  // Circles are errors that leave a content to judge.
  const errors = findings.filter(({ severity, code }) => severity === 'error' && code !== 'supersedence-cycle');
  if (errors.length > 0) throw new Error(errors.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return content;
}

const question = (content: Content, on: World, of: Target): Question => ({
  content,
  world: on,
  target: of,
  names: new Map(),
});

const TRUTHS: Readonly<Record<string, Truth>> = { installed: 'true', missing: 'false', unknown: 'unknown' };

/** As a report shows it: places in one spelling. */
const place = (said: string | null): string | null =>
  said === null ? null : said.replaceAll('/', '\\').replace(/(?<=...)\\+$/, '');
const show = (of: Value): string | null => (of.is === 'value' ? spell(of.datum).trim() : null);

describe('evaluation against a second, naive one', () => {
  it('gives equal verdicts of random conditions on random machines', () => {
    const counted = { true: 0, false: 0, unknown: 0 };
    fc.assert(
      fc.property(condition(NO_NAMES, 3), machine, target, (script, world, of) => {
        const content = linked(`${CHECKS} patch P fixes windows { installed when ${script} }`);
        const { patches: judged } = scan(content, new WorldMachine(world), { target: of, trace: false });
        const patch = content.patches.get('p');
        if (patch?.verdict.kind !== 'installed-when') throw new Error('no condition');
        const naive = decide(patch.verdict.condition, question(content, world, of));
        counted[naive]++;
        expect(TRUTHS[judged[0]?.status ?? ''], script).toBe(naive);
      }),
      { numRuns: RUNS },
    );
    // None of the three is rare, or the property would say little.
    for (const count of Object.values(counted)) expect(count).toBeGreaterThan(RUNS / 20);
  });

  it('finds equal instances of random products on random machines', () => {
    const states = { true: 'installed', unknown: 'unknown', false: '' };
    let found = 0;
    fc.assert(
      fc.property(product('zip'), machine, target, (script, world, of) => {
        const content = linked(`${CHECKS}${script}`);
        const { products } = scan(content, new WorldMachine(world), { target: of, trace: false });
        const naive = detect('zip', question(content, world, of));
        const wanted = naive.map(({ counts, version, location }) =>
          [states[counts], show(version), place(show(location))].join(' | '),
        );
        const given = (products[0]?.instances ?? []).map(({ state, version, path }) =>
          [state, version, place(path)].join(' | '),
        );
        found += wanted.length;
        expect(given.sort(), script).toEqual(wanted.sort());
      }),
      { numRuns: RUNS },
    );
    expect(found).toBeGreaterThan(RUNS / 4);
  });

  it('gives equal statuses of patches that supersede each other', () => {
    const counted = new Map<string, number>();
    const count = (all: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
      for (const status of all.values()) counted.set(status, (counted.get(status) ?? 0) + 1);
      return all;
    };
    fc.assert(
      fc.property(product('zip'), patches('zip'), machine, target, (script, { plans, text }, world, of) => {
        const content = linked(`${CHECKS}${script}\n${text}`);
        const { products, patches: judged } = scan(content, new WorldMachine(world), { target: of, trace: false });
        const asked = question(content, world, of);
        const line = (all: ReadonlyMap<string, string>): string =>
          [...all]
            .map(([id, status]) => `${id} ${status}`)
            .sort()
            .join(', ');
        const statuses = (wanted: (one: PatchJudgement) => boolean): string =>
          line(new Map(judged.filter(wanted).map(({ id, status }) => [id, status])));
        const isWindows = ({ product: name }: PatchJudgement): boolean => name !== 'zip';
        expect(statuses(isWindows), script + text).toBe(line(count(statusesOf(plans, windowsSubject(asked)))));
        const given = (products[0]?.instances ?? []).map(({ state, version, path }, i) =>
          [state, version, place(path), statuses((one) => !isWindows(one) && one.instance === i)].join(' | '),
        );
        const wanted = detect('zip', asked).map((one) => {
          const all = count(statusesOf(plans, { ...one, product: 'zip' }));
          return [
            one.counts === 'true' ? 'installed' : 'unknown',
            show(one.version),
            place(show(one.location)),
            line(all),
          ].join(' | ');
        });
        expect(given.sort(), script + text).toEqual(wanted.sort());
      }),
      { numRuns: RUNS },
    );
    for (const status of [
      'installed',
      'missing',
      'unknown',
      'note',
      'not applicable',
      'effectively installed',
      'superseded',
    ])
      expect(counted.get(status) ?? 0, status).toBeGreaterThan(RUNS / 20);
  });

  it('gives equal verdicts of conditions that ask for products', () => {
    fc.assert(
      fc.property(product('zip'), condition(NO_NAMES, 1, ['zip']), machine, target, (script, asked, world, of) => {
        const content = linked(
          `${CHECKS}${script}\npatch P fixes windows { installed when all { ${asked}  product zip >= 1.0 } }`,
        );
        const { patches: judged } = scan(content, new WorldMachine(world), { target: of, trace: false });
        const patch = content.patches.get('p');
        if (patch?.verdict.kind !== 'installed-when') throw new Error('no condition');
        const naive = decide(patch.verdict.condition, question(content, world, of));
        expect(TRUTHS[judged.find(({ id }) => id === 'P')?.status ?? ''], script + asked).toBe(naive);
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });
});
