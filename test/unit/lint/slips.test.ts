/**
 * Whoever mistypes one letter of a word that Patchlab knows is told which word was meant, and its quick fix brings back what
 * was there. The words are all of those in the examples of the language reference, which use each word there is.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixOf } from '../../../server/src/lsp/code-actions/fixes.ts';
import { linkContent, linkFiles } from '../../../server/src/model/link.ts';
import { lowerFile } from '../../../server/src/model/lower/file.ts';
import type { Finding } from '../../../server/src/model/source.ts';
import { lexer } from '../../../server/src/syntax/tokens.ts';
import { asXml } from '../patchxml/as-xml.ts';
import { slipOf } from './slips.ts';

const reference = readFileSync(path.join(import.meta.dirname, '../../../docs/language.md'), 'utf8');
const examples = [
  ...reference.slice(reference.indexOf('## Every word by example')).matchAll(/```detect\n([\s\S]*?)```/g),
  // What is written in tests stands nowhere else; they are about the first example.
  ...reference.matchAll(/```detect\n((?:test|product acme\.editor) [\s\S]*?)```/g),
].map(([, text = '']) => text);

interface Slip {
  readonly before: string;
  readonly after: string;
  /** Any of these is what was meant: `app.name`, or of it `name`. */
  readonly words: readonly string[];
  readonly found: readonly Finding[];
}

/** What is wrong with a slip: it is not told of, or its quick fix does not mend it. */
function wrongWith({ before, after, words, found }: Slip): string | undefined {
  const told = found.filter(({ message }) => words.some((word) => message.includes(`Did you mean \`${word}\``)));
  if (told.length === 0) return `not told: ${found.map(({ message }) => message).join(' / ')}`;
  const fixed = told.map((finding) => {
    const fix = fixOf(after, finding);
    if (fix === undefined) return 'no fix';
    const changes = [fix, ...(fix.also ?? [])].toSorted((a, b) => b.at.start - a.at.start);
    return changes.reduce((text, { at, text: put }) => text.slice(0, at.start) + put + text.slice(at.end), after);
  });
  return fixed.includes(before) ? undefined : `not mended: ${told.map(({ message }) => message).join(' / ')}`;
}

/** Names are the author's own; letters of one length are no slip of anything. */
const isOwn = (image: string, before: string | undefined): boolean =>
  image.length < 2 ||
  // What a bulletin binds is told of where it is bound.
  image === 'limit' ||
  /^(?:KB|EX-|EX26)/.test(image) ||
  // What is declared or bound here: a slip in it makes the others wrong.
  ['product', 'patch', 'check', 'bulletin', 'let', 'each', 'class', 'reboot', '('].includes(before ?? '');

/** The last letters of a name that are some: of two Windows that differ by a digit each may be meant. */
function lettersOf(image: string): { readonly letters: string; readonly from: number } {
  const found = [...image.matchAll(/[A-Za-z]{2,}/g)].at(-1);
  return { letters: found?.[0] ?? image, from: found?.index ?? 0 };
}

/** What stands behind `expect` in a line. */
const isExpected = (text: string, offset: number): boolean =>
  /^\s*expect\s/.test(text.slice(text.lastIndexOf('\n', offset) + 1, offset));

/** On keys and programs a member that is no known word is the value of that name. */
const ofKeys = (image: string): boolean => /^(?:k|setup)\.|^app\./.test(image);

