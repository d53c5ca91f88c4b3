/** What must be true of any text, in each of the three kinds of file. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fromCatalogue2001, isCatalogue } from '../../../server/src/convert/catalogue-2001/index.ts';
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
import type { Finding, Span } from '../../../server/src/model/source.ts';
import { disagreement } from '../../../server/src/patchxml/agree.ts';
import { scanXml } from '../../../server/src/patchxml/scan.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { format, formatEdits } from '../../../server/src/syntax/printer.ts';
import { lexer } from '../../../server/src/syntax/tokens.ts';

/** Fails with a sentence. Thousands of cases have no time for more. */
function must(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence);
}

const within = ({ start, end }: Span, text: string): boolean => start >= 0 && start <= end && end <= text.length;

/** Findings stand in the text, and there are not more of them, nor longer ones, than the text has room for. */
function boundedFindings(findings: readonly Finding[], text: string): void {
  for (const { at, code } of findings) must(within(at, text), `${code} stands at ${at.start} to ${at.end}`);
  must(findings.length <= 20 + 2 * text.length, `there are ${findings.length} findings`);
  const told = findings.reduce((sum, { message }) => sum + message.length, 0);
  must(told <= findings.length * (600 + Math.min(text.length, 4000)), `they say ${told} characters`);
}

/** Everything but where things stand. */
const meaning = (text: string): string =>
  JSON.stringify(parse(text).file.declarations, (key, value: unknown) =>
    ['start', 'end', 'startOffset', 'tokenType'].includes(key) ? undefined : value,
  );

/** Blanks at the end of a comment go. */
const words = (text: string): string => {
  const { tokens, groups } = lexer.tokenize(text);
  const comments = (groups.comments ?? []).map(({ image }) => image.trimEnd());
  return [...tokens.map(({ image }) => image), ...comments].join('\n');
};

/** Lexer, parser, printer, linker, lint and whatever the editor asks of a script. */
export function script(text: string, part: number): void {
  const { file, errors } = parse(text);
  for (const one of [...errors, ...file.declarations]) must(within(one, text), `a node at ${one.start} to ${one.end}`);
  printed(text, errors.length);
  const linked = linkContent([{ file: '/any.detect', text }]);
  const findings = lint(linked);
  for (const { at } of [...linked.symbols.definitions, ...linked.symbols.references]) must(within(at, text), 'a name');
  must(errors.length === 0 || findings.length > 0, 'what is wrong is said');
  boundedFindings(findings, text);
  edited({ text, findings, linked, offset: Math.floor(part * text.length) });
}

/** The printer moves words and never changes one, nor what they mean, and has nothing to do a second time. */
function printed(text: string, errors: number): void {
  const once = format(text);
  must(once.length <= 3 * text.length + 210 * (1 + text.length), 'what is printed is not much longer');
  if (once === text) return;
  must(words(once) === words(text), 'every word is printed');
  must(format(once) === once, 'nothing changes the second time');
  must(parse(once).errors.length === errors, 'as many errors as before');
  if (errors === 0) must(meaning(once) === meaning(text), 'it means the same');
}

function edited(of: {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly linked: ReturnType<typeof linkContent>;
  readonly offset: number;
}): void {
  const { text, findings, offset } = of;
  const { content } = of.linked;
  const document = TextDocument.create('file:///any.detect', 'detect', 1, text);
  let end = 0;
  for (const piece of classify(treeOf(document), tokensOf(document))) {
    must(piece.start >= end && piece.end > piece.start && piece.end <= text.length, 'colours follow each other');
    end = piece.end;
  }
  for (const { startLine, endLine } of foldsOf(document)) must(endLine > startLine, 'a fold has lines');
  for (let one = selectionAt(document, offset); one.parent; one = one.parent) {
    const [inner, outer] = [one.range, one.parent.range];
    must(document.offsetAt(outer.start) <= document.offsetAt(inner.start), 'selections grow');
    must(document.offsetAt(outer.end) >= document.offsetAt(inner.end), 'selections grow');
  }
  for (const { target } of linksOf(document))
    must(/^(https?:|file:\/\/\/)/.test(target ?? ''), 'a link leads nowhere else');
  hintsIn(document, { start: 0, end: text.length }, { content, edges: content.supersedence });
  symbolsOf(document);
  signatureAt(document, offset, content);
  must(complete(document, { offset, content }).length <= 2000, 'no end of completions');
  namedAt(document, offset, content);
  const names = Names.of([lowerFile('/any.detect', text)]);
  const thing = names.thingAt('/any.detect', offset);
  if (thing) whyNot(names, thing, 'other');
  for (const place of names.inFile('/any.detect')) names.thingOf(place);
  extractCheck(document, { start: offset, end: text.length }, names);
  allFixes(text, findings);
  for (const finding of findings.slice(0, 20)) {
    fixOf(text, finding);
    suppression(document, finding);
  }
  formatEdits(text);
}

/** Scan, both readers, validation, linker and lint of patch definitions. */
export function xml(text: string): void {
  const { root, findings: wrong } = scanXml(text);
  for (const one of wrong) must(within(one, text), `${one.code} stands at ${one.start} to ${one.end}`);
  if (root !== undefined && wrong.length === 0) {
    const differs = disagreement(text, root);
    must(differs === undefined || within(differs, text), 'where the readers differ');
  }
  const linked = linkContent([{ file: '/any.patches.xml', text }]);
  for (const { at } of [...linked.symbols.definitions, ...linked.symbols.references]) must(within(at, text), 'a name');
  boundedFindings(lint(linked), text);
  must(wrong.length === 0 || linked.findings.some(({ code }) => code.startsWith('xml-')), 'what is wrong is said');
}

/** The reader of the catalogue of 2001; what it writes is well-formed. */
export function catalogue(text: string): void {
  isCatalogue(text);
  const { text: converted, findings } = fromCatalogue2001('/any.xml', text);
  boundedFindings(findings, text);
  must(converted.length <= 2000 + 40 * text.length, 'what is converted is not much longer');
  must(scanXml(converted).findings.length === 0, 'what is converted is well-formed');
}
