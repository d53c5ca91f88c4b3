/** Whoever mistypes a word of the language is told which one was meant. */
import { describe, expect, it } from 'vitest';
import { parse } from '../../../server/src/syntax/parse.ts';

const MISTYPED: readonly (readonly [string, string])[] = [
  ['prodct a { }', 'product'],
  ['bulletn B { }', 'bulletin'],
  ['ptch P { note "n" }', 'patch'],
  ['chek c { windows.build > 1 }', 'check'],
  ['product a { instaled when windows.build > 1 }', 'installed'],
  ['product a { installed whn windows.build > 1 }', 'when'],
  ['product a { one pr location }', 'per'],
  ['patch P fixes a { missing alwys "x" }', 'always'],
  ['patch P fixes a { missing wen windows.build > 1 }', 'when'],
  ['patch P fixes a { supersedd by Q note "n" }', 'superseded'],
  ['patch P fixes a { superseded bye Q note "n" }', 'by'],
  ['check c { file "a" exsts }', 'exists'],
  ['check c { file "a" version reches 1.2 }', 'reaches'],
  ['check c { key "HKLM\\A" veiw 32 exists }', 'view'],
  ['check c { key "HKLM\\A" valu "x" exists }', 'value'],
  ['check c { key "HKLM\\A" value "x" contans "y" }', 'contains'],
  ['check c { key "HKLM\\A" value "x" strats with "y" }', 'starts'],
  ['check c { key "HKLM\\A" value "x" starts wiht "y" }', 'with'],
  ['check c { file "a" modified oldr than 3d }', 'older'],
  ['check c { file "a" modified older then 3d }', 'than'],
  ['check c { file "a" version >= 1.2 if presnt }', 'present'],
  ['check c { fiel "a" exists }', 'file'],
  ['check c { servce "a" exists }', 'service'],
  ['check c { chek d }', 'check'],
  ['test "t" { expct a installed }', 'expect'],
  ['test "t" { givn on windows-10 }', 'given'],
  ['test "t" { machne "x.json" }', 'machine'],
  ['test "t" { machine "x.json" expct a installed }', 'expect'],
];

describe('a mistyped word of the language', () => {
  it.each(MISTYPED)('%s: %s', (text, meant) => {
    expect(
      parse(text)
        .errors.map(({ message }) => message)
        .join('\n'),
    ).toContain(`Did you mean \`${meant}\``);
  });

  it('is told of nowhere else', () => {
    const far = [
      'product a { zzzzzz }',
      'check c { file "a" qqqq }',
      'test "t" { zzzz }',
      'patch P fixes a { missing zzzz }',
    ];
    for (const text of far)
      expect(
        parse(text)
          .errors.map(({ message }) => message)
          .join('\n'),
      ).not.toContain('Did you mean');
  });
});
