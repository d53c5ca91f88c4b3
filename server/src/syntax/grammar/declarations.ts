/** Declarations: the top of the grammar. */
import type { IParserErrorMessageProvider, ParserMethod } from 'chevrotain';
import * as T from '../tokens.ts';
import type * as Tree from '../tree.ts';
import { add, type Draft } from './recovery.ts';
import { StatementGrammar } from './statements.ts';

const { K } = T;

/** The whole grammar. `file` is where it begins; `declaration` and `patch` parse one alone. */
export class DetectGrammar extends StatementGrammar {
  constructor(errorMessageProvider: IParserErrorMessageProvider, skipValidations = true) {
    super(errorMessageProvider, skipValidations);
    this.performSelfAnalysis();
  }

  readonly file = this.RULE('file', (): Tree.DeclarationNode[] => {
    const declarations: Tree.DeclarationNode[] = [];
    this.MANY(() => add(declarations, this.SUBRULE(this.declaration)));
    return declarations;
  });

  readonly declaration: ParserMethod<[], Tree.DeclarationNode | undefined> = this.RULE('declaration', () =>
    this.OR(this.declarations),
  );
  private readonly declarations = [
    { ALT: (): Tree.DeclarationNode | undefined => this.SUBRULE(this.product) },
    { ALT: (): Tree.DeclarationNode | undefined => this.SUBRULE(this.bulletin) },
    { ALT: (): Tree.DeclarationNode | undefined => this.SUBRULE(this.patch) },
    { ALT: (): Tree.DeclarationNode | undefined => this.SUBRULE(this.check) },
    { ALT: (): Tree.DeclarationNode | undefined => this.SUBRULE(this.test) },
  ];

  private finish(node: { end: number; damaged: boolean }, errorsBefore: number): void {
    node.end = this.end();
    if (this.errors.length > errorsBefore) node.damaged = true;
  }

  // ---------- product

