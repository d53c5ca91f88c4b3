/** The word of the language at a place of a script, with what it means there. */
import type { IToken } from 'chevrotain';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { COLLECTIONS } from '../../model/vocabulary.ts';
import type { Span } from '../../model/source.ts';
import { WINDOWS_NAMES } from '../../model/windows-names.ts';
import type { CollectionKind } from '../../model/content.ts';
import { Compare, RESERVED_WORDS, type ReservedWord } from '../../syntax/tokens.ts';
import { leafEnd, type Leaf } from '../../syntax/tree.ts';
import { namesInScope } from '../completion/scope.ts';
import { placeAt } from '../completion/place.ts';
import type { Declarations } from '../../model/declarations.ts';
import { isKind, isLeaf, isNode, partsOf, pathTo, type AnyNode } from '../nodes.ts';
import { tokensOf, treeOf } from '../parsed.ts';
import { FOLDERS, HIVES } from './folders.ts';
import { KEYWORDS, OPERATORS } from './keywords.ts';
import {
  COLLECTION_TEXTS,
  FILE,
  FOLDER,
  memberText,
  MSI,
  SERVICE,
  UPGRADE_CODE,
  VALUE_MEMBER,
  WINDOWS,
} from './properties.ts';
import { CONVERSION_TEXTS, METADATA, metadataValueText, stateText, windowsText } from './values.ts';
import { describeWord, type WordText } from './word.ts';

/** Markdown, and what it is about. */
export interface WordAt {
  readonly text: string;
  readonly span: Span;
}

/** What the language says of the word at an offset; undefined where that is no word of its own. */
export function languageWordAt(document: TextDocument, offset: number, content: Declarations): WordAt | undefined {
  const token = tokenAt(document, offset);
  if (!token) return undefined;
  const span = { start: token.startOffset, end: leafEnd(token) };
  const { name } = token.tokenType;
  if (name === 'Comment' || name === 'Regex') return undefined;
  if (name === 'Text' || name === 'OpenText') return inText(token, offset);
  const holder = holderOf(document, token);
  const found = (holder && byHolder(token, holder)) ?? memberAt(document, { token, offset, content }) ?? byToken(token);
  if (!found) return undefined;
  const [word, kind, text] = found;
  return { text: describeWord(word, kind, text), span: found[3] ?? span };
}

type Found = readonly [word: string, kind: string, text: WordText, span?: Span];

/** The token that the cursor is in; between two that touch, the one that begins there unless it is a sign. */
function tokenAt(document: TextDocument, offset: number): IToken | undefined {
  const tokens = tokensOf(document).filter((one) => one.startOffset <= offset && offset <= leafEnd(one));
  return tokens.find((one) => offset < leafEnd(one) && /\w/.test(one.image)) ?? tokens[0];
}

// ---------- by where it stands

interface Holder {
  readonly node: AnyNode;
  readonly member: string;
}

function holderOf(document: TextDocument, token: Leaf): Holder | undefined {
  const path = pathTo(treeOf(document), token.startOffset);
  const leaf = path.at(-1);
  const node = path.at(-2);
  if (!isLeaf(leaf) || leaf.startOffset !== token.startOffset || !isNode(node)) return undefined;
  const member = partsOf(node).find(({ part }) => part === leaf)?.member;
  return member === undefined ? undefined : { node, member };
}

function byHolder({ image }: Leaf, { node, member }: Holder): Found | undefined {
  const found = (kind: string, text: WordText | undefined): Found | undefined => text && [image, kind, text];
  switch (`${node.kind}.${member}`) {
    case 'attribute.name':
      return found('metadata', own(METADATA, image));
    case 'attribute.values':
      return isKind(node, 'attribute') ? found(node.name.image, metadataValueText(node.name.image, image)) : undefined;
    case 'object.property':
      return objectProperty(image, node);
    case 'msi.property':
      return found('of a package', own(MSI, image));
    case 'msi.by':
      return found('of a package', UPGRADE_CODE);
    case 'collection.what':
      return found('collection', own(COLLECTION_TEXTS, image));
    case 'state.word':
      return found('state', stateText(image));
    case 'as.what':
      return found('conversion', own(CONVERSION_TEXTS, image));
    case 'scoped.name': {
      const windows = WINDOWS_NAMES.get(image.toLowerCase());
      return windows && found('Windows', windowsText(windows));
    }
    default:
      return undefined;
  }
}

