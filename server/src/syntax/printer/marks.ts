/** Where lines may and must end, found in the tree: marks on tokens, by the offset where each begins. */
import type { Item } from './items.ts';
import type {
  CollectionNode,
  ConditionNode,
  DeclarationNode,
  InfixNode,
  LetNode,
  ReachesNode,
  StatementNode,
  StateNode,
} from '../tree.ts';

/** Where a line begins that continues a statement: so far inside of it, or below the start or the end of a token. */
export type Indent =
  | { readonly kind: 'in'; readonly by: number }
  | { readonly kind: 'below'; readonly offset: number }
  | { readonly kind: 'ends-with'; readonly offset: number };

/** What the tree says about tokens. */
export interface Marks {
  /** Begins a declaration, a statement, a condition of a block or a row of a table: a line of its own. */
  readonly begins: Set<number>;
  /** A line end before it is kept, and the line then begins there. */
  readonly mayBreak: Map<number, Indent>;
  /** The `}` at which the body of a declaration ends, and how many statements that holds. */
  readonly bodies: Map<number, number>;
  /** What has columns: the statements of each body, tables, choices. */
  readonly lists: (readonly StatementNode[])[];
  readonly tables: ReachesNode[];
  readonly lets: LetNode[];
}

/** The token before the one that begins at an offset. */
export type Before = (offset: number) => Item | undefined;

/** Marks all of the given declarations. */
export function marksOf(declarations: readonly DeclarationNode[], before: Before): Marks {
  const marks: Marks = {
    begins: new Set(),
    mayBreak: new Map(),
    bodies: new Map(),
    lists: [],
    tables: [],
    lets: [],
  };
  for (const declaration of declarations) {
    marks.begins.add(declaration.start);
    visit(declaration, marks, before);
  }
  return marks;
}

// Every other kind of node needs no mark; its `kind` is simply none of these.
type Marked = DeclarationNode | StatementNode | ConditionNode | ReachesNode | CollectionNode | StateNode;

const isNode = (value: unknown): value is Marked =>
  typeof value === 'object' && value !== null && 'kind' in value && 'start' in value;

function visit(node: Marked, marks: Marks, before: Before): void {
  mark(node, marks, before);
  for (const value of Object.values(node) as unknown[]) {
    if (isNode(value)) visit(value, marks, before);
    else if (Array.isArray(value)) for (const one of value as unknown[]) if (isNode(one)) visit(one, marks, before);
  }
}

/** Inside of the statement that goes on. */
const IN: Indent = { kind: 'in', by: 2 };
const FAR_IN: Indent = { kind: 'in', by: 4 };

function mark(node: Marked, marks: Marks, before: Before): void {
  switch (node.kind) {
    case 'product':
    case 'bulletin':
    case 'patch':
    case 'test':
    case 'variant':
      return markBody(node, marks, before);
    case 'check':
      for (const { start } of node.conditions) marks.begins.add(start);
      return markList(node.parameters, marks);
    case 'group':
      for (const { start } of node.items) marks.begins.add(start);
      return markCondition(node.where, marks, { word: before, mayBreak: true });
    case 'each':
      return markCondition(node.where, marks, { word: before, mayBreak: true });
    case 'warn':
      return markCondition(node.condition, marks, { word: before, mayBreak: true });
    case 'installed':
    case 'missing':
      return markCondition(node.condition, marks, { word: before, mayBreak: false });
    case 'let':
      return markLet(node, marks, before);
    case 'infix':
      return markOperators(node, marks, IN);
    case 'reaches':
      return markTable(node, marks, before);
    case 'on':
    case 'fixes':
      return markList(node.scopes, marks);
    case 'collection':
      return markList(node.patterns, marks);
    case 'attribute':
    case 'state':
      return markList(node.values, marks);
    case 'use-check':
      return markList(node.args, marks);
    case 'supersedes':
      return markList(
        node.items.map(({ name }) => name),
        marks,
      );
    case 'superseded-by':
    case 'one-per':
      return markList(node.names, marks);
    case 'machine':
      return markList(node.files, marks);
    default:
      return;
  }
}

/** Statements begin lines; the `fixes` of a header stands before the body. */
function markBody(node: Extract<Marked, { body: unknown }>, marks: Marks, before: Before): void {
  const [first] = node.body;
  const inHeader = node.kind === 'patch' && first?.kind === 'fixes' && before(first.start)?.type !== 'Open';
  const statements = inHeader ? node.body.slice(1) : node.body;
  if (inHeader) marks.mayBreak.set(first.start, FAR_IN);
  for (const { start } of statements) marks.begins.add(start);
  marks.bodies.set(node.end - 1, statements.length);
  marks.lists.push(statements.filter((item): item is StatementNode => item.kind !== 'patch'));
}

/** The items after the first may stand below it. */
function markList(items: readonly ({ start: number } | { startOffset: number })[], marks: Marks): void {
  const [first, ...rest] = items.map((item) => ('start' in item ? item.start : item.startOffset));
  if (first === undefined) return;
  for (const offset of rest) marks.mayBreak.set(offset, { kind: 'below', offset: first });
}

/** `and` and `or` may stand below the end of the word that introduces the condition, so that the terms are in one column. */
function markCondition(
  condition: ConditionNode | undefined,
  marks: Marks,
  { word, mayBreak }: { readonly word: Before; readonly mayBreak: boolean | Indent },
): void {
  const introduces = condition === undefined ? undefined : word(condition.start);
  if (condition === undefined || introduces === undefined) return;
  if (mayBreak !== false) marks.mayBreak.set(introduces.start, mayBreak === true ? IN : mayBreak);
  if (condition.kind === 'infix') markOperators(condition, marks, { kind: 'ends-with', offset: introduces.start });
}

function markOperators(node: InfixNode, marks: Marks, indent: Indent): void {
  for (const { startOffset } of node.operators) {
    if (!marks.mayBreak.has(startOffset)) marks.mayBreak.set(startOffset, indent);
  }
}

/** Each `else` may stand below the `=`, so that the values are in one column. */
function markLet(node: LetNode, marks: Marks, before: Before): void {
  marks.lets.push(node);
  const equal = before(node.choices[0]?.start ?? node.start)?.start ?? node.start;
  for (const [index, choice] of node.choices.entries()) {
    const word = before(choice.start);
    if (index > 0 && word !== undefined) marks.mayBreak.set(word.start, { kind: 'ends-with', offset: equal });
    markCondition(choice.when, marks, { word: before, mayBreak: FAR_IN });
  }
}

function markTable(node: ReachesNode, marks: Marks, before: Before): void {
  // A table of one row without braces stands in its statement.
  const [row] = node.rows;
  const braces = row === undefined || before(row.start)?.type === 'Open' || node.rows.length > 1;
  if (!braces) return;
  marks.tables.push(node);
  for (const { start } of node.rows) marks.begins.add(start);
  const otherwise = node.otherwise === undefined ? undefined : before(node.otherwise.startOffset);
  if (otherwise !== undefined) marks.begins.add(otherwise.start);
}
