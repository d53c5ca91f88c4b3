/** What a plain word can be, by the grammar rule that wants it and the tokens before it. */
import type { IToken, TokenType } from 'chevrotain';
import type { CollectionKind, Declared } from '../../model/content.ts';
import type { Declarations, Known } from '../../model/declarations.ts';
import {
  ARCHITECTURES,
  COLLECTIONS,
  CONVERSIONS,
  ELEMENT_MEMBERS,
  FILE_PROPERTIES,
  FOLDER_PROPERTIES,
  MSI_PROPERTIES,
  PATCH_METADATA,
  PRODUCT_METADATA,
  SERVICE_PROPERTIES,
  SERVICE_STARTS,
  SERVICE_STATES,
  SEVERITIES,
  WINDOWS_MEMBERS,
} from '../../model/vocabulary.ts';
import { WINDOWS_NAMES } from '../../model/windows-names.ts';
import * as T from '../../syntax/tokens.ts';
import { hasInOrder } from '../letters.ts';
import type { Expected } from './expected.ts';
import type { ItemData } from './resolve.ts';
import { namesInScope, type BoundName } from './scope.ts';

/** One thing to offer. */
export interface Word {
  readonly label: string;
  readonly kind: 'product' | 'patch' | 'bulletin' | 'check' | 'windows' | 'name' | 'member' | 'property' | 'value';
  readonly detail?: string;
  /** Of a declared name: where what it stands for is found when it is looked at. */
  readonly data?: ItemData;
}

export interface WordsContext {
  readonly before: readonly IToken[];
  readonly after?: () => readonly IToken[];
  readonly expected: readonly Expected[];
  readonly typed: string;
  readonly content: Declarations;
}

const { K } = T;

/** The words for every rule that wants one here. */
export function wordsFor(context: WordsContext): readonly Word[] {
  const rules = new Set(
    context.expected.filter(({ type }) => type === T.Word || type === T.Name).map(({ rule }) => rule),
  );
  return [...rules].flatMap((rule) => wordsOfRule(rule, context));
}

function wordsOfRule(rule: string, context: WordsContext): readonly Word[] {
  const { before, content } = context;
  switch (rule) {
    case 'scoped':
      return scopes(context);
    case 'useProduct':
      return declared(context, 'products');
    case 'useCheck':
      return declared(context, 'checks');
    case 'supersedes':
    case 'supersededBy':
      return others(context);
    case 'expect':
      return declared(context, 'products', 'patches');
    case 'collection':
      return values(COLLECTIONS, 'collection');
    case 'view':
      return values(['both'], 'view');
    case 'step':
      return values(CONVERSIONS, 'conversion');
    case 'state':
      return states(before);
    case 'attribute':
      return attributes(context);
    case 'msiId':
      return values(['upgrade-code'], 'msi');
    case 'onePer':
      return namesInScope(context, content).map(toWord);
    case 'subject':
    case 'source':
      return readings(context);
    default:
      return [];
  }
}

// ---------- declared names

/** Of a large workspace only so many are offered: the more is typed, the better they fit. */
export const MOST_NAMES = 500;

const KINDS = { products: 'product', patches: 'patch', bulletins: 'bulletin', checks: 'check' } as const;

/** The names of some kinds that have the letters typed. */
export function declared(
  { content, typed }: Pick<WordsContext, 'content' | 'typed'>,
  ...from: readonly (keyof typeof KINDS)[]
): readonly Word[] {
  const words: Word[] = [];
  for (const map of from) {
    const all: Known<Declared> = content[map];
    const wanted = all.size > MOST_NAMES ? typed.toLowerCase() : '';
    for (const [key, { id, title }] of all) {
      if (words.length >= MOST_NAMES) return words;
      if (!hasInOrder(key, wanted)) continue;
      words.push({ label: id, kind: KINDS[map], detail: title ?? KINDS[map], data: { in: map, id } });
    }
  }
  return words;
}

/** Patches and bulletins but for those that the place is in, and those that the list has already. */
function others(context: WordsContext): readonly Word[] {
  const { before } = context;
  const own = before.flatMap(({ tokenType }, at) =>
    tokenType === K.patch || tokenType === K.bulletin ? (before[at + 1]?.image ?? []) : [],
  );
  const list = before.slice(before.findLastIndex(({ tokenType }) => tokenType === K.supersedes || tokenType === K.by));
  return without(declared(context, 'bulletins', 'patches'), [
    ...own.slice(-1),
    ...(before[0]?.tokenType === K.bulletin ? own.slice(0, 1) : []),
    ...list.map(({ image }) => image),
  ]);
}

/** Words but for some names, whatever their case. */
export function without(words: readonly Word[], names: readonly string[]): readonly Word[] {
  const left = new Set(names.map((name) => name.toLowerCase()));
  return words.filter(({ label }) => !left.has(label.toLowerCase()));
}

