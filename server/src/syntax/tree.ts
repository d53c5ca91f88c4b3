/**
 * The syntax tree of `*.detect`: what was written, with offsets, before any meaning.
 * Offsets are UTF-16 code units; `end` is exclusive. After a syntax error parts may be missing (`undefined`), or be a leaf
 * that recovery put in, whose image is empty.
 */

/** One token in the tree. */
export interface Leaf {
  readonly image: string;
  readonly startOffset: number;
  readonly tokenType: { readonly name: string };
}

/** Where a leaf ends. */
export const leafEnd = (leaf: Leaf): number => leaf.startOffset + leaf.image.length;

interface Base {
  readonly start: number;
  readonly end: number;
}

export interface FileNode extends Base {
  readonly kind: 'file';
  readonly declarations: readonly DeclarationNode[];
  /** In order; the comment lines right above a declaration are its documentation. */
  readonly comments: readonly Leaf[];
}

// ---------- declarations

interface DeclarationBase extends Base {
  readonly name: Leaf | undefined;
  readonly title: Leaf | undefined;
  /** A syntax error lies in it, so its meaning is not to be trusted. Of a bulletin: outside its patches. */
  readonly damaged: boolean;
}
export interface ProductNode extends DeclarationBase {
  readonly kind: 'product';
  readonly body: readonly StatementNode[];
}
export interface BulletinNode extends DeclarationBase {
  readonly kind: 'bulletin';
  readonly body: readonly (StatementNode | PatchNode)[];
}
export interface PatchNode extends DeclarationBase {
  readonly kind: 'patch';
  /** The `fixes` of the header comes first. */
  readonly body: readonly StatementNode[];
}
export interface CheckNode extends DeclarationBase {
  readonly kind: 'check';
  readonly parameters: readonly Leaf[];
  readonly conditions: readonly ConditionNode[];
}
export interface TestNode extends DeclarationBase {
  readonly kind: 'test';
  readonly body: readonly StatementNode[];
}
export type DeclarationNode = ProductNode | BulletinNode | PatchNode | CheckNode | TestNode;

// ---------- statements

export interface VariantNode extends Base {
  readonly kind: 'variant';
  readonly title: Leaf | undefined;
  readonly body: readonly StatementNode[];
}
export interface EachNode extends Base {
  readonly kind: 'each';
  /** `let x in …`: the first element alone, or nothing. */
  readonly first?: true;
  readonly name: Leaf | undefined;
  readonly from: CollectionNode | undefined;
  readonly where: ConditionNode | undefined;
}
export interface CollectionNode extends Base {
  readonly kind: 'collection';
  readonly what: Leaf;
  readonly patterns: readonly Leaf[];
  readonly view: Leaf | undefined;
}
export interface LetNode extends Base {
  readonly kind: 'let';
  readonly name: Leaf | undefined;
  readonly choices: readonly ChoiceNode[];
}
export interface ChoiceNode extends Base {
  readonly kind: 'choice';
  readonly value: ReadingNode | undefined;
  readonly when: ConditionNode | undefined;
}
export interface OnNode extends Base {
  readonly kind: 'on';
  readonly scopes: readonly ScopedNode[];
}
export interface ScopedNode extends Base {
  readonly kind: 'scoped';
  readonly name: Leaf;
  readonly bounds: readonly BoundNode[];
}
export interface BoundNode extends Base {
  readonly kind: 'bound';
  readonly operator: Leaf;
  readonly value: ReadingNode | undefined;
}
export interface InstalledNode extends Base {
  readonly kind: 'installed';
  readonly condition: ConditionNode | undefined;
}
export interface OnePerNode extends Base {
  readonly kind: 'one-per';
  readonly names: readonly Leaf[];
}
export interface AttributeNode extends Base {
  readonly kind: 'attribute';
  readonly name: Leaf;
  readonly values: readonly Leaf[];
}
export interface FixesNode extends Base {
  readonly kind: 'fixes';
  readonly scopes: readonly ScopedNode[];
}
export interface MissingNode extends Base {
  readonly kind: 'missing';
  /** `missing always "why"`. */
  readonly always: boolean;
  readonly why: Leaf | undefined;
  readonly condition: ConditionNode | undefined;
}
export interface NoteNode extends Base {
  readonly kind: 'note';
  readonly why: Leaf | undefined;
}
export interface SupersedesNode extends Base {
  readonly kind: 'supersedes';
  readonly items: readonly { readonly name: Leaf; readonly before: Leaf | undefined }[];
}
export interface SupersededByNode extends Base {
  readonly kind: 'superseded-by';
  readonly names: readonly Leaf[];
}
export interface WarnNode extends Base {
  readonly kind: 'warn';
  readonly text: Leaf | undefined;
  /** `warn when newer`. */
  readonly newer: boolean;
  readonly condition: ConditionNode | undefined;
}
export interface MachineNode extends Base {
  readonly kind: 'machine';
  readonly files: readonly Leaf[];
}
export interface GivenNode extends Base {
  readonly kind: 'given';
  readonly term: ConditionNode | undefined;
}
export interface ExpectNode extends Base {
  readonly kind: 'expect';
  readonly name: Leaf | undefined;
  readonly product: Leaf | undefined;
  readonly words: readonly Leaf[];
  readonly predicate: PredicateNode | undefined;
}
export type StatementNode =
  | VariantNode
  | EachNode
  | LetNode
  | OnNode
  | InstalledNode
  | OnePerNode
  | AttributeNode
  | FixesNode
  | MissingNode
  | NoteNode
  | SupersedesNode
  | SupersededByNode
  | WarnNode
  | MachineNode
  | GivenNode
  | ExpectNode;

