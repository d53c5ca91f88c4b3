import { describe, expect, it } from 'vitest';
import { detectProducts } from '../../../server/src/evaluate/detect.ts';
import { MOST_ELEMENTS } from '../../../server/src/evaluate/listing.ts';
import { MOST_FOLDERS } from '../../../server/src/evaluate/walk-files.ts';
import { MOST_KEYS } from '../../../server/src/evaluate/walk-keys.ts';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { requestId, type Observation, type ObservationRequest } from '../../../server/src/model/observation.ts';
import { content, scan, verdictOf, windows } from '../evaluate/machine.ts';

/** What hostile content may take on a machine that is busy with other work; what has no limit takes minutes, or all memory. */
const LONGEST = 20_000;
const MOST_MEMORY = 400 * 1024 * 1024;

/** Runs something, and holds it to its time and memory. */
function bounded<T>(work: () => T): T {
  const began = performance.now();
  const before = process.memoryUsage().rss;
  const made = work();
  expect(performance.now() - began).toBeLessThan(LONGEST);
  expect(process.memoryUsage().rss - before).toBeLessThan(MOST_MEMORY);
  return made;
}

const codes = (text: string): readonly string[] =>
  bounded(() => lint(linkContent([{ file: '/a.detect', text }])).map(({ code }) => code));
const matching = (pattern: string): string =>
  `check a(text) { text matches /${pattern}/ }\nproduct p { each s in services where s.name matches /${pattern}/ one per s.name }`;
const many = (n: number, make: (i: number) => string, between = ''): string =>
  Array.from({ length: n }, (_, i) => make(i)).join(between);

describe('a regular expression that would grow without end', { timeout: 120_000 }, () => {
  it.each([
    ['repeats within repeats', '(a{1000}){1000}'],
    ['three of them', '(((a{50}){50}){50})'],
    ['repeats of nothing', '((((){1000}){1000}){1000}){1000}'],
    ['a repeat too large', 'a{1001}'],
    ['a huge alternation', many(3000, (i) => `word-${i}`, '|')],
    ['a huge class', `[${many(20_000, (i) => String.fromCharCode(0x3400 + i))}]`],
    ['thousands of groups', '(a)'.repeat(3000)],
    ['thousands of names', many(500, (i) => `(?<n${i}>a)`)],
    ['deep groups', `${'('.repeat(4000)}a${')'.repeat(4000)}`],
    [
      'a large program',
      many(900, (i) => `${String.fromCharCode(0x4e00 + i * 7)}${'[ab]?c'.repeat(2)}`, '|').replaceAll('c', 'c?'),
    ],
  ])('is refused with a diagnostic: %s', (_, pattern) => {
    const found = codes(matching(pattern));
    expect(found).toContain('bad-regex');
  });

  it.each([
    ['many empty ways', '(?:(?:a?){30}){30}z'],
    ['greedy groups', '(.*a){10}z'],
    ['stars in stars', '(((a*)*)*)*z'],
    ['any characters', '(.{30}){30}z'],
    ['fifty groups', `${'(a?)'.repeat(50)}z`],
    ['a word', 'version'],
  ])('or ends in time on a megabyte: %s', (_, pattern) => {
    for (const text of ['a'.repeat(1_000_000), many(1_000_000, (i) => String.fromCharCode(97 + ((i * 7919) % 25)))]) {
      const condition = `key "HKLM\\SOFTWARE\\A" value "V" matches /${pattern}/`;
      const verdict = bounded(() => verdictOf(condition, { keys: { 'HKLM\\SOFTWARE\\A': { V: text } } }));
      expect(['false', 'unknown']).toContain(verdict);
    }
  });

  it('is one that ordinary content never needs: what is used still is', () => {
    expect(codes(matching('^(?<name>[A-Za-z]{1,100})(?: \\d{1,4}){0,20}$'))).not.toContain('bad-regex');
    expect(codes(matching(many(300, (i) => `product number ${i}`, '|')))).not.toContain('bad-regex');
    const facts = { keys: { 'HKLM\\SOFTWARE\\A': { V: `${' '.repeat(500_000)}version 7` } } };
    expect(verdictOf('key "HKLM\\SOFTWARE\\A" value "V" matches /version \\d/', facts)).toBe('true');
  });

  it('has a pattern with wildcards beside it, which ends in time too', () => {
    const facts = { keys: { 'HKLM\\SOFTWARE\\A': { V: 'a'.repeat(500_000) } } };
    const pattern = '*a'.repeat(20_000);
    expect(bounded(() => verdictOf(`key "HKLM\\SOFTWARE\\A" value "V" like "${pattern}*b"`, facts))).toBe('unknown');
    expect(verdictOf('key "HKLM\\SOFTWARE\\A" value "V" like "*a*a"', facts)).toBe('true');
  });
});

/** A machine on which every key and folder has as many others below it. */
class Endless {
  asked = 0;
  readonly #known = new Map<string, Observation>();
  readonly #names: readonly string[];
  readonly #entries: readonly object[];

  constructor(width: number) {
    this.#names = Array.from({ length: width }, (_, i) => `n${i}`);
    this.#entries = this.#names.map((name) => ({ name, folder: true, size: '0', modified: '2024-01-01T00:00:00Z' }));
  }

  get(request: ObservationRequest): Observation | undefined {
    return this.#known.get(requestId(request));
  }