describe('a slip of one letter', () => {
  it('is told of and mended, in every word of scripts', () => {
    const lowered = examples.map((text, index) => lowerFile(`${index}.detect`, text));
    const seen = new Set<string>();
    const wrong: string[] = [];
    for (const [index, text] of examples.entries()) {
      const file = `${index}.detect`;
      const others = lowered.filter((one) => one.file !== file);
      const { tokens } = lexer.tokenize(text);
      for (const [at, { image, startOffset, tokenType }] of tokens.entries()) {
        const before = tokens[at - 1];
        if (!/^Word$|Keyword$/.test(tokenType.name) || isOwn(image, before?.image) || ofKeys(image)) continue;
        if (isExpected(text, startOffset)) continue;
        const key = `${image} after ${before?.tokenType.name}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const { letters, from } = lettersOf(image);
        const slip = slipOf(letters, seen.size);
        const start = startOffset + from;
        const after = text.slice(0, start) + slip + text.slice(start + letters.length);
        const found = linkFiles([...others, lowerFile(file, after)]).findings.filter((one) => one.at.file === file);
        const problem = wrongWith({ before: text, after, words: [image, image.split('.').at(-1) ?? ''], found });
        if (problem !== undefined) wrong.push(`${slip} for ${key}: ${problem}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(seen.size).toBeGreaterThan(250);
  });

  it('is told of and mended, in every element, attribute and word of patch definitions', () => {
    const text = asXml(examples.join('\n'));
    const parts =
      /<(?<tag>[a-z-]+)|\s(?<of>property|is|is-not|in|view|to|severity|arch|values|exists|if-present|otherwise|ref|newer)="(?<value>[\w.-]+)"|\s(?<attribute>[a-z-]+)="/g;
    const seen = new Set<string>();
    const wrong: string[] = [];
    for (const { index, groups = {}, 0: all } of text.slice(text.indexOf('<patches')).matchAll(parts)) {
      for (const kind of ['tag', 'attribute', 'of', 'value']) {
        const word = groups[kind];
        if (word === undefined || word === 'id' || /^(?:\d+|KB\d+|EX.*)$/.test(word)) continue;
        const key = `${kind === 'of' ? 'attribute' : kind} ${word} ${kind === 'value' ? groups['of'] : ''}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const at = text.indexOf('<patches') + index + (kind === 'value' ? all.lastIndexOf(word) : all.indexOf(word));
        const slip = slipOf(word, seen.size);
        const after = text.slice(0, at) + slip + text.slice(at + word.length);
        const found = linkContent([{ file: 'a.patches.xml', text: after }]).findings;
        const problem = wrongWith({ before: text, after, words: [word], found });
        if (problem !== undefined) wrong.push(`${slip} for ${key}: ${problem}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(seen.size).toBeGreaterThan(120);
  });

  it.each([
    ['key "HKLX\\SOFTWARE\\A" exists', 'HKLM'],
    ['key "HKEY_LOCAL_MACHIN\\SOFTWARE\\A" exists', 'HKEY_LOCAL_MACHINE'],
    ['key "HKLM\\A" view bth value "x" exists', 'both'],
    ['msi upgrade-cod {23170F69-40C1-2702-2407-000001000000} is installed', 'upgrade-code'],
    ['msi {23170F69-40C1-2702-2407-000001000000} is instaled', 'installed'],
    ['product a is instlled', 'installed'],
    ['windws.build > 1', 'windows'],
    ['any s in services where s.state is runing { s.name exists }', 'running'],
    ['any k in keys "HKLM\\A\\*" { k.user is absnt }', 'absent'],
    ['file "C:\\a" version starts-with "1"', 'starts with'],
  ])('is told of in `%s`: %s', (condition, word) => {
    const [start, end] = ['product a { let version = 1.0 }\ncheck c { ', ' }\n'];
    const text = `${start}${condition}${end}`;
    const { findings } = linkContent([{ file: 'a.detect', text }]);
    const told = findings.filter(({ message }) => message.includes(`Did you mean \`${word}\``));
    expect(told, JSON.stringify(findings)).not.toEqual([]);
    const fix = told.map((one) => fixOf(text, one)).find((one) => one !== undefined);
    const mended = text.slice(0, fix?.at.start) + (fix?.text ?? '') + text.slice(fix?.at.end);
    expect(linkContent([{ file: 'a.detect', text: mended }]).findings).toEqual([]);
  });

  it('is told of in patches', () => {
    const patch = (body: string): string => `patch A-1 fixes windows { released 2026-01-01 note "n" ${body} }\n`;
    const told = (text: string): string =>
      linkContent([{ file: 'a.detect', text }])
        .findings.map(({ message }) => message)
        .join('\n');
    expect(told(patch('supercedes A-1'))).toContain('Did you mean `supersedes`');
    expect(told(patch('supersedes everythin before 2020-01-01'))).toContain('Did you mean `everything`');
    expect(told(patch('arch x46'))).toContain('Did you mean `x64`');
    expect(told(patch('severity critcal'))).toContain('Did you mean `critical`');
  });

  it('is looked for in so many words of a text and no more', () => {
    const body = 'veiw 32 instaled whn x\n'.repeat(20_000);
    const started = performance.now();
    linkContent([{ file: 'a.detect', text: `product a {\n${body}}\n` }]);
    linkContent([{ file: 'a.detect', text: `product a {\n${'veiw 32\n'.repeat(3000)}}\n` }]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
