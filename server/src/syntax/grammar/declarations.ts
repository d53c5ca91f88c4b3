/** Declarations and their statements: the top of the grammar. */
import type { IParserErrorMessageProvider, ParserMethod } from 'chevrotain';
import * as T from '../tokens.ts';
import type * as Tree from '../tree.ts';
import { ConditionGrammar } from './conditions.ts';
import { add } from './recovery.ts';

const { K } = T;

/** Nodes are filled while their rule runs, so that recovery can return what there is already. */
type Draft<T> = { -readonly [P in keyof T]: T[P] extends readonly (infer E)[] ? E[] : T[P] };

/** The whole grammar. `file` is where it begins; `declaration` and `patch` parse one alone. */
export class DetectGrammar extends ConditionGrammar {
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

  private readonly titleOption = () => this.CONSUME(T.Text);

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

  private eachDraft: Draft<Tree.EachNode> | undefined;
  private readonly each = this.RULE(
    'each',
    (): Tree.EachNode | undefined => {
      const node: Draft<Tree.EachNode> = {
        kind: 'each',
        start: this.start(),
        end: 0,
        name: undefined,
        from: undefined,
        where: undefined,
      };
      this.eachDraft = node;
      this.CONSUME(K.each);
      node.name = this.CONSUME(T.Word);
      this.CONSUME(K.in);
      node.from = this.SUBRULE(this.collection);
      node.where = this.OPTION(this.whereOption);
      node.end = this.end();
      return node;
    },
    { recoveryValueFunc: () => this.recoveredStatement(this.eachDraft) },
  );

  private recoveredStatement<N extends { end: number }>(draft: N | undefined): N | undefined {
    if (draft !== undefined) draft.end = Math.max(draft.end, this.end());
    return draft;
  }

  private letDraft: Draft<Tree.LetNode> | undefined;
  private readonly let = this.RULE(
    'let',
    (): Tree.LetNode | undefined => {
      const node: Draft<Tree.LetNode> = { kind: 'let', start: this.start(), end: 0, name: undefined, choices: [] };
      this.letDraft = node;
      this.CONSUME(K.let);
      node.name = this.CONSUME(T.Word);
      this.CONSUME(T.Equal);
      add(node.choices, this.SUBRULE(this.choice));
      this.MANY(() => {
        this.CONSUME(K.else);
        add(node.choices, this.SUBRULE1(this.choice));
      });
      node.end = this.end();
      return node;
    },
    { recoveryValueFunc: () => this.recoveredStatement(this.letDraft) },
  );

  private readonly choice = this.RULE('choice', (): Tree.ChoiceNode => {
    const start = this.start();
    const value = this.SUBRULE(this.reading);
    const when = this.OPTION(this.choiceWhen);
    return { kind: 'choice', start, end: this.end(), value, when };
  });
  private readonly choiceWhen = () => {
    this.CONSUME(K.when);
    return this.SUBRULE(this.condition);
  };

  private readonly installed = this.RULE('installed', (): Tree.InstalledNode => {
    const start = this.CONSUME(K.installed).startOffset;
    this.CONSUME(K.when);
    const condition = this.SUBRULE(this.condition);
    return { kind: 'installed', start, end: this.end(), condition };
  });

