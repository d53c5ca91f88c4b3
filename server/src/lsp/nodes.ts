/** Going through a syntax tree without knowing its kinds of nodes. */
import {
  leafEnd,
  type ConditionNode,
  type DeclarationNode,
  type Leaf,
  type NameNode,
  type ObjectNode,
  type ReadingNode,
  type ScopedNode,
  type StatementNode,
} from '../syntax/tree.ts';

/** Any node of the tree. */
export interface AnyNode {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

export const isLeaf = (part: unknown): part is Leaf => typeof part === 'object' && part !== null && 'tokenType' in part;
export const isNode = (part: unknown): part is AnyNode => typeof part === 'object' && part !== null && 'kind' in part;
/** The part of a leaf or node that a text has. */
export const spanOf = (part: Leaf | AnyNode): { start: number; end: number } =>
  isLeaf(part) ? { start: part.startOffset, end: leafEnd(part) } : part;

/** What stands directly in a node, in order, with the name of the member that holds it. */
export function partsOf(node: AnyNode): readonly { readonly member: string; readonly part: Leaf | AnyNode }[] {
  const parts = Object.entries(node).flatMap(([member, value]) => flatten(value).map((part) => ({ member, part })));
  return parts.sort((a, b) => spanOf(a.part).start - spanOf(b.part).start);
}

function flatten(value: unknown): (Leaf | AnyNode)[] {
  if (Array.isArray(value)) return value.flatMap(flatten);
  if (isLeaf(value)) return value.image === '' ? [] : [value];
  if (isNode(value)) return [value];
  // An item that is neither, such as one of `supersedes` with its date.
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(flatten) : [];
}

/** The nodes around an offset, from the outside in, and the leaf that they end with, if any. */
export function pathTo(root: AnyNode, offset: number): readonly (Leaf | AnyNode)[] {
  const path: (Leaf | AnyNode)[] = [root];
  for (let node: AnyNode = root; ;) {
    const around = partsOf(node).filter(({ part }) => spanOf(part).start <= offset && offset <= spanOf(part).end);
    const next = around.find(({ part }) => offset < spanOf(part).end) ?? around.at(-1);
    if (next === undefined) return path;
    path.push(next.part);
    if (isLeaf(next.part)) return path;
    node = next.part;
  }
}

/** Every leaf below a node, with the node that holds it. */
export function eachLeaf(
  node: AnyNode,
  visit: (leaf: Leaf, holder: { readonly node: AnyNode; readonly member: string }) => void,
): void {
  for (const { member, part } of partsOf(node)) {
    if (isLeaf(part)) visit(part, { node, member });
    else eachLeaf(part, visit);
  }
}

/** Every node of a tree, from the outside in. */
export function eachNode(node: AnyNode, visit: (node: AnyNode) => void): void {
  visit(node);
  for (const { part } of partsOf(node)) if (!isLeaf(part)) eachNode(part, visit);
}

type KnownNode = DeclarationNode | StatementNode | ConditionNode | ScopedNode | ReadingNode | NameNode | ObjectNode;

/** Whether a node is of a kind, and so has its members. */
export function isKind<K extends KnownNode['kind']>(
  node: AnyNode,
  kind: K,
): node is Extract<KnownNode, { readonly kind: K }> {
  return node.kind === kind;
}