// ---------- conditions

/** `a and b and c`; mixed operators are found by the model. */
export interface InfixNode extends Base {
  readonly kind: 'infix';
  readonly terms: readonly ConditionNode[];
  readonly operators: readonly Leaf[];
}
export interface NotNode extends Base {
  readonly kind: 'not';
  readonly of: ConditionNode | undefined;
}
/** A block `all { }`, or the quantifier `all x in C where W { }`, which has a `name`. */
export interface GroupNode extends Base {
  readonly kind: 'group';
  readonly operator: Leaf;
  readonly name: Leaf | undefined;
  readonly from: CollectionNode | undefined;
  readonly where: ConditionNode | undefined;
  readonly items: readonly ConditionNode[];
}
export interface UseCheckNode extends Base {
  readonly kind: 'use-check';
  readonly name: Leaf | undefined;
  readonly args: readonly ReadingNode[];
}
export interface UseProductNode extends Base {
  readonly kind: 'use-product';
  readonly name: Leaf | undefined;
  readonly bounds: readonly BoundNode[];
  readonly state: StateNode | undefined;
}
export interface CompareNode extends Base {
  readonly kind: 'compare';
  readonly subject: SourceNode | undefined;
  readonly steps: readonly StepNode[];
  readonly predicate: PredicateNode | undefined;
}
export type ConditionNode = InfixNode | NotNode | GroupNode | UseCheckNode | UseProductNode | OnNode | CompareNode;

// ---------- readings

export interface ReadingNode extends Base {
  readonly kind: 'reading';
  readonly source: SourceNode | undefined;
  readonly steps: readonly StepNode[];
}
export type SourceNode = KeyNode | ObjectNode | MsiNode | HotfixNode | NameNode | LiteralNode;
export interface KeyNode extends Base {
  readonly kind: 'key';
  readonly path: Leaf;
  readonly view: Leaf | undefined;
  readonly value: Leaf | undefined;
}
/** `file`, `folder` or `service`, which is the `word`. */
export interface ObjectNode extends Base {
  readonly kind: 'object';
  readonly word: Leaf;
  readonly path: Leaf;
  readonly view: Leaf | undefined;
  readonly property: Leaf | undefined;
}
export interface MsiNode extends Base {
  readonly kind: 'msi';
  readonly by: Leaf | undefined;
  readonly id: Leaf;
  readonly property: Leaf | undefined;
}
export interface HotfixNode extends Base {
  readonly kind: 'hotfix';
  readonly id: Leaf;
}
/** A bound name, or `k value "Path"` of an element. */
export interface NameNode extends Base {
  readonly kind: 'name';
  readonly name: Leaf;
  readonly value: Leaf | undefined;
}
export interface LiteralNode extends Base {
  readonly kind: 'literal';
  readonly literal: Leaf;
}

export type StepNode = AsNode | MatchingNode | ReplacingNode;
export interface AsNode extends Base {
  readonly kind: 'as';
  readonly what: Leaf;
}
export interface MatchingNode extends Base {
  readonly kind: 'matching';
  readonly regex: Leaf;
}
export interface ReplacingNode extends Base {
  readonly kind: 'replacing';
  readonly what: Leaf;
  readonly with: Leaf;
}

// ---------- predicates

export interface PredicateNode extends Base {
  readonly kind: 'predicate';
  readonly test: ExistsNode | StateNode | TestedNode | undefined;
  readonly ifPresent: boolean;
}
export interface ExistsNode extends Base {
  readonly kind: 'exists';
}
export interface StateNode extends Base {
  readonly kind: 'state';
  readonly negated: boolean;
  /** A state word, `installed`, `absent` or `unknown`; not there for `is one of`. */
  readonly word: Leaf | undefined;
  readonly values: readonly ReadingNode[];
}
export interface TestedNode extends Base {
  readonly kind: 'tested';
  readonly quantifier: Leaf | undefined;
  readonly test: TestingNode | undefined;
}
export type TestingNode = RangeNode | TextTestNode | LikeNode | MatchesNode | AgeNode | ReachesNode;
export interface RangeNode extends Base {
  readonly kind: 'range';
  readonly bounds: readonly BoundNode[];
}
export interface TextTestNode extends Base {
  readonly kind: 'contains' | 'starts-with' | 'ends-with';
  readonly value: ReadingNode | undefined;
}
export interface LikeNode extends Base {
  readonly kind: 'like';
  readonly pattern: Leaf;
}
export interface MatchesNode extends Base {
  readonly kind: 'matches';
  readonly regex: Leaf;
}
export interface AgeNode extends Base {
  readonly kind: 'age';
  readonly than: Leaf;
  readonly duration: Leaf;
}
export interface ReachesNode extends Base {
  readonly kind: 'reaches';
  readonly rows: readonly RowNode[];
  readonly otherwise: Leaf | undefined;
}
export interface RowNode extends Base {
  readonly kind: 'row';
  readonly fixed: Leaf;
  readonly from: Leaf | undefined;
}
