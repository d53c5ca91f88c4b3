import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';

const codesOf = (text: string): readonly string[] =>
  lint(linkContent([{ file: 'a.detect', text }])).map(({ code }) => code);

describe('# allow', () => {
  it('silences a rule at the end of its line', () => {
    expect(codesOf('patch A-1 fixes windows # allow patch-without-check: filled in by the importer\n')).toEqual([]);
  });

  it('silences a rule on the line below, also with CRLF', () => {
    expect(codesOf('# allow patch-without-check: filled in later\r\npatch A-1 fixes windows\r\n')).toEqual([]);
  });

  it('silences no other line', () => {
    const text = '# allow patch-without-check: filled in later\npatch A-1 fixes windows\npatch A-2 fixes windows\n';
    expect(codesOf(text)).toEqual(['patch-without-check']);
  });

  it('without a reason silences nothing, and is a finding', () => {
    expect(codesOf('patch A-1 fixes windows # allow patch-without-check\n').toSorted()).toEqual([
      'bad-allow',
      'patch-without-check',
    ]);
  });

  it('without effect is a finding', () => {
    expect(codesOf('patch A-1 fixes windows { note "why" } # allow patch-without-check: no longer\n')).toEqual([
      'unused-allow',
    ]);
  });

  it('of a rule that is not there is a finding', () => {
    expect(codesOf('# allow patch-without-chek: typo\ncheck a { windows.build = 19045 }\n')).toEqual(['bad-allow']);
  });

  it('never silences an error', () => {
    expect(codesOf('patch A-1 fixes acme { note "w" } # allow unknown-name: it will come\n').toSorted()).toEqual([
      'bad-allow',
      'unknown-name',
    ]);
  });

  it('in a text in quotes is a text', () => {
    expect(codesOf('patch A-1 fixes windows { note "# allow patch-without-check: no" }\n')).toEqual([]);
  });
});
