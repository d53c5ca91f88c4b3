import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { WorkspaceAnalysis } from '../../../server/src/lsp/analysis.ts';
import { beginning, DECLARATIONS, edit, edited } from '../model/lower/random-edits.ts';

const FILES = ['a.detect', 'b.detect'];
const today = new Date().toISOString().slice(0, 10);

/** What somebody finds who has just read the files. */
const afresh = (texts: readonly string[]): unknown =>
  lint(linkContent(texts.map((text, index) => ({ file: FILES[index] ?? '', text }))), { today });

describe('lint of a file that is worked on', () => {
  it('finds after each of any edits what somebody finds who has just read the files', () => {
    const step = fc.record({ file: fc.nat(1), edit });
    fc.assert(
      fc.property(fc.tuple(beginning, beginning), fc.array(step, { maxLength: 6 }), (begin, steps) => {
        const texts = [...begin];
        const analysis = new WorkspaceAnalysis();
        texts.forEach((text, index) => analysis.set(FILES[index] ?? '', text));
        expect(analysis.findings()).toEqual(afresh(texts));
        for (const { file, edit: one } of steps) {
          texts[file] = edited(texts[file] ?? '', one);
          analysis.set(FILES[file] ?? '', texts[file]);
          expect(analysis.findings()).toEqual(afresh(texts));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('leaves the places of what it told before as they were', () => {
    const analysis = new WorkspaceAnalysis();
    const text = DECLARATIONS.join('\n');
    analysis.set('a.detect', text);
    const before = analysis.findingsOf('a.detect');
    const copy = structuredClone(before);
    analysis.set('a.detect', `# one more line\n\n${text}`);
    expect(analysis.findingsOf('a.detect').map(({ at }) => at.start)).toEqual(copy.map(({ at }) => at.start + 17));
    expect(before).toEqual(copy);
  });
});
