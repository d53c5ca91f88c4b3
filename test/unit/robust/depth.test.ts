import { describe, expect, it } from 'vitest';
import { everything } from './everything.ts';

/** So deep that any recursion without a limit ends in an overflow. */
const N = 100_000;
/** Enough to tell what grows faster than its text. */
const MANY = 20_000;
const check = (condition: string): string => `check a { ${condition}`;
const nested = (open: string, close: string, n = N): string => open.repeat(n) + close.repeat(n);

/** Texts that nest or repeat one thing without end; none is larger than a file may be. */
const TEXTS: Readonly<Record<string, string>> = {
  'opened blocks': check('all { '.repeat(N)),
  'opened and closed blocks': `${check(nested('all { ', '}'))} }`,
  'blocks on lines of their own': `${check(nested('any {\n', '}\n'))}}`,
  'a chain of not': check(`${'not '.repeat(N)}windows.bits = 64 }`),
  parentheses: `${check(nested('(', ')'))} }`,
  'open braces alone': '{'.repeat(N),
  'closing braces alone': '}'.repeat(N),
  quantifiers: check('any x in services where { '.repeat(30_000)),
  'elses of a value': `product p { let a = ${'windows.build else '.repeat(40_000)}1 }`,
  'steps of a value': `product p { let a = windows.build${' as version'.repeat(80_000)} }`,
  'openings of an insertion': `product p { let a = "${'${'.repeat(N)}" }`,
  insertions: `product p { let a = "${'${a}'.repeat(N)}" }`,
  bulletins: 'bulletin b { '.repeat(MANY),
  'patches in patches': `bulletin b { ${'patch p fixes windows { '.repeat(MANY)}`,
  quotes: '"'.repeat(MANY),
  slashes: '/'.repeat(MANY),
  'classes of a regular expression': '/['.repeat(MANY),
  'a regular expression without its end': check(`x matches /${'[a'.repeat(MANY)}`),
  'controls that mean nothing': '\u0001'.repeat(MANY),
  'comments with an allowance': '# allow x: \n'.repeat(10_000),
  words: 'a '.repeat(MANY),
  'conditions joined by and': check(`${'file "C:\\a" exists and '.repeat(MANY)}windows.bits = 64 }`),
  'branches of a table': check(
    `windows.version reaches {${Array.from({ length: MANY }, (_, i) => ` 1.${i}.1\n`).join('')}} q }`,
  ),
  'products of a patch': `patch p fixes ${'windows, '.repeat(MANY)}windows { }`,
  'beginnings of a declaration': 'product '.repeat(MANY),
  digits: '1'.repeat(N),
};
const XML: Readonly<Record<string, string>> = {
  'opened elements': `<patches>${'<a>'.repeat(N)}`,
  'conditions in each other': `<patches><check id="a">${nested('<all>', '</all>', 60_000)}</check></patches>`,
  roots: '<patches/>'.repeat(N),
  'end tags': '</patches>'.repeat(N),
  'attributes of one name': `<patches ${'a="1" '.repeat(N)}/>`,
  'attributes of many names': `<patches ${Array.from({ length: 30_000 }, (_, i) => `a${i}="1" `).join('')}/>`,
  ampersands: `<patches>${'&'.repeat(N)}</patches>`,
  'document types': '<!DOCTYPE '.repeat(N),
  comments: '<!--'.repeat(N),
  'sections of characters': '<![CDATA['.repeat(N),
};

/** A slow machine at its busiest may take so long for one such text; what grows faster than its text takes minutes. */
const LONGEST = 20_000;

describe('however often a text repeats itself', { timeout: 120_000 }, () => {
  it.each(Object.entries(TEXTS))('%s', (_, text) => {
    const began = performance.now();
    const findings = everything('/a.detect', text);
    expect(performance.now() - began).toBeLessThan(LONGEST);
    expect(findings.length).toBeGreaterThan(0);
  });

  it.each(Object.entries(XML))('%s, in XML', (_, text) => {
    const began = performance.now();
    const findings = everything('/a.patches.xml', text);
    expect(performance.now() - began).toBeLessThan(LONGEST);
    expect(findings.some(({ code }) => code.startsWith('xml-'))).toBe(true);
    expect(findings.length).toBeLessThanOrEqual(1200);
  });
});
