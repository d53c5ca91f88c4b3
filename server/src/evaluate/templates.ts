/** Texts with insertions, as plain text, as a key, and as a file path. An absent insertion makes the whole absent. */
import type { Template } from '../model/content.ts';
import { spendMany, type Context, type Names } from './context.ts';
import { checkPath, cleanPath } from './file-paths.ts';
import { folderVariable } from './folders.ts';
import { readName } from './names.ts';
import { deepParts, literalOf, pathTokensOf, splitParts, tokensOf, type PatternToken } from './patterns.ts';
import { hiveNamed, type ContentHive } from './registry.ts';
import { ABSENT, mapRead, present, textOf, unreadable, type Read } from './values.ts';

/** A `let` may insert another twice, and so on: texts must not double without end. As long as the longest that is read. */
const LONGEST_TEXT = 1024 * 1024;
/** Long texts take memory: so many of their characters count as a step. */
const CHARACTERS_OF_A_STEP = 8;

/** Nothing, where a text of that length may be made; unreadable where it would be too long, or no steps are left for it. */
export function lengthAllowed(context: Context, length: number): Read<undefined> {
  if (length > LONGEST_TEXT) return unreadable('the text is longer than 1 MiB');
  if (length > CHARACTERS_OF_A_STEP * 100 && !spendMany(context, length / CHARACTERS_OF_A_STEP))
    return unreadable('the content makes more text than an evaluation may');
  return present(undefined);
}

/** The whole text: wildcards are ordinary characters, doubled ones stay doubled. */
export function plainText(context: Context, names: Names | undefined, template: Template): Read<string> {
  return mapRead(pieces(context, names, template), (found) =>
    mapRead(lengthAllowed(context, lengthOf(found)), () => present(found.map((piece) => piece.text).join(''))),
  );
}

const lengthOf = (found: readonly Piece[]): number => found.reduce((length, piece) => length + piece.text.length, 0);

/** A pattern for `like`: insertions are literal. */
export function likePattern(
  context: Context,
  names: Names | undefined,
  template: Template,
): Read<readonly PatternToken[]> {
  return mapRead(pieces(context, names, template), (found) => present(found.flatMap(tokensOfPiece)));
}

/** A key, possibly with wildcards in its parts. */
export interface KeyPattern {
  readonly hive: ContentHive;
  readonly parts: readonly PatternToken[][];
  /** The view of the element whose path the text begins with. */
  readonly found?: '32' | '64';
}

/** The key a text names. */
export function keyPattern(context: Context, names: Names | undefined, template: Template): Read<KeyPattern> {
  return mapRead(pieces(context, names, template), (found): Read<KeyPattern> => {
    const parts = splitParts(found.flatMap(tokensOfPiece));
    const [first, ...rest] = parts;
    const word = literalOf(first ?? []) ?? '';
    const hive = hiveNamed(word);
    if (hive === undefined) return unreadable(`\`${shown(found)}\` begins with no hive`);
    const view = found[0]?.view;
    return present(view === undefined ? { hive, parts: rest } : { hive, parts: rest, found: view });
  });
}

/** A path on a drive, its first part the drive, possibly with wildcards in later parts. */
export function pathPattern(
  context: Context,
  names: Names | undefined,
  of: { readonly template: Template; readonly view?: '32' | '64' | undefined },
): Read<readonly PatternToken[][]> {
  return mapRead(pieces(context, names, of.template, of.view), (found): Read<readonly PatternToken[][]> => {
    const [first, ...rest] = found;
    if (first?.inserted === true && first.text === '') return ABSENT;
    const cleaned = first === undefined ? [] : [{ ...first, text: cleanFirst(context, first, rest.length === 0) }];
    // A wildcard is no character of a path, so the rules see a stand-in that is one.
    const tokens = [...cleaned, ...rest].flatMap(pathTokensOfPiece);
    const spelled = tokens.map((token) => ('wildcard' in token ? 'x' : token.literal.replace(/\//g, '\\'))).join('');
    const checked = checkPath(spelled);
    if (checked.state !== 'present') return checked;
    const normal = tokens.map((token) =>
      'wildcard' in token ? token : { literal: token.literal.replace(/\//g, '\\') },
    );
    return present(deepParts(splitParts(normal).filter((part) => literalOf(part) !== '.')));
  });
}

/** One plain path; a wildcard in it is refused, for a reading is of one thing. */
export function onePath(
  context: Context,
  names: Names | undefined,
  of: { readonly template: Template; readonly view?: '32' | '64' | undefined },
): Read<string> {
  return mapRead(pathPattern(context, names, of), (parts): Read<string> => {
    const literal = parts.map(literalOf);
    if (literal.includes(undefined))
      return unreadable('a wildcard in a reading: only `each` and quantifiers enumerate');
    const [drive = '', ...rest] = literal;
    return present(`${drive}\\${rest.join('\\')}`);
  });
}

interface Piece {
  readonly text: string;
  /** From the target, so no wildcards of its own. */
  readonly inserted: boolean;
  readonly view?: '32' | '64';
}

function pieces(
  context: Context,
  names: Names | undefined,
  template: Template,
  view?: '32' | '64',
): Read<readonly Piece[]> {
  const mark = context.needed.length;
  const found: Piece[] = [];
  let failed: Read<never> | undefined;
  for (const part of template.parts) {
    const piece = readPart(context, names, part, view);
    if (piece.state === 'present') found.push(piece.value);
    else failed = worse(failed, piece);
  }
  if (failed?.state === 'absent') context.needed.length = mark;
  return failed ?? present(found);
}

function readPart(
  context: Context,
  names: Names | undefined,
  part: Template['parts'][number],
  view: '32' | '64' | undefined,
): Read<Piece> {
  if (part.kind === 'text') return present({ text: part.text, inserted: false });
  if (part.kind === 'variable') {
    const value = folderVariable(context.target, part.variable, view);
    return value === undefined
      ? unreadable(`the machine tells no %${part.variable}%`)
      : present({ text: value, inserted: true });
  }
  return mapRead(readName(context, names, part.name), (value) => {
    const tag = value.kind === 'text' ? value.view : undefined;
    const piece = { text: textOf(value), inserted: true };
    return present(tag === undefined ? piece : { ...piece, view: tag });
  });
}

/** Absent outweighs all, for it is proof whatever the rest says; pending may yet become absent. */
function worse(left: Read<never> | undefined, right: Read<unknown>): Read<never> {
  const order = ['absent', 'pending', 'unreadable'];
  const other = right as Read<never>;
  return left === undefined || order.indexOf(other.state) < order.indexOf(left.state) ? other : left;
}

function tokensOfPiece(piece: Piece): PatternToken[] {
  return piece.inserted ? [{ literal: piece.text }] : tokensOf(piece.text);
}

function pathTokensOfPiece(piece: Piece): PatternToken[] {
  return piece.inserted ? [{ literal: piece.text }] : pathTokensOf(piece.text);
}

function cleanFirst(context: Context, piece: Piece, alone: boolean): string {
  if (!piece.inserted) return piece.text;
  const cleaned = cleanPath(context.target, piece.text);
  return alone || !/^[a-z]:\\$/i.test(cleaned) ? cleaned : cleaned.slice(0, 2);
}

function shown(found: readonly Piece[]): string {
  return found
    .map((piece) => piece.text)
    .join('')
    .slice(0, 100);
}
