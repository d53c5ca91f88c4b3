import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { scanXml } from '../../../server/src/patchxml/scan.ts';
import { asXml } from './as-xml.ts';
import { EVERYTHING } from './everything.ts';
import { mutations } from './mutations.ts';

const XML = asXml(EVERYTHING);

/** Links and lints a text; every finding must stand in it. */
function all(text: string): void {
  const { findings, symbols } = linkContent([{ file: 'a.patches.xml', text }]);
  const places = [...findings, ...symbols.definitions, ...symbols.references].map(({ at }) => at);
  for (const { start, end } of places) {
    if (!(start >= 0 && start <= end && end <= text.length))
      throw new Error(`${start} to ${end} of ${text.length}: ${text}`);
  }
}

// Thousands of cases take their time where other work goes on beside them.
describe('reading patch definitions', { timeout: 180_000 }, () => {
  it('never throws on a prefix', () => {
    for (let end = 0; end < XML.length; end += 9) all(XML.slice(0, end));
  });

  it('never throws on a mutation, and reports what is not well-formed', () => {
    for (const text of mutations(XML, 1000, 2)) {
      all(text);
      if (scanXml(text).findings.length === 0) continue;
      expect(linkContent([{ file: 'a.patches.xml', text }]).findings.some(({ code }) => code.startsWith('xml-'))).toBe(
        true,
      );
    }
  });

  it('never throws in lint on a mutation of a small file', () => {
    const small =
      '<patches>\n<check id="a"><key path="HKEY_LOCAL_MACHINE\\SOFTWARE\\Wow6432Node\\A &amp; B" value="&lt;" not-equals="1 &gt;"/></check>\n<!-- allow wow6432node: a reason -->\n</patches>';
    for (const text of mutations(small, 4000, 3)) lint(linkContent([{ file: 'a.patches.xml', text }]));
  });

  it('never throws on any text', () => {
    const markup = fc.constantFrom(
      '<',
      '>',
      '/',
      '"',
      "'",
      '&',
      '=',
      ' ',
      '!',
      '-',
      '[',
      ']',
      '?',
      'a',
      'patches',
      'patch',
      'id',
      '\n',
      ';',
    );
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), all), { numRuns: 1000 });
    fc.assert(fc.property(fc.string({ unit: markup, maxLength: 80 }), all), { numRuns: 4000 });
  });
});
