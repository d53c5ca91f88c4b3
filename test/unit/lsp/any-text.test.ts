import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { extractCheck } from '../../../server/src/lsp/code-actions/extract-check.ts';
import { allFixes, fixOf } from '../../../server/src/lsp/code-actions/fixes.ts';
import { suppression } from '../../../server/src/lsp/code-actions/suppression.ts';
import { complete } from '../../../server/src/lsp/completion/completion.ts';
import { foldsOf } from '../../../server/src/lsp/folding.ts';
import { hintsIn } from '../../../server/src/lsp/inlay-hints.ts';
import { linksOf } from '../../../server/src/lsp/links.ts';
import { Names } from '../../../server/src/lsp/names.ts';
import { tokensOf, treeOf } from '../../../server/src/lsp/parsed.ts';
import { whyNot } from '../../../server/src/lsp/rename.ts';
import { selectionAt } from '../../../server/src/lsp/selection.ts';
import { classify } from '../../../server/src/lsp/semantic/classify.ts';
import { signatureAt } from '../../../server/src/lsp/signature.ts';
import { symbolsOf } from '../../../server/src/lsp/symbols.ts';
import { namedAt } from '../../../server/src/lsp/target.ts';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { lowerFile } from '../../../server/src/model/lower/file.ts';
import { formatEdits } from '../../../server/src/syntax/printer.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../../samples');
const TEXTS = readdirSync(SAMPLES)
  .filter((name) => name.endsWith('.detect'))
  .map((name) => readFileSync(path.join(SAMPLES, name), 'utf8'));
const PIECES = [
  '{',
  '}',
  '(',
  ')',
  '"',
  '/',
  '#',
  '${',
  '%',
  '.',
  ',',
  'all',
  'any',
  'each x in',
  '\n',
  '\r\n',
  'patch P',
  '\u{1f600}',
  '\0',
  '1.2',
  'KB1234567',
];

/** A sample of which a part is left out and into which something is put. */
const mutated = fc
  .record({
    text: fc.constantFrom(...TEXTS),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.double({ min: 0, max: 1, noNaN: true }),
    put: fc.array(fc.constantFrom(...PIECES), { maxLength: 3 }),
    cut: fc.boolean(),
  })
  .map(({ text, from, length, put, cut }) => {
    const start = Math.floor(from * text.length);
    const end = cut ? text.length : start + Math.floor(length ** 4 * (text.length - start));
    return text.slice(0, start) + put.join(' ') + text.slice(end);
  });
const anything = fc.oneof(
  { weight: 5, arbitrary: mutated },
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES)).map((all) => all.join(' ')),
);

describe('whatever a text is', () => {
  it('every request about it has an answer, whose places lie in the text', () => {
    fc.assert(
      fc.property(anything, fc.double({ min: 0, max: 1, noNaN: true }), (text, part) => {
        const document = TextDocument.create('file:///any.detect', 'detect', 1, text);
        const linked = linkContent([{ file: '/any.detect', text }]);
        const findings = lint(linked);
        const offset = Math.floor(part * text.length);
        const whole = { start: 0, end: text.length };

        const pieces = classify(treeOf(document), tokensOf(document));
        for (const [index, piece] of pieces.entries()) {
          expect(piece.start).toBeGreaterThanOrEqual(pieces[index - 1]?.end ?? 0);
          expect(piece.end).toBeGreaterThan(piece.start);
        }
        expect(pieces.at(-1)?.end ?? 0).toBeLessThanOrEqual(text.length);
        for (const { startLine, endLine } of foldsOf(document)) expect(endLine).toBeGreaterThan(startLine);
        for (let one = selectionAt(document, offset); one.parent; one = one.parent) {
          expect(document.offsetAt(one.parent.range.start)).toBeLessThanOrEqual(document.offsetAt(one.range.start));
          expect(document.offsetAt(one.parent.range.end)).toBeGreaterThanOrEqual(document.offsetAt(one.range.end));
        }
        for (const { target } of linksOf(document)) expect(target).toMatch(/^(https?:|file:\/\/\/)/);
        hintsIn(document, whole, { content: linked.content, edges: linked.content.supersedence });
        symbolsOf(document);
        signatureAt(document, offset, linked.content);
        complete(document, { offset, content: linked.content });
        namedAt(document, offset, linked.content);
        const names = Names.of([lowerFile('/any.detect', text)]);
        const thing = names.thingAt('/any.detect', offset);
        if (thing) whyNot(names, thing, 'other');
        for (const place of names.inFile('/any.detect')) names.thingOf(place);
        extractCheck(document, { start: offset, end: text.length }, names);
        allFixes(text, findings);
        for (const finding of findings) {
          fixOf(text, finding);
          suppression(document, finding);
        }
        formatEdits(text);
      }),
      { numRuns: 1500 },
    );
  }, 120_000);
});
