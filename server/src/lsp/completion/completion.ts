/** Completion: what the grammar allows at the cursor, with the names that the workspace and the declaration know. */
import {
  CompletionItemKind,
  InsertTextFormat,
  type CompletionItem,
  type CompletionParams,
  type Connection,
  type Range,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Content } from '../../model/content.ts';
import { RESERVED_WORDS } from '../../syntax/tokens.ts';
import type { Workspace } from '../workspace.ts';
import { expectedTokens } from './grammar.ts';
import { completeText } from './in-text.ts';
import { placeAt, type Place } from './place.ts';
import { namesInScope } from './scope.ts';
import { SNIPPETS } from './snippets.ts';
import { wordsFor, type Word } from './words.ts';

const KIND: Readonly<Record<Word['kind'], CompletionItemKind>> = {
  product: CompletionItemKind.Class,
  patch: CompletionItemKind.Event,
  bulletin: CompletionItemKind.Module,
  check: CompletionItemKind.Function,
  windows: CompletionItemKind.Constant,
  name: CompletionItemKind.Variable,
  member: CompletionItemKind.Field,
  property: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
};
const KEYWORDS: ReadonlySet<string> = new Set(RESERVED_WORDS);

export function serveCompletion(connection: Connection, workspace: Workspace, ready: () => Promise<void>): void {
  connection.onCompletion(async ({ textDocument, position, context }: CompletionParams) => {
    await ready();
    const document = workspace.documentOfUri(textDocument.uri);
    if (!document) return [];
    const { content } = workspace.analyse().linked;
    return complete(document, { offset: document.offsetAt(position), content, trigger: context?.triggerCharacter });
  });
}

export interface CompletionContext {
  readonly offset: number;
  readonly content: Content;
  /** The character that asked, where one did: those that only mean something in a text stay silent elsewhere. */
  readonly trigger?: string | undefined;
}

/** What may be typed at an offset. Never throws, whatever the text. */
export function complete(document: TextDocument, { offset, content, trigger }: CompletionContext): CompletionItem[] {
  const place = placeAt(document.getText(), offset);
  const range = (from: number): Range => ({ start: document.positionAt(from), end: document.positionAt(offset) });
  if (place.kind === 'silent') return [];
  if (place.kind === 'text') {
    const rest = document.getText({ start: document.positionAt(offset), end: document.positionAt(offset + 1) });
    const { replace, items } = completeText({ ...place, rest }, namesInScope(place.before, content));
    return items.map(({ label, insert, detail }) => ({
      label,
      detail,
      kind: CompletionItemKind.Variable,
      filterText: label,
      textEdit: { range: range(offset - replace), newText: insert },
    }));
  }
  if (trigger && trigger !== '.') return [];
  return completeCode(place, content, range(place.start));
}

function completeCode(place: Place, content: Content, range: Range): CompletionItem[] {
  const expected = expectedTokens(place.before);
  const words = wordsFor({ ...place, expected, content });
  // Names and properties of the place first, then the language's own words.
  const items = words.map((word) => item(word.label, '1', range, { kind: KIND[word.kind], ...describe(word) }));
  const keywords = new Set(expected.map(({ type }) => wordOf(type.PATTERN)).filter((word) => KEYWORDS.has(word)));
  for (const word of keywords) items.push(item(word, '5', range, { kind: CompletionItemKind.Keyword }));
  if (place.before.length === 0) items.push(...snippets(range));
  return unique(items);
}

function describe({ detail, documentation }: Word): Partial<CompletionItem> {
  return { ...(detail ? { detail } : {}), ...(documentation ? { documentation } : {}) };
}

function wordOf(pattern: unknown): string {
  return typeof pattern === 'string' ? pattern : '';
}

function item(label: string, group: string, range: Range, rest: Partial<CompletionItem>): CompletionItem {
  return { label, sortText: `${group}${label}`, filterText: label, textEdit: { range, newText: label }, ...rest };
}

function snippets(range: Range): CompletionItem[] {
  return SNIPPETS.map(({ label, detail, text }) => ({
    ...item(label, '3', range, { kind: CompletionItemKind.Snippet, detail }),
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range, newText: text },
  }));
}

function unique(items: readonly CompletionItem[]): CompletionItem[] {
  return [...new Map(items.map((one) => [`${one.label}|${one.kind === CompletionItemKind.Snippet}`, one])).values()];
}
