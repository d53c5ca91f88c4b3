/** The names of a script without what they mean: enough to find it by them, at half the price of lowering it. */
import { parseStretch } from '../../syntax/parse.ts';
import { stretchesOf } from '../../syntax/stretches.ts';
import type { ConditionNode, DeclarationNode, Leaf, PatchNode, StatementNode } from '../../syntax/tree.ts';
import { plainText } from '../lower/text.ts';
import type { DeclaredKind } from '../symbols.ts';
import type { DeclaredHead, FileHead } from './head.ts';

type Named = Pick<DeclarationNode, 'name' | 'title'>;

/**
 * What a script declares, as its head will have it when it is lowered, and all names that it may use. Of each declaration only
 * kind, id, title and place are told; nothing else in it may be believed.
 */
export function namedHead(text: string): FileHead {
  const { stretches, lexed } = stretchesOf(text);
  const declarations = stretches.all.flatMap((stretch) => parseStretch(stretch, lexed.get(stretch)).file.declarations);
  const products = named(declarations.filter(({ kind }) => kind === 'product'));
  const bulletins = declarations.filter((one) => one.kind === 'bulletin');
  const members = bulletins.flatMap(({ body }) => body.filter((item): item is PatchNode => item.kind === 'patch'));
  const patches = named([...declarations.filter(({ kind }) => kind === 'patch'), ...members]);
  const checks = named(declarations.filter(({ kind }) => kind === 'check'));
  let context = 0;
  const heads = (kind: DeclaredKind, all: readonly Named[]): DeclaredHead[] =>
    all.map(({ name, title }, ordinal) => headOf(kind, { name, title }, { ordinal, context: context++ }));
  const [ofProducts, ofPatches] = [heads('product', products), heads('patch', patches)];
  const [ofBulletins, ofChecks] = [heads('bulletin', bulletins), heads('check', checks)];
  const declared = [...ofProducts, ...ofBulletins, ...ofPatches, ...ofChecks].filter(({ id }) => id !== '');
  const names = new Set(declared.map(({ id }) => id.toLowerCase()));
  const add = (leaf: Leaf | undefined): void => void names.add(leaf?.image.toLowerCase() ?? '');
  for (const declaration of declarations) namesIn(declaration, add);
  names.delete('');
  return { declared, names: [...names], needs: undefined, supersedes: false };
}

/** A declaration without a name counts for nothing, but for a bulletin, whose patches are there all the same. */
const named = (all: readonly DeclarationNode[]): readonly Named[] =>
  all.filter(({ name }) => name !== undefined && name.image !== '');

function headOf(
  kind: DeclaredKind,
  { name, title }: Named,
  place: { readonly ordinal: number; readonly context: number },
): DeclaredHead {
  const text = plainText(title);
  return {
    kind,
    id: name?.image ?? '',
    ...(text !== undefined && { title: text }),
    ...place,
    damaged: false,
    shows: '',
  };
}

// ---------- names that are used

type Add = (leaf: Leaf | undefined) => void;

function namesIn(declaration: DeclarationNode, add: Add): void {
  if (declaration.kind === 'check') {
    for (const condition of declaration.conditions) namesAsked(condition, add);
    return;
  }
  for (const item of declaration.body) {
    if (item.kind === 'patch') namesIn(item, add);
    else namesStated(item, add);
  }
}

function namesStated(node: StatementNode, add: Add): void {
  switch (node.kind) {
    case 'variant':
      for (const item of node.body) namesStated(item, add);
      break;
    case 'each':
      namesAsked(node.where, add);
      break;
    case 'let':
      for (const { when } of node.choices) namesAsked(when, add);
      break;
    case 'installed':
    case 'missing':
    case 'warn':
      namesAsked(node.condition, add);
      break;
    case 'given':
      namesAsked(node.term, add);
      break;
    case 'fixes':
      for (const { name } of node.scopes) add(name);
      break;
    case 'supersedes':
      for (const { name } of node.items) if (name.image !== 'everything') add(name);
      break;
    case 'superseded-by':
      for (const name of node.names) add(name);
      break;
    case 'expect':
      add(node.name);
      add(node.product);
      break;
    case 'on':
    case 'one-per':
    case 'attribute':
    case 'note':
    case 'machine':
  }
}

function namesAsked(node: ConditionNode | undefined, add: Add): void {
  switch (node?.kind) {
    case 'infix':
      for (const term of node.terms) namesAsked(term, add);
      break;
    case 'not':
      namesAsked(node.of, add);
      break;
    case 'group':
      namesAsked(node.where, add);
      for (const item of node.items) namesAsked(item, add);
      break;
    case 'use-check':
    case 'use-product':
      add(node.name);
      break;
    case 'on':
    case 'compare':
    case undefined:
  }
}