/** Names after `fixes` and `on`: Windows has its own, and `fixes` takes products as well. */
function scopes(context: WordsContext): readonly Word[] {
  const { before } = context;
  const starter = before.findLast(({ tokenType }) => tokenType === K.fixes || tokenType === K.on);
  const windows = windowsWords();
  return starter?.tokenType === K.on ? windows : [...declared(context, 'products'), ...windows];
}

/** Every Windows that content can name. */
export const windowsWords = (): readonly Word[] =>
  [...WINDOWS_NAMES.values()].map(({ id, family }): Word => ({
    label: id,
    kind: 'windows',
    detail: family?.label ?? 'every Windows',
  }));

// ---------- readings and states

const PROPERTIES = new Map<TokenType, readonly string[]>([
  [K.file, FILE_PROPERTIES],
  [K.folder, FOLDER_PROPERTIES],
  [K.service, SERVICE_PROPERTIES],
  [K.msi, MSI_PROPERTIES],
]);
const PARTS_OF_A_THING: readonly TokenType[] = [T.Text, T.Guid, K.view, T.Int, T.Word];

/** After a thing its properties; else the names that are bound here. */
function readings(context: WordsContext): readonly Word[] {
  const { before, typed, content } = context;
  const last = before.at(-1)?.tokenType;
  if (last === K.hotfix) return [];
  const properties =
    last && PARTS_OF_A_THING.includes(last) ? PROPERTIES.get(thingBefore(before) ?? T.Word) : undefined;
  if (properties) return properties.map((label) => ({ label, kind: 'property' }));
  const names = namesInScope(context, content);
  const windows: BoundName = { name: 'windows', origin: 'the machine’s Windows' };
  return [...names.map(toWord), toWord(windows), ...members(typed, names)];
}

/** The word of the thing that the last tokens write: `file "…" view 32`. */
function thingBefore(before: readonly IToken[]): TokenType | undefined {
  const part = before.findLastIndex(({ tokenType }) => !PARTS_OF_A_THING.includes(tokenType) || tokenType === K.view);
  const last = before.findLast(
    (token, index) => index <= part && token.tokenType !== K.view && !PARTS_OF_A_THING.includes(token.tokenType),
  );
  return last?.tokenType;
}

/** `app.` offers what an element of its collection has; without a dot the members would only be in the way. */
export function members(typed: string, names: readonly BoundName[]): readonly Word[] {
  const base = /^([A-Za-z_][\w-]*)\./.exec(typed)?.[1];
  if (!base) return [];
  const found = names.find(({ name }) => name === base)?.element;
  const list =
    base.toLowerCase() === 'windows' ? Object.keys(WINDOWS_MEMBERS) : isCollection(found) ? ELEMENT_MEMBERS[found] : [];
  return list.map((member) => ({ label: `${base}.${member}`, kind: 'member' }));
}

function isCollection(kind: string | undefined): kind is CollectionKind {
  return COLLECTIONS.some((one) => one === kind);
}

/** The states of what is asked: a service, its start type, or something of Windows. */
function states(before: readonly IToken[]): readonly Word[] {
  const is = before.findLastIndex(({ tokenType }) => tokenType === K.is);
  const subject = before.slice(0, is).findLast(({ tokenType }) => tokenType !== K.is);
  const windows = /^windows\.(.+)$/i.exec(subject?.image ?? '')?.[1]?.toLowerCase();
  if (windows) return values(WINDOWS_MEMBERS[windows] ?? [], `windows.${windows}`);
  if (/(^|\.)start$/i.test(subject?.image ?? '')) return values(SERVICE_STARTS, 'start type');
  return values(SERVICE_STATES, 'service state');
}

// ---------- metadata

/** The values of metadata that have only so many. */
export const METADATA_VALUES: Readonly<Record<string, readonly string[]>> = {
  severity: SEVERITIES,
  arch: ARCHITECTURES,
  class: ['service-pack'],
};

/** The names of metadata, or the values of one. */
function attributes({ before, expected }: WordsContext): readonly Word[] {
  const wantsValue = expected.some(({ rule, type }) => rule === 'attribute' && type === T.Literal);
  if (wantsValue) {
    const name = before.findLast((token, index) => isAttributeName(token, before[index + 1]))?.image.toLowerCase();
    return values(METADATA_VALUES[name ?? ''] ?? [], name ?? '');
  }
  const declaration = before.find(
    ({ tokenType }) => tokenType === K.product || tokenType === K.bulletin || tokenType === K.patch,
  );
  return values(declaration?.tokenType === K.product ? PRODUCT_METADATA : PATCH_METADATA, 'metadata');
}

/** A word that no value precedes by a comma: in `kb KB1, KB2` only `kb`. */
function isAttributeName(token: IToken, next: IToken | undefined): boolean {
  return token.tokenType === T.Word && next?.tokenType !== T.Comma;
}

// ---------- words

/** Words that all are of one kind. */
export function values(labels: readonly string[], detail: string): readonly Word[] {
  return labels.map((label) => ({ label, kind: 'value', detail }));
}

/** A bound name as what is offered. */
export function toWord({ name, origin }: BoundName): Word {
  return { label: name, kind: 'name', detail: origin };
}
