/** What the word under the cursor names: a declaration of the workspace, or a name bound in its declaration. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Bulletin, NamedCheck, Patch, Product } from '../model/content.ts';
import type { Declarations } from '../model/declarations.ts';
import type { Location, Span } from '../model/source.ts';
import { nameOfUri } from './uris.ts';
import { placeAt } from './completion/place.ts';
import { namesInScope, type BoundName } from './completion/scope.ts';

export type Named =
  | { readonly kind: 'declaration'; readonly declared: Product | Patch | Bulletin | NamedCheck; readonly span: Span }
  | { readonly kind: 'name'; readonly name: BoundName; readonly at: Location; readonly span: Span };

const WORD = /[A-Za-z_][\w.-]*/g;

export function namedAt(document: TextDocument, offset: number, content: Declarations): Named | undefined {
  const span = wordAt(document, offset);
  if (!span) return undefined;
  const word = document
    .getText()
    .slice(span.start, span.end)
    .replace(/[.-]+$/, '');
  const place = placeAt(document.getText(), span.start);
  // In a text only an insertion names something.
  const inserted = place.kind === 'text' && place.typed.endsWith('${');
  if (place.kind === 'silent' || (place.kind === 'text' && !inserted)) return undefined;
  const id = word.toLowerCase();
  const declared =
    content.products.get(id) ?? content.patches.get(id) ?? content.bulletins.get(id) ?? content.checks.get(id);
  if (declared && !inserted) return { kind: 'declaration', declared, span };
  const base = word.split('.')[0];
  const name = namesInScope(place, content).find((one) => one.name === word || one.name === base);
  if (name?.at === undefined) return undefined;
  return { kind: 'name', name, at: locate(document, place.base, name.at, name.name), span };
}

function locate(document: TextDocument, base: number, at: number | Location, name: string): Location {
  if (typeof at !== 'number') return at;
  return { file: nameOfUri(document.uri), start: base + at, end: base + at + name.length };
}

function wordAt(document: TextDocument, offset: number): Span | undefined {
  const position = document.positionAt(offset);
  const lineStart = document.offsetAt({ line: position.line, character: 0 });
  const line = document.getText({
    start: { line: position.line, character: 0 },
    end: { line: position.line + 1, character: 0 },
  });
  for (const match of line.matchAll(WORD)) {
    const start = lineStart + match.index;
    const end = start + match[0].length;
    if (start <= offset && offset <= end) return { start, end };
  }
  return undefined;
}