const THINGS: Readonly<Record<string, Readonly<Record<string, WordText>>>> = {
  file: FILE,
  folder: FOLDER,
  service: SERVICE,
};

function objectProperty(image: string, node: AnyNode): Found | undefined {
  if (!isKind(node, 'object')) return undefined;
  const text = own(THINGS[node.word.image] ?? {}, image);
  return text && [image, `of a ${node.word.image}`, text];
}

function own<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

// ---------- members

/** `windows.build` and `app.location`: behind the dot, what the element has. */
function memberAt(
  document: TextDocument,
  { token, offset, content }: { token: Leaf; offset: number; content: Declarations },
): Found | undefined {
  const dot = token.image.indexOf('.');
  const base = dot < 0 ? token.image : token.image.slice(0, dot);
  const member = dot < 0 ? '' : token.image.slice(dot + 1);
  const isInMember = dot >= 0 && offset > token.startOffset + dot;
  if (base.toLowerCase() === 'windows') {
    const text = isInMember ? own(WINDOWS, member) : own(WINDOWS, 'version');
    if (text === undefined) return undefined;
    if (isInMember) return [token.image, 'of Windows', text];
    return [
      'windows',
      'the machine’s Windows',
      {
        ...text,
        says: `Its members: ${Object.keys(WINDOWS)
          .map((one) => `\`.${one}\``)
          .join(', ')}.`,
      },
    ];
  }
  if (!isInMember) return undefined;
  const place = placeAt(document.getText(), token.startOffset);
  const element = namesInScope(place, content).find(({ name }) => name === base)?.element;
  const kind = COLLECTIONS.find((one) => one === element);
  const text = kind && memberOf(kind, member);
  const span = { start: token.startOffset + dot + 1, end: leafEnd(token) };
  return text && [member, `of an element of ${kind}`, text, span];
}

/** A member of an element of a collection, or the registry value of that name. */
export function memberOf(kind: CollectionKind, member: string): WordText | undefined {
  return memberText(kind, member) ?? (kind === 'keys' || kind === 'programs' ? VALUE_MEMBER(member) : undefined);
}

// ---------- by the token alone

const isReserved = (word: string): word is ReservedWord => RESERVED_WORDS.some((one) => one === word);

function byToken({ image, tokenType }: IToken): Found | undefined {
  if (tokenType.name.endsWith('Keyword') && isReserved(image)) return [image, 'word of the language', KEYWORDS[image]];
  if (tokenType.CATEGORIES?.includes(Compare) !== true) return undefined;
  const text = own(OPERATORS, image);
  return text && [image, 'comparison', text];
}

// ---------- in texts

/** A folder between percent signs, or the hive that a key begins with. */
function inText({ image, startOffset }: Leaf, offset: number): WordAt | undefined {
  const hive = /^"(HKLM|HKCR|HKCU|HKU|HKCC)(?=[\\"])/i.exec(image)?.[1];
  if (hive !== undefined && offset <= startOffset + 1 + hive.length) {
    const span = { start: startOffset + 1, end: startOffset + 1 + hive.length };
    return { text: `**\`${hive}\`** (hive): ${own(HIVES, hive.toUpperCase()) ?? ''}`, span };
  }
  for (const { 0: whole, 1: name = '', index } of image.matchAll(/%%|%([A-Za-z_][\w()]*)%/g)) {
    const span = { start: startOffset + index, end: startOffset + index + whole.length };
    if (offset < span.start || offset > span.end || name === '') continue;
    const known = Object.entries(FOLDERS).find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];
    return { text: `**\`${whole}\`** (folder): ${known ?? 'a variable of the machine’s environment'}.`, span };
  }
  return undefined;
}
