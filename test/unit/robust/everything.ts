/** Everything that is made of one text, as the command line and the editor make it. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { complete } from '../../../server/src/lsp/completion/completion.ts';
import { foldsOf } from '../../../server/src/lsp/folding.ts';
import { hintsIn } from '../../../server/src/lsp/inlay-hints.ts';
import { tokensOf, treeOf } from '../../../server/src/lsp/parsed.ts';
import { selectionAt } from '../../../server/src/lsp/selection.ts';
import { classify } from '../../../server/src/lsp/semantic/classify.ts';
import { symbolsOf } from '../../../server/src/lsp/symbols.ts';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import type { Finding } from '../../../server/src/model/source.ts';
import { format } from '../../../server/src/syntax/printer.ts';

/** Looks at a text in every way; gives what is found in it. */
export function everything(file: string, text: string): readonly Finding[] {
  const linked = linkContent([{ file, text }]);
  const findings = lint(linked);
  if (file.endsWith('.xml')) return findings;
  const document = TextDocument.create(`file://${file}`, 'detect', 1, text);
  const middle = Math.floor(text.length / 2);
  format(text);
  classify(treeOf(document), tokensOf(document));
  foldsOf(document);
  selectionAt(document, middle);
  symbolsOf(document);
  complete(document, { offset: middle, content: linked.content });
  complete(document, { offset: text.length, content: linked.content });
  const { content } = linked;
  hintsIn(document, { start: 0, end: text.length }, { content, edges: content.supersedence });
  return findings;
}
