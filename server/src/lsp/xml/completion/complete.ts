/** Completion in XML: what the schema allows at the cursor, with the names and values of both kinds of file. */
import { CompletionItemKind, InsertTextFormat, type CompletionItem, type Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Declarations } from '../../../model/declarations.ts';
import { escaped } from '../../../patchxml/write/element.ts';
import type { ValueKind } from '../../completion/used-values.ts';
import type { Word } from '../../completion/words.ts';
import type { Names } from '../../names.ts';
import { nameOfUri } from '../../uris.ts';
import { attributesOn } from './attributes.ts';
import { elementsIn, snippetOf } from './elements.ts';
import { xmlPlaceAt, type XmlPlace } from './place.ts';
import type { XmlItemData } from './resolve.ts';
import { namesInXml } from './scope.ts';
import { FILE_SNIPPET, XML_SNIPPETS, type XmlSnippet } from './snippets.ts';
import { valuesAt } from './values.ts';

/** What completion in XML is given. */
export interface XmlCompletion {
  readonly offset: number;
  readonly content: Declarations;
  readonly names: Names;
  readonly used: (kind: ValueKind, typed: string) => readonly string[];
  /** The character that asked, where one did. */
  readonly trigger: string | undefined;
  /** The editor can take placeholders. */
  readonly withSnippets: boolean;
  readonly kinds: Readonly<Record<Word['kind'], CompletionItemKind>>;
}

/** Characters that ask in XML, and where they mean something. */
const TRIGGERS: Readonly<Record<string, readonly XmlPlace['kind'][]>> = {
  '<': ['content'],
  '/': ['content'],
  ' ': ['attribute'],
  '"': ['value'],
};

/** What may be typed at an offset. Never throws, whatever the text. */
export function completeXml(document: TextDocument, context: XmlCompletion): CompletionItem[] {
  const place = xmlPlaceAt(document, context.offset);
  if (place.kind === 'silent') return [];
  const { trigger } = context;
  const only = trigger === undefined ? undefined : (TRIGGERS[trigger] ?? ['value']);
  if (only && !only.includes(place.kind)) return [];
  switch (place.kind) {
    case 'content':
      return trigger === '/' && place.typed !== '</' ? [] : inContent(document, place, context);
    case 'attribute':
      return inTag(document, place, context);
    case 'value':
      return inValue(document, place, context);
  }
}

const rangeIn = (document: TextDocument, start: number, end: number): Range => ({
  start: document.positionAt(start),
  end: document.positionAt(end),
});

// ---------- elements

type ContentPlace = Extract<XmlPlace, { kind: 'content' }>;

function inContent(document: TextDocument, place: ContentPlace, context: XmlCompletion): CompletionItem[] {
  const { around, typed, start } = place;
  const range = rangeIn(document, start, context.offset);
  const text = document.getText();
  const closing = closingTag(place, text.slice(context.offset, context.offset + 1));
  const items = closing
    ? [item(closing.label, '4', { range, newText: closing.text, kind: CompletionItemKind.Keyword })]
    : [];
  if (typed.startsWith('</')) return items;
  // Where the rest of the tag is there already, only its name is wanted.
  const isRenaming =
    typed.startsWith('<') &&
    /^[\w:.-]*(?:\s+[\w:.-]+\s*=|\s*\/?>)/.test(text.slice(context.offset, context.offset + 200));
  for (const [index, offer] of elementsIn(around).entries()) {
    const { name, type, needed } = offer;
    const isPlain = isRenaming || !context.withSnippets;
    const group = `${needed ? 1 : 2}${String(index).padStart(2, '0')}`;
    items.push({
      ...item(type.tag, group, {
        range,
        newText: `<${isPlain ? type.tag : snippetOf(offer)}`,
        kind: CompletionItemKind.Struct,
      }),
      detail: type.summary,
      ...(isPlain ? {} : { insertTextFormat: InsertTextFormat.Snippet }),
      data: { xml: name } satisfies XmlItemData,
    });
  }
  if (isRenaming || !context.withSnippets) return items;
  return [...items, ...snippetsIn(place, text, range)];
}

function closingTag({ around, typed }: ContentPlace, next: string): { label: string; text: string } | undefined {
  const name = around.at(-1)?.element.name;
  if (name === undefined) return undefined;
  return { label: `/${name}`, text: `</${name}${typed.startsWith('</') && next === '>' ? '' : '>'}` };
}

/** A label, its place in the list and what it writes. `<` and `/` are typed before a name and do not count in a search. */
function item(
  label: string,
  group: string,
  { range, newText, kind }: { range: Range; newText: string; kind: CompletionItemKind },
): CompletionItem {
  return {
    label,
    kind,
    sortText: `${group}${label}`,
    filterText: newText.startsWith('<') ? `<${label}` : label,
    textEdit: { range, newText },
  };
}

function snippetsIn({ around, typed }: ContentPlace, text: string, range: Range): CompletionItem[] {
  const allowed = new Set(elementsIn(around).map(({ name }) => name));
  const isBegin = around.length === 0;
  // The declaration stands at the very beginning of a file.
  const file = {
    ...FILE_SNIPPET,
    text: text.trim() === typed ? FILE_SNIPPET.text : FILE_SNIPPET.text.replace(/^.*\n/, ''),
  };
  const fitting = isBegin ? [file] : XML_SNIPPETS.filter(({ type }) => allowed.has(type));
  return fitting.map(({ label, detail, text: newText }: XmlSnippet) => ({
    ...item(label, '3', { range, newText, kind: CompletionItemKind.Snippet }),
    filterText: `<${label}`,
    detail,
    insertTextFormat: InsertTextFormat.Snippet,
  }));
}

// ---------- attributes

function inTag(
  document: TextDocument,
  place: Extract<XmlPlace, { kind: 'attribute' }>,
  context: XmlCompletion,
): CompletionItem[] {
  const inner = place.around.at(-1);
  if (!inner?.type) return [];
  const { type } = inner;
  const range = rangeIn(document, place.start, context.offset);
  const hasValue = /^\s*=/.test(document.getText().slice(context.offset, context.offset + 40));
  return attributesOn(inner.element, type).map(({ name, needed, isMetadata }, index) => {
    const group = `${needed ? 1 : isMetadata ? 3 : 2}${String(index).padStart(2, '0')}`;
    const newText = hasValue ? name : context.withSnippets ? `${name}="$1"$0` : `${name}=""`;
    return {
      ...item(name, group, { range, newText, kind: CompletionItemKind.Property }),
      detail: needed ? 'needed' : isMetadata ? 'metadata' : 'attribute',
      ...(context.withSnippets && !hasValue ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
      data: { xml: type, attribute: name } satisfies XmlItemData,
    };
  });
}

// ---------- values

function inValue(
  document: TextDocument,
  place: Extract<XmlPlace, { kind: 'value' }>,
  context: XmlCompletion,
): CompletionItem[] {
  const { offset, content, used } = context;
  const asking = { file: nameOfUri(document.uri), offset, around: place.around };
  const found = valuesAt(place, { content, used, names: () => namesInXml(context.names, content, asking) });
  const range = rangeIn(document, offset - found.replace, offset);
  return found.values.map(({ label, insert = label, kind, detail, data }) => ({
    label,
    kind: context.kinds[kind],
    filterText: escaped(label),
    textEdit: { range, newText: escaped(insert) },
    ...(detail ? { detail } : {}),
    ...(data ? { data } : {}),
  }));
}
