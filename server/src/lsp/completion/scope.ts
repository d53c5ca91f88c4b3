/** The names that may be used at a place: bound above it in its declaration, or by the products that its patch fixes. */
import type { IToken } from 'chevrotain';
import type { CollectionKind, Condition, Find, Product } from '../../model/content.ts';
import type { Declarations } from '../../model/declarations.ts';
import type { Location } from '../../model/source.ts';
import { walkCondition } from '../../model/walk.ts';
import { isWindowsName } from '../../model/windows-names.ts';
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

/** Where names are used: the tokens of the declaration before the place, and behind it where a bulletin's patches stand there. */
export interface ScopePlace {
  readonly before: readonly IToken[];
  readonly after?: () => readonly IToken[];
}

export function namesInScope(place: ScopePlace, content: Declarations): readonly BoundName[] {
  const own = boundAbove(place.before);
  const taken = new Set(own.map(({ name }) => name));
  return [...own, ...boundBy(fixedProducts(place), content).filter(({ name }) => !taken.has(name))];
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

/** What all of some products bind, by their ids. */
export function boundBy(products: readonly string[], content: Declarations): readonly BoundName[] {
  const ids = [...new Set(products.map((id) => id.toLowerCase()))];
  const each = ids.flatMap((id): (readonly BoundName[])[] => {
    const product = content.products.get(id);
    if (product) return [namesOfProduct(product)];
    return isWindowsName(id) ? [OF_WINDOWS] : [];
  });
  const [first = [], ...others] = each;
  const all = others.map((names) => new Set(names.map(({ name }) => name.toLowerCase())));
  return first.filter(({ name }) => all.every((names) => names.has(name.toLowerCase())));
}

/** What a patch for a Windows has without any statement. */
const OF_WINDOWS: readonly BoundName[] = [
  { name: 'version', origin: 'the version of Windows' },
  { name: 'location', origin: 'the folder of Windows' },
];

function namesOfProduct({ id, variants }: Product): readonly BoundName[] {
  return variants[0]?.finds.flatMap((find) => bindingsOf(find, id)) ?? [];
}

/** The products after `fixes`: of the patch that the place is in, or of all patches of the bulletin. */
function fixedProducts({ before, after = () => [] }: ScopePlace): readonly string[] {
  const patch = patchAround(before);
  if (patch !== undefined) return fixesIn(before.slice(patch));
  return fixesIn(before[0]?.tokenType === K.bulletin ? [...before, ...after()] : before);
}

/** Where the patch of a bulletin begins that is not closed yet. */
function patchAround(before: readonly IToken[]): number | undefined {
  let depth = 0;
  let patch: { readonly at: number; readonly depth: number } | undefined;
  for (const [at, { tokenType }] of before.entries()) {
    if (tokenType === K.patch) patch = { at, depth };
    else if (tokenType === T.Open) depth++;
    else if (tokenType === T.Close && --depth <= (patch?.depth ?? -1)) patch = undefined;
  }
  return patch?.at;
}

/** The names after each `fixes`, up to the next statement. */
function fixesIn(tokens: readonly IToken[]): readonly string[] {
  const ids: string[] = [];
  let wants: 'name' | 'comma' | undefined;
  for (const { tokenType, image } of tokens) {
    const isName = tokenType === T.Word || tokenType === T.Kb;
    if (tokenType === K.fixes) wants = 'name';
    else if (wants === 'name' && isName) {
      ids.push(image);
      wants = 'comma';
    } else if (wants === 'comma' && tokenType === T.Comma) wants = 'name';
    // A range may stand between; a word begins the next statement.
    else if (isName || tokenType.name.endsWith('Keyword') || tokenType === T.Open) wants = undefined;
  }
  return ids;
}

function bindingsOf(find: Find, product: string): readonly BoundName[] {
  if (find.kind === 'let') return [{ name: find.name, origin: `let of ${product}`, at: find.at }];
  if (find.kind !== 'each') return [];
  const kind: CollectionKind = find.from.kind;
  const element = { name: find.name, origin: `element of ${kind} of ${product}`, element: kind, at: find.at };
  return [element, ...(find.where && !find.first ? capturesIn(find.where, product) : [])];
}

function capturesIn(where: Condition, product: string): readonly BoundName[] {
  const found: BoundName[] = [];
  walkCondition(where, {
    condition: (one) => {
      if (one.kind !== 'compare' || one.predicate.kind !== 'test' || one.predicate.test.kind !== 'matches') return;
      for (const { 1: name = '' } of one.predicate.test.regex.pattern.matchAll(CAPTURE))
        found.push({ name, origin: `capture of ${product}`, at: one.predicate.test.regex.at });
    },
  });
  return found;
}
