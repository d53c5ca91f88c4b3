import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Named } from '../../../server/src/lsp/closed/named.ts';
import { Summary } from '../../../server/src/lsp/closed/summary.ts';
import { Names, namesOfIndex } from '../../../server/src/lsp/names.ts';
import { ContentIndex } from '../../../server/src/model/content-index.ts';
import { lowerFile, type LoweredFile } from '../../../server/src/model/lower/file.ts';

const TEXTS = [
  'product a { let home = "x"  let version = file "${home}\\a" version }',
  'product b { each k in keys "HKLM\\*" where k.name matches /(?<home>\\d+)/ }',
  'patch P-1 fixes a { installed when home = "1" }',
  'patch P-2 fixes a, b { supersedes P-1  installed when home = "1" and version > 1.0 }',
  'bulletin B { let home = "y"  patch P-1 fixes a { installed when home = "2" }  patch P-3 fixes b }',
  'check c(home) { any home2 in files "${home}\\*" { home2.version > 1.0 } }',
  'product a { installed when any k in keys "HKLM\\*" { k.name = "1" } and any k in files "%windir%\\*" { k.size > 1 } }',
  'patch broken fixes a { installed when home = ',
  '',
];
const FILES = ['1.detect', '2.detect', '3.detect', '4.detect'];

/** All things, each as the sorted places of its name. */
function things(names: Names, files: readonly LoweredFile[]): readonly string[] {
  return files.flatMap(({ file }) =>
    names.inFile(file).map((place) => {
      const { definitions, uses } = names.thingOf(place);
      const places = [...definitions, ...uses].map(({ at }) => `${at.file}:${at.start}`).sort();
      return `${file}:${place.at.start} ${place.name}: ${places.join(' ')}`;
    }),
  );
}

describe('names that are kept up to date', () => {
  it('are after any edits those of a fresh start', () => {
    const edit = fc.record({
      file: fc.constantFrom(...FILES),
      text: fc.option(fc.array(fc.constantFrom(...TEXTS), { maxLength: 3 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
        const index = new ContentIndex({
          learn: (file, fingerprint) => {
            const lowered = files.get(file);
            const summary = lowered && Summary.of(lowered);
            return summary?.fingerprint === fingerprint ? summary : undefined;
          },
        });
        const names = namesOfIndex(index);
        const files = new Map<string, LoweredFile>();
        for (const { file, text } of edits) {
          if (text) {
            const lowered = lowerFile(file, text.join('\n'));
            files.set(file, lowered);
            if (text.length === 2) index.set(file, lowered.text);
            else index.setClosed(file, text.length === 3 ? new Named(file, lowered.text) : Summary.of(lowered));
          } else {
            files.delete(file);
            index.delete(file);
          }
          index.update();
        }
        const all = [...files.values()];
        expect(things(names, all)).toEqual(things(Names.of(all), all));
      }),
      { numRuns: 300 },
    );
  });

  it('are the same from whichever of their places one comes', () => {
    const content = fc.array(fc.constantFrom(...TEXTS.slice(0, 4), ...TEXTS.slice(5, 7)), { maxLength: 4 });
    fc.assert(
      fc.property(content, (texts) => {
        // Each text once: what stands twice is reported, and which of the two is meant is not known.
        const files = [...new Set(texts)].map((text, index) => lowerFile(`${index}.detect`, text));
        const ids = files.flatMap((file) => [...file.products, ...file.patches].map(({ context }) => context.owner));
        fc.pre(new Set(ids).size === ids.length);
        const names = Names.of(files);
        const key = ({ at }: { at: { file: string; start: number } }): string => `${at.file}:${at.start}`;
        for (const { file } of files) {
          for (const place of names.inFile(file)) {
            const { definitions, uses } = names.thingOf(place);
            const all = [...definitions, ...uses];
            expect(all.map(key)).toContain(key(place));
            for (const other of all) {
              const back = names.thingOf(other);
              expect([...back.definitions, ...back.uses].map(key).sort()).toEqual(all.map(key).sort());
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
