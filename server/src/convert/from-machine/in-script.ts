/** A check at the cursor of a script: the condition alone among conditions, a statement in a declaration, else a declaration. */
import { parse } from '../../syntax/parse.ts';
import { lexer, Open } from '../../syntax/tokens.ts';
import type {
  ConditionNode,
  DeclarationNode,
  FileNode,
  GroupNode,
  PatchNode,
  ProductNode,
  StatementNode,
  VariantNode,
} from '../../syntax/tree.ts';
import { asDeclaration, indentAt, lineStartAt, lineStopAt, onOwnLines, type Insertion } from './insertion.ts';

export interface NewCheck {
  readonly condition: string;
  /** The same as a test states it. */
  readonly given: string;
  /** The whole declaration around it. */
  readonly declaration: string;
}

type Container =
  | {
      readonly kind: 'statements';
      readonly node: DeclarationNode | VariantNode;
      readonly items: readonly StatementNode[];
    }
  | {
      readonly kind: 'conditions';
      readonly node: DeclarationNode | GroupNode;
      readonly items: readonly ConditionNode[];
    };

const COMMENT = /^#/;

/** What to change so that the check stands at the cursor, or beside what the cursor is in. */
export function insertInScript(text: string, offset: number, check: NewCheck): Insertion {
  const { file } = parse(text);
  const comment = file.comments.find((one) => one.startOffset < offset && offset <= one.startOffset + one.image.length);
  const at = comment ? comment.startOffset + comment.image.length : offset;
  const inline = comment ? undefined : wantedHere(text, at, check.condition);
  if (inline) return inline;
  const declaration = file.declarations.find((one) => one.start <= at && at < one.end);
  const container = declaration && containerAt(text, at, declaration);
  if (!container) return asDeclaration(text, betweenDeclarations(file, at), check.declaration);
  return container.kind === 'conditions'
    ? amongConditions(text, at, { container, condition: check.condition })
    : amongStatements(text, at, { container, check });
}

/** A declaration at the cursor, or behind the one that it is in. */
export function placeOfDeclaration(text: string, offset: number, declaration: string): Insertion {
  return asDeclaration(text, betweenDeclarations(parse(text).file, offset), declaration);
}

