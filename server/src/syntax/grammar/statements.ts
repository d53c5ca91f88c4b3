/** Statements: what stands in declarations, one rule each. */
import * as T from '../tokens.ts';
import type * as Tree from '../tree.ts';
import { ConditionGrammar } from './conditions.ts';
import { add, type Draft } from './recovery.ts';

const { K } = T;

/** Rules of the statements of products, patches and tests. */
export abstract class StatementGrammar extends ConditionGrammar {
  protected readonly titleOption = () => this.CONSUME(T.Text);

  private eachDraft: Draft<Tree.EachNode> | undefined;
  protected readonly each = this.RULE(
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

  private letDraft: Draft<Tree.LetNode> | Draft<Tree.EachNode> | undefined;
  protected readonly let = this.RULE(
    'let',
    (): Tree.LetNode | Tree.EachNode | undefined => {
      const start = this.start();
      const node: Draft<Tree.LetNode> = { kind: 'let', start, end: 0, name: undefined, choices: [] };
      this.letDraft = node;
      this.CONSUME(K.let);
      node.name = this.CONSUME(T.Word);
      this.OR([
        {
          ALT: () => {
            this.CONSUME(T.Equal);
            add(node.choices, this.SUBRULE(this.choice));
            this.MANY(() => {
              this.CONSUME(K.else);
              add(node.choices, this.SUBRULE1(this.choice));
            });
          },
        },
        {
          ALT: () => {
            const first: Draft<Tree.EachNode> = {
              ...{ kind: 'each', first: true, start, end: 0, name: node.name, from: undefined, where: undefined },
            };
            this.letDraft = first;
            this.CONSUME(K.in);
            first.from = this.SUBRULE(this.collection);
            first.where = this.OPTION(this.whereOption);
          },
        },
      ]);
      this.letDraft.end = this.end();
      return this.letDraft;
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

  protected readonly installed = this.RULE('installed', (): Tree.InstalledNode => {
    const start = this.CONSUME(K.installed).startOffset;
    this.CONSUME(K.when);
    const condition = this.SUBRULE(this.condition);
    return { kind: 'installed', start, end: this.end(), condition };
  });

  protected readonly onePer = this.RULE('onePer', (): Tree.OnePerNode => {
    const start = this.CONSUME(K.one).startOffset;
    this.CONSUME(K.per);
    const names: Tree.Leaf[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => names.push(this.CONSUME(T.Word)) });
    return { kind: 'one-per', start, end: this.end(), names };
  });

  protected readonly attribute = this.RULE('attribute', (): Tree.AttributeNode => {
    const name = this.CONSUME(T.Word);
    const values: Tree.Leaf[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => values.push(this.OR(this.attributeValues)) });
    return { kind: 'attribute', start: name.startOffset, end: this.end(), name, values };
  });
  private readonly attributeValues = [{ ALT: () => this.CONSUME(T.Literal) }, { ALT: () => this.CONSUME1(T.Word) }];

  protected readonly fixes = this.RULE('fixes', (): Tree.FixesNode => {
    const start = this.CONSUME(K.fixes).startOffset;
    const scopes: Tree.ScopedNode[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => add(scopes, this.SUBRULE(this.scoped)) });
    return { kind: 'fixes', start, end: this.end(), scopes };
  });

  protected readonly missing = this.RULE('missing', (): Tree.MissingNode => {
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

  protected readonly note = this.RULE('note', (): Tree.NoteNode => {
    const start = this.CONSUME(K.note).startOffset;
    const why = this.CONSUME(T.Text);
    return { kind: 'note', start, end: this.end(), why };
  });

  protected readonly supersedes = this.RULE('supersedes', (): Tree.SupersedesNode => {
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

  protected readonly supersededBy = this.RULE('supersededBy', (): Tree.SupersededByNode => {
    const start = this.CONSUME(K.superseded).startOffset;
    this.CONSUME(K.by);
    const names: Tree.Leaf[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => names.push(this.CONSUME(T.Name)) });
    return { kind: 'superseded-by', start, end: this.end(), names };
  });

  protected readonly warn = this.RULE('warn', (): Tree.WarnNode => {
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

  protected readonly machine = this.RULE('machine', (): Tree.MachineNode => {
    const start = this.CONSUME(K.machine).startOffset;
    const files: Tree.Leaf[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => files.push(this.CONSUME(T.Text)) });
    return { kind: 'machine', start, end: this.end(), files };
  });

  protected readonly given = this.RULE('given', (): Tree.GivenNode => {
    const start = this.CONSUME(K.given).startOffset;
    const term = this.SUBRULE(this.term);
    return { kind: 'given', start, end: this.end(), term };
  });

  protected readonly expect = this.RULE('expect', (): Tree.ExpectNode => {
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
