/** Completion: what the grammar allows at the cursor, with the names that the workspace and the declaration know. */
import {
  CompletionItemKind,
  InsertTextFormat,
  type CompletionItem,
  type CompletionParams,
  type Range,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Declarations } from '../../model/declarations.ts';
import type { IToken } from 'chevrotain';
import { Comma, Compare, K, Kb, Literal, RESERVED_WORDS, Version, Word as WordToken } from '../../syntax/tokens.ts';
import { namesOf } from '../names.ts';
import { onDocument, onWorkspace, type Session } from '../session.ts';
import { completeXml } from '../xml/completion/complete.ts';
import { isXml } from '../xml/document.ts';
import type { Expected } from './expected.ts';
import { expectedTokens } from './grammar.ts';
import { completeText } from './in-text.ts';
import { placeAt, type Place } from './place.ts';
import { namesInScope } from './scope.ts';
import { SNIPPETS } from './snippets.ts';
import { replacing } from './replacing.ts';
import { resolveItem } from './resolve.ts';
import { usedValues, type ValueKind } from './used-values.ts';
import { MOST_NAMES, wordsFor, type Word } from './words.ts';

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
/** In scripts these ask for nothing. A blank is none of them: it would hold up what the next letter asks for. */
const ONLY_XML: readonly string[] = ['<', '/'];
const KEYWORDS: ReadonlySet<string> = new Set(RESERVED_WORDS);

/** Who types fast has the next letter there before the answer: the editor narrows the list itself, and would show none otherwise. */
const WHILE_TYPING = { mayBeTypedOn: true };

export function serveCompletion(session: Session): ServerCapabilities {
  const { connection, workspace } = session;
  const answer = (document: TextDocument, { params }: { params: CompletionParams }) => {
    const can = session.client().textDocument?.completion?.completionItem ?? {};
    const asked = {
      offset: document.offsetAt(params.position),
      content: workspace.analysis.declarations(),
      trigger: params.context?.triggerCharacter,
      used: (kind: ValueKind, typed: string) => usedValues(workspace, document, { kind, typed }),
      withSnippets: can.snippetSupport === true,
    };
    const items = isXml(document)
      ? completeXml(document, { ...asked, names: namesOf(workspace), kinds: KIND })
      : complete(document, asked)
          .filter(({ insertTextFormat }) => asked.withSnippets || insertTextFormat !== InsertTextFormat.Snippet)
          .map((one) => (can.insertReplaceSupport ? replacing(document, asked.offset, one) : one));
    const shown = can.labelDetailsSupport ? items.map(withDescription) : items;
    // What was cut off may fit once more is typed.
    return shown.length < MOST_NAMES ? shown : { isIncomplete: true, items: shown };
  };
  connection.onCompletion(onDocument(session, answer, WHILE_TYPING));
  connection.onCompletionResolve(
    onWorkspace(session, ({ params: chosen }: { params: CompletionItem }) =>
      resolveItem(chosen, workspace.analysis.declarations()),
    ),
  );
  return { completionProvider: { triggerCharacters: ['.', '"', '{', '%', '\\', ...ONLY_XML], resolveProvider: true } };
}

/** Titles stand beside every name of the list, not only beside the one that is chosen. */
const withDescription = (item: CompletionItem): CompletionItem =>
  item.detail === undefined ? item : { ...item, labelDetails: { description: item.detail } };

export interface CompletionContext {
  readonly offset: number;
  readonly content: Declarations;
  /** The character that asked, where one did: those that only mean something in a text stay silent elsewhere. */
  readonly trigger?: string | undefined;
  /** What the workspace uses already. */
  readonly used?: Used;
}

type Used = (kind: ValueKind, typed: string) => readonly string[];

/** What may be typed at an offset. Never throws, whatever the text. */
export function complete(document: TextDocument, context: CompletionContext): CompletionItem[] {
  const { offset, content, trigger, used = () => [] } = context;
  const place = placeAt(document.getText(), offset);
  const range = (from: number): Range => ({ start: document.positionAt(from), end: document.positionAt(offset) });
  if (place.kind === 'silent' || (trigger && ONLY_XML.includes(trigger))) return [];
  if (place.kind === 'text') {
    const rest = document.getText({ start: document.positionAt(offset), end: document.positionAt(offset + 1) });
    const { replace, items } = completeText({ ...place, rest }, { names: namesInScope(place, content), used });
    return items.map(({ label, insert, detail }) => ({
      label,
      detail,
      kind: CompletionItemKind.Variable,
      filterText: label,
      textEdit: { range: range(offset - replace), newText: insert },
    }));
  }
  if (trigger && trigger !== '.') return [];
  return completeCode(place, content, { range: range(place.start), used });
}