/** Right behind a word that a condition follows, with nothing behind it. */
function wantedHere(text: string, at: number, condition: string): Insertion | undefined {
  const line = text.slice(lineStartAt(text, at), at);
  const rest = text.slice(at, lineStopAt(text, at));
  if (rest.trim() !== '' || (line.match(/"/g)?.length ?? 0) % 2 === 1) return undefined;
  if (!/(^|[\s{])(when|and|or|not|given|where)\s*$/.test(line) || line.includes('#')) return undefined;
  return { start: at, end: at, text: `${/\s$/.test(line) ? '' : ' '}${condition}` };
}

/** Where the cursor is between declarations, or behind the one that it is in. */
function betweenDeclarations(file: FileNode, at: number): number {
  const around = file.declarations.find((one) => one.start < at && at < one.end);
  if (around) return around.end;
  const next = file.declarations.find((one) => one.start >= at);
  if (!next) return at;
  // What is written right above a declaration is its documentation.
  const comments = file.comments.filter(({ startOffset }) => startOffset < next.start && startOffset >= at);
  const before = file.declarations.filter((one) => one.end <= at).at(-1)?.end ?? 0;
  const above = file.comments.filter(({ startOffset }) => startOffset >= before && startOffset < next.start);
  return comments.length === above.length ? at : before;
}

/** The innermost block around the cursor that checks can stand in. */
function containerAt(text: string, at: number, declaration: DeclarationNode): Container | undefined {
  const brace = openBrace(text, declaration);
  if (brace === undefined) return undefined;
  const inner = nodesAt(declaration, at).toReversed();
  for (const node of inner) {
    if (node.kind === 'group') {
      const open = openBrace(text, node);
      const group = node as unknown as GroupNode;
      if (open !== undefined && open < at) return { kind: 'conditions', node: group, items: group.items };
    } else if (node.kind === 'variant') {
      const variant = node as unknown as VariantNode;
      return { kind: 'statements', node: variant, items: variant.body };
    } else if (node.kind === 'patch') {
      const patch = node as unknown as PatchNode;
      if (openBrace(text, patch) !== undefined) return { kind: 'statements', node: patch, items: patch.body };
    }
  }
  return ofDeclaration(declaration, brace);
}

function ofDeclaration(node: DeclarationNode, brace: number): Container | undefined {
  if (node.kind === 'check') return { kind: 'conditions', node, items: node.conditions };
  if (node.kind === 'product' && hasVariants(node)) return undefined;
  const body: readonly (StatementNode | PatchNode)[] = node.body;
  const items = body.filter((one): one is StatementNode => one.kind !== 'patch' && one.start > brace);
  return { kind: 'statements', node, items };
}

const hasVariants = ({ body }: ProductNode): boolean => body.some((one) => one.kind === 'variant');

/** Where the body of a block begins. */
function openBrace(text: string, node: { readonly start: number; readonly end: number }): number | undefined {
  const { tokens } = lexer.tokenize(text.slice(node.start, node.end));
  const open = tokens.find(({ tokenType }) => tokenType === Open);
  return open && node.start + open.startOffset;
}

interface AnyNode {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

const isNode = (one: unknown): one is AnyNode =>
  typeof one === 'object' && one !== null && 'kind' in one && 'start' in one && 'end' in one;

/** The nodes around an offset, from the outside in. */
function nodesAt(node: AnyNode, at: number): readonly AnyNode[] {
  for (const member of Object.values(node)) {
    for (const child of Array.isArray(member) ? (member as readonly unknown[]) : [member]) {
      if (isNode(child) && child.start < at && at < child.end) return [child, ...nodesAt(child, at)];
    }
  }
  return [];
}

interface Place {
  readonly at: number;
  readonly indent: string;
}

/** Behind the item that the cursor is in; else where it is, but in the block. */
function placeAmong(text: string, at: number, { node, items: all }: Container): Place {
  const brace = openBrace(text, node) ?? node.start;
  // What a patch fixes may stand before its block.
  const items = all.filter((one) => one.start > brace);
  const around = items.find((one) => one.start <= at && at <= one.end);
  const indent = around ? indentAt(text, around.start) : `${indentAt(text, node.start)}  `;
  const sibling = items.find((one) => lineStartAt(text, one.start) + indentAt(text, one.start).length === one.start);
  return {
    at: around ? around.end : Math.max(at, brace + 1),
    indent: sibling ? indentAt(text, sibling.start) : indent,
  };
}

interface Conditions {
  readonly container: Container;
  readonly condition: string;
}

function amongConditions(text: string, at: number, { container, condition }: Conditions): Insertion {
  const place = placeAmong(text, at, container);
  return onOwnLines(text, place.at, { lines: condition, indent: place.indent, comment: COMMENT });
}

interface Statements {
  readonly container: Extract<Container, { kind: 'statements' }>;
  readonly check: NewCheck;
}

function amongStatements(text: string, at: number, { container, check }: Statements): Insertion {
  const { node, items } = container;
  const place = placeAmong(text, at, container);
  const put = (lines: string): Insertion =>
    onOwnLines(text, place.at, { lines, indent: place.indent, comment: COMMENT });
  if (node.kind === 'test') return put(`given ${check.given}`);
  const verdict = items.find((one) => one.kind === 'installed' || one.kind === 'missing' || one.kind === 'note');
  if (!verdict) return put(`installed when ${check.condition}`);
  const condition = verdict.kind === 'note' ? undefined : verdict.condition;
  if (condition) return extended(text, condition, check.condition);
  // A declaration has one verdict: this one claims nothing of the machine, so what was seen can only be remarked.
  return put(`warn "as it was seen" when ${check.condition}`);
}

/** The condition that is there, and the new one: both must hold. */
function extended(text: string, old: ConditionNode, condition: string): Insertion {
  const indent = indentAt(text, old.start);
  if (old.kind === 'group' && old.operator.image === 'all' && old.name === undefined) {
    const container: Container = { kind: 'conditions', node: old, items: old.items };
    return amongConditions(text, old.items.at(-1)?.end ?? (openBrace(text, old) ?? old.start) + 1, {
      container,
      condition,
    });
  }
  const eol = /\r\n/.test(text) ? '\r\n' : '\n';
  if (old.kind !== 'infix' || old.operators.every(({ image }) => image === 'and'))
    return { start: old.end, end: old.end, text: `${eol}${indent}  and ${condition}` };
  const whole = text.slice(old.start, old.end);
  const lines = ['all {', `${indent}  ${whole}`, `${indent}  ${condition}`, `${indent}}`];
  return { start: old.start, end: old.end, text: lines.join(eol) };
}