  answer(request: ObservationRequest): void {
    this.asked++;
    const made: Observation =
      request.kind === 'subkeys'
        ? { state: 'present', value: this.#names }
        : request.kind === 'entries'
          ? { state: 'present', value: this.#entries }
          : { state: 'absent' };
    this.#known.set(requestId(request), made);
  }
}

/** Asks and answers until detection is done; gives how many observations it took. */
function detectOn(machine: Endless, text: string): { readonly asked: number; readonly unknown: boolean } {
  const args = { content: content(text), target: windows(), observations: machine };
  for (let round = 0; round < 100; round++) {
    const outcome = detectProducts(args);
    if (outcome.done) {
      const instances = outcome.value.flatMap((product) => product.instances);
      return { asked: machine.asked, unknown: instances.some(({ state }) => state === 'unknown') };
    }
    for (const request of outcome.needed) machine.answer(request);
  }
  throw new Error('no end');
}

describe('wildcards that fan out', { timeout: 120_000 }, () => {
  it.each([
    ['keys', 'each k in keys "HKLM\\*\\*\\*\\*"'],
    ['values', 'each v in values "HKLM\\SOFTWARE\\*\\*\\*\\a?b"'],
    ['files', 'each f in files "C:\\*\\*\\*\\*.exe"'],
    ['folders', 'each f in folders "C:\\a*\\b*\\c*\\d*"'],
    ['a search and more', 'each f in files "C:\\**\\*\\*\\*.exe"'],
  ])('are refused with a diagnostic: four of them, in %s', (_, each) => {
    expect(codes(`product p { ${each} }`)).toContain('bad-path');
  });

  it('are refused in XML as well', () => {
    const text =
      '<patches xmlns="urn:patchlab:patches:1"><product id="p"><each name="k" in="keys" pattern="HKLM\\*\\*\\*\\*"/></product></patches>';
    expect(lint(linkContent([{ file: '/a.patches.xml', text }])).map(({ code }) => code)).toContain('bad-path');
  });

  it.each([
    ['keys', 'each k in keys "HKLM\\*\\*\\*"', MOST_KEYS],
    ['files', 'each f in files "C:\\*\\*\\*.exe"', MOST_FOLDERS],
    ['a search', 'each f in files "C:\\**\\*.exe"', MOST_FOLDERS],
  ])('read no more than their limit, and what is beyond is unknown: %s', (_, each, limit) => {
    const { asked, unknown } = bounded(() => detectOn(new Endless(200), `product p { ${each} }`));
    expect(asked).toBeLessThanOrEqual(limit + MOST_ELEMENTS);
    expect(unknown).toBe(true);
  });
});

describe('content that multiplies itself', { timeout: 120_000 }, () => {
  it('checks that use each other twice, thirty times over, end in unknown', () => {
    const checks = many(30, (i) => `check c${i} { check c${i + 1} check c${i + 1} }\n`);
    const text = `${checks}check c30 { file "C:\\a.exe" version >= 1.0 }\npatch P fixes windows { installed when check c0 }`;
    bounded(() => lint(linkContent([{ file: '/a.detect', text }])));
    const judged = bounded(() => scan(text, { files: { 'C:\\a.exe': { fileVersion: '2.0' } } }));
    expect(new Set(judged.patches.map(({ status }) => status))).toEqual(new Set(['unknown']));
  });

  it('texts that insert each other twice, forty times over, are unreadable', () => {
    const lets = many(40, (i) => `let t${i + 1} = "\${t${i}}\${t${i}}"\n`);
    const text = `product p { let t0 = "aaaaaaaa"\n${lets}installed when t40 contains "b" }`;
    const { products } = bounded(() => scan(text, {}));
    expect(products.flatMap(({ instances }) => instances.map(({ state }) => state))).toEqual(['unknown']);
  });

  it('texts in which each letter becomes a text of its own are unreadable', () => {
    const lets = many(6, (i) => `let t${i + 1} = t${i} replacing "a" with "\${t${i}}"\n`);
    const byRegex = many(6, (i) => `let r${i + 1} = r${i} replacing /a/ with "\${r${i}}"\n`);
    const start = 'a'.repeat(40);
    const text = `product p { let t0 = "${start}"\nlet r0 = "${start}"\n${lets}${byRegex}installed when any { t6 contains "b"  r6 contains "b" } }`;
    const { products } = bounded(() => scan(text, {}));
    expect(products.flatMap(({ instances }) => instances.map(({ state }) => state))).toEqual(['unknown']);
  });

  it('long texts, hundreds of them, take no more memory than a few', () => {
    const lets = many(18, (i) => `let t${i + 1} = "\${t${i}}\${t${i}}"\n`);
    const copies = many(1000, (i) => `let c${i} = "\${t17}x"\n`);
    const wants = many(1000, (i) => `c${i} contains "b"\n`);
    const text = `product p { let t0 = "aaaa"\n${lets}${copies}installed when any { ${wants} } }`;
    const { products } = bounded(() => scan(text, {}));
    expect(products.flatMap(({ instances }) => instances.map(({ state }) => state))).toEqual(['unknown']);
  });

  it('a table of forty thousand branches is looked through in time, for every element', () => {
    const rows = many(40_000, (i) => ` 1.${i}.5\n`);
    const text = `product p { each s in services where s.name matches /(?<v>\\d[\\d.]*)/  let version = v  installed when version reaches {\n${rows} otherwise false } }`;
    const services = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`s1.${i}.9`, {}]));
    const { products } = bounded(() => scan(text, { services }));
    expect(products.flatMap(({ instances }) => instances)).toHaveLength(300);
  });
});