function completeCode(
  place: Place,
  content: Declarations,
  { range, used }: { range: Range; used: Used },
): CompletionItem[] {
  const expected = expectedTokens(place.before);
  const words = wordsFor({ ...place, expected, content });
  const begins = expected.some(({ type, rule }) => rule === 'attribute' && type === WordToken);
  const items = words.map((word) =>
    item(word.label, groupOf(word), range, { kind: KIND[word.kind], ...describe(word) }),
  );
  for (const value of literals(place, expected, used)) {
    items.push(item(value, '2', range, { kind: CompletionItemKind.Value, detail: 'used in the workspace' }));
  }
  const keywords = new Set(expected.map(({ type }) => wordOf(type.PATTERN)).filter((word) => KEYWORDS.has(word)));
  // `as folder` and `file "…" product`: what it is here, not what the word is elsewhere.
  for (const { label } of words) keywords.delete(label);
  for (const word of keywords) {
    const group = !begins || STATEMENTS.has(word) ? '4' : '2';
    items.push(item(word, group, range, { kind: CompletionItemKind.Keyword }));
  }
  items.push(...snippets(expected, range));
  return unique(items);
}

/**
 * In which order groups are shown: 1 names and properties of the place, 2 values used elsewhere and the words that carry on
 * what was begun, 3 names of Windows where products fit as well, 4 statements and all other words, 5 snippets, 6 metadata.
 */
function groupOf({ kind, detail }: Word): string {
  if (kind === 'windows') return '3';
  return detail === 'metadata' ? '6' : '1';
}

/** The words that begin a statement of a declaration. */
const STATEMENTS: ReadonlySet<string> = new Set([
  ...['each', 'let', 'on', 'installed', 'one', 'variant', 'patch', 'fixes', 'missing', 'note', 'supersedes'],
  ...['superseded', 'warn'],
]);

/** KB ids and versions that the workspace uses, where one can stand. */
function literals({ before, typed }: Place, expected: readonly Expected[], used: Used): readonly string[] {
  const last = before.at(-1);
  const wants = (...types: readonly unknown[]): boolean => expected.some(({ type }) => types.includes(type));
  if (last?.tokenType === K.hotfix || isKbList(before)) return used('kb', typed);
  const compares = last?.tokenType.CATEGORIES?.includes(Compare) === true || last?.tokenType === K.from;
  return (compares && wants(Literal, Version)) || (last && wants(Version)) ? used('version', typed) : [];
}

/** After `kb`, or after one of its values and a comma. */
function isKbList(before: readonly IToken[]): boolean {
  const opener = before.findLast(({ tokenType }) => tokenType !== Kb && tokenType !== Comma);
  return opener?.tokenType === WordToken && opener.image === 'kb' && before.at(-1)?.tokenType !== Kb;
}

function describe({ detail, data }: Word): Partial<CompletionItem> {
  return { ...(detail ? { detail } : {}), ...(data ? { data } : {}) };
}

function wordOf(pattern: unknown): string {
  return typeof pattern === 'string' ? pattern : '';
}

function item(label: string, group: string, range: Range, rest: Partial<CompletionItem>): CompletionItem {
  return { label, sortText: `${group}${label}`, filterText: label, textEdit: { range, newText: label }, ...rest };
}

/** Rules in which `all`, `product` or `note` is no beginning of anything but says how or what is compared. */
const NOT_BEGINNING: ReadonlySet<string> = new Set(['predicate', 'state', 'expect', 'useProduct', 'useCheck']);

/** The snippets that can begin here. */
function snippets(expected: readonly Expected[], range: Range): CompletionItem[] {
  const begins = new Set(expected.flatMap(({ type, rule }) => (NOT_BEGINNING.has(rule) ? [] : [wordOf(type.PATTERN)])));
  return SNIPPETS.filter(({ where }) => begins.has(where)).map(({ label, detail, text }) => ({
    ...item(label, '5', range, { kind: CompletionItemKind.Snippet, detail }),
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range, newText: text },
  }));
}

function unique(items: readonly CompletionItem[]): CompletionItem[] {
  return [...new Map(items.map((one) => [`${one.label}|${one.kind === CompletionItemKind.Snippet}`, one])).values()];
}
