/** What each piece of a text is: by its token, and by the node of the tree that holds it. */
import type { IToken } from 'chevrotain';
import { isWindowsName } from '../../model/windows-names.ts';
import { Compare } from '../../syntax/tokens.ts';
import type { DeclarationNode, FileNode, Leaf } from '../../syntax/tree.ts';
import { eachLeaf } from '../nodes.ts';
import type { TokenKind, TokenModifier } from './legend.ts';

/** One colour. Pieces do not overlap and stand in order. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly kind: TokenKind;
  readonly modifier?: TokenModifier;
}

/** What a leaf is, and how a name in it is told apart. */
export interface Role {
  readonly kind: TokenKind;
  readonly modifier?: TokenModifier;
}

/** All pieces of a file. */
export function classify(tree: FileNode, tokens: readonly IToken[]): readonly Piece[] {
  const roles = rolesOf(tree);
  const parameters = parametersIn(tree);
  return tokens.flatMap((token) => {
    const names = (name: string): Role => roleOfName(name, parameters(token.startOffset));
    const role = roles.get(token.startOffset);
    if (role === 'name') return namePieces(token.startOffset, token.image, names);
    if (role) return [{ start: token.startOffset, end: token.startOffset + token.image.length, ...role }];
    return byToken(token, names);
  });
}

// ---------- by token

/** Kinds by the names of token types. */
export const KINDS: Readonly<Record<string, TokenKind>> = {
  ...{ Regex: 'regexp', Comment: 'comment', Equal: 'operator' },
  ...{ Guid: 'number', Kb: 'number', Cve: 'number', Date: 'number', Version: 'number', Size: 'number' },
  ...{ Duration: 'number', Hex: 'number', Int: 'number' },
};

function byToken({ tokenType, image, startOffset: start }: IToken, names: (name: string) => Role): readonly Piece[] {
  const { name } = tokenType;
  if (name === 'Text' || name === 'OpenText') return textPieces(start, image, names);
  const isComparison = tokenType.CATEGORIES?.includes(Compare) === true;
  const kind = name.endsWith('Keyword') ? 'keyword' : isComparison ? 'operator' : KINDS[name];
  return kind ? [{ start, end: start + image.length, kind }] : [];
}

const INSERTION = /\$\$\{|\$\{([A-Za-z_][\w.-]*)\}|%%|%[A-Za-z_]\w*(?:\(x86\))?%/gi;

/** A text with its insertions and folders. */
export function textPieces(start: number, image: string, names: (name: string) => Role): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const text = (end: number): void => {
    if (end > from) pieces.push({ start: start + from, end: start + end, kind: 'string' });
  };
  for (const { 0: whole, 1: name, index } of image.matchAll(INSERTION)) {
    if (whole === '%%' || whole === '$${') continue;
    const at = name === undefined ? index : index + '${'.length;
    text(at);
    if (name === undefined) pieces.push({ start: start + at, end: start + at + whole.length, kind: 'macro' });
    else pieces.push(...namePieces(start + at, name, names));
    from = at + (name ?? whole).length;
  }
  text(image.length);
  return pieces;
}

/** `app.location`: what is bound, then its member. */
export function namePieces(start: number, image: string, names: (name: string) => Role): readonly Piece[] {
  const dot = image.indexOf('.');
  const end = dot < 0 ? image.length : dot;
  const base: Piece = { start, end: start + end, ...names(image.slice(0, end)) };
  return dot < 0 ? [base] : [base, { start: start + dot + 1, end: start + image.length, kind: 'property' }];
}

/** What a bound name is, given the parameters at hand. */
export function roleOfName(name: string, parameters: ReadonlySet<string>): Role {
  if (name.toLowerCase() === 'windows') return { kind: 'variable', modifier: 'defaultLibrary' };
  return { kind: parameters.has(name.toLowerCase()) ? 'parameter' : 'variable' };
}

// ---------- by the tree

const DECLARED: Readonly<Record<DeclarationNode['kind'], TokenKind>> = {
  ...{ product: 'class', bulletin: 'namespace', patch: 'event', check: 'function', test: 'string' },
};

/** Roles by where a leaf begins; `name` for a bound name with its members. */
function rolesOf(tree: FileNode): ReadonlyMap<number, Role | 'name'> {
  const roles = new Map<number, Role | 'name'>();
  eachLeaf(tree, (leaf, { node, member }) => {
    const role = roleOf(leaf, node.kind, member);
    if (role) roles.set(leaf.startOffset, role);
  });
  return roles;
}

/** What a leaf is by the node and the member that hold it; undefined where its token alone says so. */
export function roleOf(leaf: Leaf, holder: string, member: string): Role | 'name' | undefined {
  const isWord = leaf.tokenType.name === 'Word';
  switch (`${holder}.${member}`) {
    case 'product.name':
    case 'bulletin.name':
    case 'patch.name':
    case 'check.name':
      return { kind: DECLARED[holder as DeclarationNode['kind']], modifier: 'declaration' };
    case 'check.parameters':
      return { kind: 'parameter', modifier: 'declaration' };
    case 'each.name':
    case 'let.name':
    case 'group.name':
      return { kind: 'variable', modifier: 'declaration' };
    case 'scoped.name':
      return isWindowsName(leaf.image) ? { kind: 'enumMember', modifier: 'defaultLibrary' } : { kind: 'class' };
    case 'use-product.name':
    case 'expect.product':
      return { kind: 'class' };
    case 'use-check.name':
      return { kind: 'function' };
    case 'supersedes.items':
      return leaf.tokenType.name === 'Date' ? undefined : { kind: 'event' };
    case 'superseded-by.names':
    case 'expect.name':
      return { kind: 'event' };
    case 'name.name':
    case 'one-per.names':
      return 'name';
    case 'attribute.name':
    case 'object.property':
    case 'msi.property':
    case 'msi.by':
      return isWord ? { kind: 'property' } : undefined;
    case 'collection.what':
    case 'attribute.values':
    case 'state.word':
    case 'as.what':
    case 'expect.words':
    case 'collection.view':
    case 'key.view':
    case 'object.view':
      return isWord ? { kind: 'enumMember' } : undefined;
    default:
      return undefined;
  }
}

/** The parameters at hand at an offset, in lower case. */
export function parametersIn(tree: FileNode): (offset: number) => ReadonlySet<string> {
  const none = new Set<string>();
  const checks = tree.declarations.flatMap((node) =>
    node.kind === 'check' && node.parameters.length > 0
      ? [{ ...node, names: new Set(node.parameters.map(({ image }) => image.toLowerCase())) }]
      : [],
  );
  return (offset) => checks.find(({ start, end }) => start <= offset && offset < end)?.names ?? none;
}