  private readonly onePer = this.RULE('onePer', (): Tree.OnePerNode => {
    const start = this.CONSUME(K.one).startOffset;
    this.CONSUME(K.per);
    const names: Tree.Leaf[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => names.push(this.CONSUME(T.Word)) });
    return { kind: 'one-per', start, end: this.end(), names };
  });

  private readonly attribute = this.RULE('attribute', (): Tree.AttributeNode => {
    const name = this.CONSUME(T.Word);
    const values: Tree.Leaf[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => values.push(this.OR(this.attributeValues)) });
    return { kind: 'attribute', start: name.startOffset, end: this.end(), name, values };
  });
  private readonly attributeValues = [{ ALT: () => this.CONSUME(T.Literal) }, { ALT: () => this.CONSUME1(T.Word) }];

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

  private readonly fixes = this.RULE('fixes', (): Tree.FixesNode => {
    const start = this.CONSUME(K.fixes).startOffset;
    const scopes: Tree.ScopedNode[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => add(scopes, this.SUBRULE(this.scoped)) });
    return { kind: 'fixes', start, end: this.end(), scopes };
  });

  private readonly missing = this.RULE('missing', (): Tree.MissingNode => {
    const start = this.CONSUME(K.missing).startOffset;
    let always = false;
    let why: Tree.Leaf | undefined;
    let condition: Tree.ConditionNode | undefined;
    this.OR([
      {
        ALT: () => {
          this.CONSUME(K.when);
          condition = this.SUBRULE(this.condition);
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.always);
          always = true;
          why = this.OPTION(this.titleOption);
        },
      },
    ]);
    return { kind: 'missing', start, end: this.end(), always, why, condition };
  });

  private readonly note = this.RULE('note', (): Tree.NoteNode => {
    const start = this.CONSUME(K.note).startOffset;
    const why = this.CONSUME(T.Text);
    return { kind: 'note', start, end: this.end(), why };
  });

  private readonly supersedes = this.RULE('supersedes', (): Tree.SupersedesNode => {
    const start = this.CONSUME(K.supersedes).startOffset;
    const items: { name: Tree.Leaf; before: Tree.Leaf | undefined }[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: T.Comma,
      DEF: () => {
        const name = this.CONSUME(T.Name);
        const before = this.OPTION(this.beforeDate);
        items.push({ name, before });
      },
    });
    return { kind: 'supersedes', start, end: this.end(), items };
  });
  private readonly beforeDate = () => {
    this.CONSUME(K.before);
    return this.CONSUME(T.DateLiteral);
  };

  private readonly supersededBy = this.RULE('supersededBy', (): Tree.SupersededByNode => {
    const start = this.CONSUME(K.superseded).startOffset;
    this.CONSUME(K.by);
    const names: Tree.Leaf[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => names.push(this.CONSUME(T.Name)) });
    return { kind: 'superseded-by', start, end: this.end(), names };
  });

  private readonly warn = this.RULE('warn', (): Tree.WarnNode => {
    const start = this.CONSUME(K.warn).startOffset;
    const text = this.OPTION(this.titleOption);
    this.CONSUME(K.when);
    let newer = false;
    let condition: Tree.ConditionNode | undefined;
    this.OR([
      {
        ALT: () => {
          this.CONSUME(K.newer);
          newer = true;
        },
      },
      { ALT: () => void (condition = this.SUBRULE(this.condition)) },
    ]);
    return { kind: 'warn', start, end: this.end(), text, newer, condition };
  });

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

  private readonly machine = this.RULE('machine', (): Tree.MachineNode => {
    const start = this.CONSUME(K.machine).startOffset;
    const files: Tree.Leaf[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => files.push(this.CONSUME(T.Text)) });
    return { kind: 'machine', start, end: this.end(), files };
  });

  private readonly given = this.RULE('given', (): Tree.GivenNode => {
    const start = this.CONSUME(K.given).startOffset;
    const term = this.SUBRULE(this.term);
    return { kind: 'given', start, end: this.end(), term };
  });

  private readonly expect = this.RULE('expect', (): Tree.ExpectNode => {
    const start = this.CONSUME(K.expect).startOffset;
    const name = this.CONSUME(T.Name);
    const product = this.OPTION(this.expectFor);
    const words: Tree.Leaf[] = [];
    this.MANY(() => words.push(this.OR(this.expectWords)));
    const predicate = this.OPTION1(this.expectPredicate);
    return { kind: 'expect', start, end: this.end(), name, product, words, predicate };
  });
  private readonly expectFor = () => {
    this.CONSUME(K.for);
    return this.CONSUME1(T.Name);
  };
  private readonly expectPredicate = () => this.SUBRULE(this.predicate);
  private readonly expectWords = [
    { ALT: () => this.CONSUME(K.not) },
    { ALT: () => this.CONSUME(K.installed) },
    { ALT: () => this.CONSUME(K.missing) },
    { ALT: () => this.CONSUME(K.superseded) },
    { ALT: () => this.CONSUME(K.note) },
    { ALT: () => this.CONSUME(K.unknown) },
    { ALT: () => this.CONSUME(T.Word) },
    { ALT: () => this.CONSUME(T.Int) },
  ];
}