  private productDraft: Draft<Tree.ProductNode> | undefined;
  private readonly product = this.RULE(
    'product',
    (): Tree.ProductNode | undefined => {
      const errors = this.errors.length;
      const node: Draft<Tree.ProductNode> = {
        kind: 'product',
        start: this.start(),
        end: 0,
        name: undefined,
        title: undefined,
        damaged: false,
        body: [],
      };
      this.productDraft = node;
      this.CONSUME(K.product);
      node.name = this.CONSUME(T.Name);
      node.title = this.OPTION(this.titleOption);
      this.CONSUME(T.Open);
      this.MANY(() => add(node.body, this.OR(this.productItems)));
      this.CONSUME(T.Close);
      this.finish(node, errors);
      return node;
    },
    { recoveryValueFunc: () => this.recovered(this.productDraft) },
  );
  private readonly productItems = [
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.find) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.variant) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.attribute) },
  ];

  /** The part of a declaration that was there before recovery gave up on the rest. */
  private recovered<N extends { end: number; damaged: boolean }>(draft: N | undefined): N | undefined {
    if (draft === undefined) return undefined;
    draft.end = Math.max(draft.end, this.end());
    draft.damaged = true;
    return draft;
  }

  private readonly variant = this.RULE('variant', (): Tree.VariantNode => {
    const start = this.CONSUME(K.variant).startOffset;
    const title = this.CONSUME(T.Text);
    const body: Tree.StatementNode[] = [];
    this.CONSUME(T.Open);
    this.MANY(() => add(body, this.SUBRULE(this.find)));
    this.CONSUME(T.Close);
    return { kind: 'variant', start, end: this.end(), title, body };
  });

  private readonly find: ParserMethod<[], Tree.StatementNode | undefined> = this.RULE('find', () =>
    this.OR(this.finds),
  );
  private readonly finds = [
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.each) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.let) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.on) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.installed) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.onePer) },
  ];

  // ---------- bulletin and patch

  private bulletinDraft: Draft<Tree.BulletinNode> | undefined;
  private readonly bulletin = this.RULE(
    'bulletin',
    (): Tree.BulletinNode | undefined => {
      const errors = this.errors.length;
      const node: Draft<Tree.BulletinNode> = {
        kind: 'bulletin',
        start: this.start(),
        end: 0,
        name: undefined,
        title: undefined,
        damaged: false,
        body: [],
      };
      this.bulletinDraft = node;
      this.CONSUME(K.bulletin);
      node.name = this.CONSUME(T.Name);
      node.title = this.OPTION(this.titleOption);
      this.CONSUME(T.Open);
      this.MANY(() => add(node.body, this.OR(this.bulletinItems)));
      this.CONSUME(T.Close);
      this.finish(node, errors);
      return node;
    },
    { recoveryValueFunc: () => this.recovered(this.bulletinDraft) },
  );
  private readonly bulletinItems = [
    { ALT: (): Tree.StatementNode | Tree.PatchNode | undefined => this.SUBRULE(this.patch) },
    { ALT: (): Tree.StatementNode | Tree.PatchNode | undefined => this.SUBRULE(this.shared) },
  ];

  private patchDraft: Draft<Tree.PatchNode> | undefined;
  readonly patch = this.RULE(
    'patch',
    (): Tree.PatchNode | undefined => {
      const errors = this.errors.length;
      const node: Draft<Tree.PatchNode> = {
        kind: 'patch',
        start: this.start(),
        end: 0,
        name: undefined,
        title: undefined,
        damaged: false,
        body: [],
      };
      this.patchDraft = node;
      this.CONSUME(K.patch);
      node.name = this.CONSUME(T.Name);
      node.title = this.OPTION(this.titleOption);
      this.OPTION1(() => add<Tree.StatementNode>(node.body, this.SUBRULE(this.fixes)));
      this.OPTION2(() => {
        this.CONSUME(T.Open);
        this.MANY(() => add(node.body, this.OR(this.patchItems)));
        this.CONSUME(T.Close);
      });
      this.finish(node, errors);
      return node;
    },
    { recoveryValueFunc: () => this.recovered(this.patchDraft) },
  );
  private readonly patchItems = [
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE1(this.fixes) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.shared) },
  ];

  private readonly shared: ParserMethod<[], Tree.StatementNode | undefined> = this.RULE('shared', () =>
    this.OR(this.sharedStatements),
  );
  private readonly sharedStatements = [
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.on) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.let) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.installed) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.missing) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.note) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.supersedes) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.supersededBy) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.warn) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.attribute) },
  ];

  // ---------- check

  private checkDraft: Draft<Tree.CheckNode> | undefined;
  private readonly check = this.RULE(
    'check',
    (): Tree.CheckNode | undefined => {
      const errors = this.errors.length;
      const node: Draft<Tree.CheckNode> = {
        kind: 'check',
        start: this.start(),
        end: 0,
        name: undefined,
        title: undefined,
        damaged: false,
        parameters: [],
        conditions: [],
      };
      this.checkDraft = node;
      this.CONSUME(K.check);
      node.name = this.CONSUME(T.Name);
      this.OPTION1(() => {
        this.CONSUME(T.OpenParen);
        this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => node.parameters.push(this.CONSUME(T.Word)) });
        this.CONSUME(T.CloseParen);
      });
      node.title = this.OPTION(this.titleOption);
      node.conditions = this.SUBRULE(this.block);
      this.finish(node, errors);
      return node;
    },
    { recoveryValueFunc: () => this.recovered(this.checkDraft) },
  );

  // ---------- test

  private testDraft: Draft<Tree.TestNode> | undefined;
  private readonly test = this.RULE(
    'test',
    (): Tree.TestNode | undefined => {
      const errors = this.errors.length;
      const node: Draft<Tree.TestNode> = {
        kind: 'test',
        start: this.start(),
        end: 0,
        name: undefined,
        title: undefined,
        damaged: false,
        body: [],
      };
      this.testDraft = node;
      this.CONSUME(K.test);
      node.title = this.CONSUME(T.Text);
      this.CONSUME(T.Open);
      this.MANY(() => add(node.body, this.OR(this.testItems)));
      this.CONSUME(T.Close);
      this.finish(node, errors);
      return node;
    },
    { recoveryValueFunc: () => this.recovered(this.testDraft) },
  );
  private readonly testItems = [
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.machine) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.given) },
    { ALT: (): Tree.StatementNode | undefined => this.SUBRULE(this.expect) },
  ];
}
