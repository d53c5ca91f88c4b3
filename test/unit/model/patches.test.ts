import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { link } from './linked.ts';

const patchOf = (text: string, id = 'a') => link(text).content.patches.get(id);
const edges = (text: string): readonly string[] =>
  link(text)
    .content.supersedence.map(({ newer, older }) => `${newer}>${older}`)
    .toSorted();
const codes = (text: string): readonly string[] => link(text).findings.map(({ code }) => code);

describe('a patch', () => {
  it('without a check is a note', () => {
    expect(patchOf('patch A fixes windows')?.verdict.kind).toBe('note');
  });

  it('is named by its KB id, or names others', () => {
    expect(patchOf('patch KB5031356 fixes windows', 'kb5031356')?.kb).toEqual(['KB5031356']);
    expect(patchOf('patch KB5031356 fixes windows { kb KB5031357 }', 'kb5031356')?.kb).toEqual(['KB5031357']);
  });

  it('answers once', () => {
    expect(codes('patch A fixes windows { note "x"  missing always }')).toEqual(['two-verdicts']);
  });

  it('says for whom it is', () => {
    expect(codes('patch A { note "x" }')).toEqual(['no-fixes']);
  });

  it('keeps the products that are known when one is not', () => {
    expect(patchOf('patch A fixes windows-10, nowhere { note "x" }')?.fixes.map(({ name }) => name)).toEqual([
      'windows-10',
    ]);
  });

  it('that lost a comma does not judge for half of what it fixes', () => {
    expect(patchOf('patch A fixes windows-10 windows-11 { note "x" }')).toBeUndefined();
    expect(patchOf('bulletin B { patch A fixes windows-10 windows-11\n patch C fixes windows-10 }')).toBeUndefined();
  });
});

describe('a bulletin', () => {
  const text = `bulletin B {
    severity low  released 2025-01-01  cve CVE-2025-1000
    on windows >= 6.1
    installed when windows.build >= 1
    supersedes OLD
    patch A fixes windows
    patch C fixes windows { severity critical  cve CVE-2025-2000  missing always "x"  supersedes A  on windows-10 }
  }
  patch OLD fixes windows { note "x" }`;

  it('gives its statements to its patches', () => {
    expect(patchOf(text)).toMatchObject({
      bulletin: 'B',
      severity: 'low',
      released: '2025-01-01',
      cve: ['CVE-2025-1000'],
      on: [[{ name: 'windows' }]],
      verdict: { kind: 'installed-when' },
    });
  });

  it('yields to what a patch says by the same word', () => {
    expect(patchOf(text, 'c')).toMatchObject({
      severity: 'critical',
      released: '2025-01-01',
      cve: ['CVE-2025-2000'],
      on: [[{ name: 'windows-10' }]],
      verdict: { kind: 'missing-always' },
    });
    expect(edges(text)).toEqual(['A>OLD', 'C>A']);
  });

  it('with an error in what it shares leaves its patches undecidable, never with half a condition', () => {
    const { content } = link('bulletin B { severity low  installed when file  patch A fixes windows }');
    expect(content.bulletins.size).toBe(0);
    expect(content.patches.get('a')?.verdict).toMatchObject({ condition: { kind: 'use-check' } });
    expect(content.checks.size).toBe(0);
  });

  it('is whole when one of its patches is broken', () => {
    const { content } = link(
      'bulletin B {\n severity low\n patch A fixes windows { installed when file }\n patch C fixes windows { note "x" }\n}',
    );
    expect([...content.patches.keys()]).toEqual(['c']);
    expect(content.patches.get('c')).toMatchObject({ severity: 'low', verdict: { kind: 'note' } });
    expect(content.bulletins.has('b')).toBe(true);
  });
});

describe('supersedence', () => {
  const note = (id: string, rest = ''): string => `patch ${id} fixes windows { note "x" ${rest} }\n`;

  it('can be said from either side', () => {
    expect(edges(note('A', 'supersedes B') + note('B'))).toEqual(['A>B']);
    expect(edges(note('A') + note('B', 'superseded by A'))).toEqual(['A>B']);
  });

  it('of a bulletin is of all its patches', () => {
    const bulletin = 'bulletin M { patch B fixes windows { note "x" }  patch C fixes windows { note "x" } }\n';
    expect(edges(note('A', 'supersedes M') + bulletin)).toEqual(['A>B', 'A>C']);
  });

  it('of everything before a date is of earlier patches for a common product', () => {
    const text =
      'patch SP fixes windows-7 { note "x"  supersedes everything before 2010-11-20 }\n' +
      'patch OLD fixes windows-7-sp0 { note "x"  released 2010-01-01 }\n' +
      'patch LATE fixes windows-7 { note "x"  released 2011-01-01 }\n' +
      'patch OTHER fixes windows-8 { note "x"  released 2010-01-01 }\n' +
      'patch UNDATED fixes windows-7 { note "x" }\n';
    expect(edges(text)).toEqual(['SP>OLD']);
  });

  it('of itself is reported and left out', () => {
    expect(codes(note('A', 'supersedes A'))).toEqual(['self-supersedence']);
    expect(edges(note('A', 'supersedes A'))).toEqual([]);
  });

  it('in a circle is reported once and left out, and other edges stay', () => {
    const text = note('A', 'supersedes B') + note('B', 'supersedes C') + note('C', 'supersedes A, D') + note('D');
    expect(codes(text)).toEqual(['supersedence-cycle']);
    expect(edges(text)).toEqual(['C>D']);
  });

  it('never leaves a circle, whatever is superseded by whatever', () => {
    const ids = ['A', 'B', 'C', 'D', 'E', 'F'];
    const pairs = fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), { maxLength: 14 });
    fc.assert(
      fc.property(pairs, (chosen) => {
        const text = ids
          .map((id) => {
            const older = chosen.filter(([newer]) => newer === id).map(([, other]) => other);
            return note(id, older.length === 0 ? '' : `supersedes ${older.join(', ')}`);
          })
          .join('');
        const left = link(text).content.supersedence;
        const next = (id: string): readonly string[] =>
          left.filter(({ newer }) => newer === id).map(({ older }) => older);
        for (const id of ids) {
          const seen = new Set<string>();
          const work = [...next(id)];
          for (let one = work.pop(); one !== undefined; one = work.pop()) {
            expect(one).not.toBe(id);
            if (!seen.has(one)) work.push(...next(one));
            seen.add(one);
          }
        }
      }),
    );
  });

  it('bears chains of thousands', () => {
    const count = 5000;
    const text = Array.from({ length: count }, (_, i) => note(`P${i}`, `supersedes P${(i + 1) % count}`)).join('');
    expect(codes(text)).toEqual(['supersedence-cycle']);
  });
});
