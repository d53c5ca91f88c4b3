/** The names that may be used at a place: bound above it in its declaration, or by the products that its patch fixes. */
import type { IToken } from 'chevrotain';
import type { CollectionKind, Find } from '../../model/content.ts';
import type { Declarations } from '../../model/declarations.ts';
import type { Location } from '../../model/source.ts';
import * as T from '../../syntax/tokens.ts';

export interface BoundName {
  readonly name: string;
  /** What binds it, in words. */
  readonly origin: string;
  /** The collection whose element it is. */
  readonly element?: string;
  /** Where it is bound: an offset from the declaration's beginning, or a place in the product's file. */
  readonly at?: number | Location;
}

interface Binding extends BoundName {
  /** How deep in braces it lives; it ends with its block. */
  readonly depth: number;
}

const { K } = T;
const CAPTURE = /\(\?<([A-Za-z_]\w*)>/g;

export function namesInScope(before: readonly IToken[], content: Declarations): readonly BoundName[] {
  const own = boundAbove(before);
  const taken = new Set(own.map(({ name }) => name));
  return [...own, ...boundByProducts(before, content).filter(({ name }) => !taken.has(name))];
}

function boundAbove(before: readonly IToken[]): readonly BoundName[] {
  let bindings: Binding[] = [];
  let depth = 0;
  for (const [index, token] of before.entries()) {
    const after = (distance: number): IToken | undefined => before[index + distance];
    switch (token.tokenType) {
      case T.Open:
        depth++;
        break;
      case T.Close:
        depth--;
        bindings = bindings.filter((one) => one.depth <= depth);
        break;
      case T.Regex:
        for (const { 1: name = '', index } of token.image.matchAll(CAPTURE)) {
          bindings.push({ name, depth, origin: 'capture', at: token.startOffset + index + '(?<'.length });
        }
        break;
      case K.let:
        if (after(2)?.tokenType === K.in) bindings.push(elementOf(after(1), after(3), depth));
        else if (isComplete(before, index)) bindings.push(letOf(after(1), depth));
        break;
      case K.each:
        bindings.push(elementOf(after(1), after(3), depth));
        break;
      case K.all:
      case K.any:
        if (after(2)?.tokenType === K.in) bindings.push(elementOf(after(1), after(3), depth + 1));
        break;
      case T.OpenParen:
        if (index === 2 && before[0]?.tokenType === K.check) bindings.push(...parameters(before, index));
        break;
    }
  }
  return bindings.filter(({ name }) => name !== '');
}

/** A `let` sees only names above it, not itself: it is complete when another statement has begun. */
function isComplete(before: readonly IToken[], index: number): boolean {
  const statement: readonly unknown[] = [
    K.let,
    K.each,
    K.on,
    K.installed,
    K.missing,
    K.one,
    K.variant,
    K.warn,
    T.Close,
  ];
  return before.slice(index + 1).some((token) => statement.includes(token.tokenType));
}

function letOf(name: IToken | undefined, depth: number): Binding {
  return { name: name?.image ?? '', depth, origin: 'let', at: name?.startOffset ?? 0 };
}

function elementOf(name: IToken | undefined, collection: IToken | undefined, depth: number): Binding {
  const element = collection?.image ?? '';
  return { name: name?.image ?? '', depth, origin: `element of ${element}`, element, at: name?.startOffset ?? 0 };
}

function parameters(before: readonly IToken[], open: number): readonly Binding[] {
  const close = before.findIndex((token) => token.tokenType === T.CloseParen);
  return before
    .slice(open + 1, close < 0 ? undefined : close)
    .filter((token) => token.tokenType === T.Word)
    .map((token) => ({ name: token.image, depth: 0, origin: 'parameter', at: token.startOffset }));
}

const boundByProducts = (before: readonly IToken[], content: Declarations): readonly BoundName[] =>
  boundBy(fixedProducts(before), content);

/** What some products bind, by their ids. */
export function boundBy(products: readonly string[], content: Declarations): readonly BoundName[] {
  const found: BoundName[] = [];
  for (const id of products) {
    const product = content.products.get(id.toLowerCase());
    for (const find of product?.variants[0]?.finds ?? []) found.push(...bindingsOf(find, id));
  }
  return found;
}

/** The names after `fixes`, up to the next statement. */
function fixedProducts(before: readonly IToken[]): readonly string[] {
  const ids: string[] = [];
  let inFixes = false;
  for (const token of before) {
    if (token.tokenType === K.fixes) inFixes = true;
    else if (inFixes && (token.tokenType === T.Word || token.tokenType === T.Kb)) ids.push(token.image);
    else if (token.tokenType !== T.Comma) inFixes = false;
  }
  return ids;
}

function bindingsOf(find: Find, product: string): readonly BoundName[] {
  if (find.kind === 'let') return [{ name: find.name, origin: `let of ${product}`, at: find.at }];
  if (find.kind !== 'each') return [];
  const kind: CollectionKind = find.from.kind;
  return [{ name: find.name, origin: `element of ${kind} of ${product}`, element: kind, at: find.at }];
}
