import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../../server/src/model/facts/facts.ts';
import { settledHead, type DeclaredHead } from '../../../../server/src/model/facts/head.ts';
import { namedHead } from '../../../../server/src/model/facts/named.ts';
import { lowerFile } from '../../../../server/src/model/lower/file.ts';
import { beginning, edit, edited } from '../lower/random-edits.ts';

const named = ({ kind, id, title, ordinal, context }: DeclaredHead) => ({ kind, id, title, ordinal, context });

describe('the names of a script that is not lowered', () => {
  it('are what lowering it tells, with whatever else it may use, however it is torn apart', () => {
    fc.assert(
      fc.property(beginning, fc.array(edit, { maxLength: 8 }), (begin, changes) => {
        const text = changes.reduce(edited, begin);
        const quick = namedHead(text);
        const head = settledHead(factsOf(lowerFile('a.detect', text)));
        expect(quick.declared.map(named)).toEqual(head.declared.map(named));
        expect(quick.names).toEqual(expect.arrayContaining([...head.names]));
      }),
      { numRuns: 2000 },
    );
  });

  it('are those of declarations and of what stands where one is named, and no other words', () => {
    const text = `product p "P" { installed when product q >= 1 and not any k in keys "HKLM\\\\*" { check c(k.name) } }
bulletin B { supersedes A-1, everything before 2020-01-01  patch B-1 fixes p, windows-10 { superseded by C-1 } }
test "t" { given check g  expect B-1 q missing }`;
    expect(namedHead(text).names.toSorted()).toEqual(['a-1', 'b', 'b-1', 'c', 'c-1', 'g', 'p', 'q', 'windows-10']);
  });
});
