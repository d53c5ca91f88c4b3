import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvField, escapeHtml, inert } from '../../../../server/src/results/report/inert.ts';

describe('foreign text', () => {
  it('shows what could act as its code', () => {
    expect(inert('a\u001b[2Jb\u202ec\r\nd')).toBe('a\\u001b[2Jb\\u202ec\\u000d\\u000ad');
    expect(inert('Größe 10 € 日本')).toBe('Größe 10 € 日本');
  });

  it('never keeps a control character on a terminal', () => {
    const isSafe = (text: string) => !/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(inert(text));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), isSafe));
  });

  it('cannot leave the text or the quoted attribute that it stands in', () => {
    const isSafe = (text: string) => !/[<>"'`]|&(?!#\d+;)/.test(escapeHtml(text));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), isSafe));
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '|calc', '  =1', '\t=1', '%0'])('is no formula in CSV: %s', (text) => {
    expect(csvField(text)).toMatch(/^"('|\\u)/);
  });

  it('is one quoted field in CSV, whatever it holds', () => {
    expect(csvField('a "b", c\r\nd')).toBe('"a ""b"", c\\u000d\\u000ad"');
  });
});
