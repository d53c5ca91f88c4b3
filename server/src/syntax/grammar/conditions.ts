/** Conditions: logic, quantifiers, uses of checks and products, and comparisons with their predicates. */
import type { ParserMethod } from 'chevrotain';
import * as T from '../tokens.ts';
import type * as Tree from '../tree.ts';
import { ReadingGrammar } from './readings.ts';
import { add, INNER } from './recovery.ts';

const { K } = T;

/** So many rules may be open at once: about a hundred blocks in each other. The stack would bear some thousands. */
export const MAX_OPEN_RULES = 400;

/** Thrown out of the parser where conditions stand too deep in each other; `parse` turns it into an error. */
export class NestedTooDeep extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super('nested too deep');
    this.offset = offset;
  }
}

interface Binder {
  readonly name: Tree.Leaf;
  readonly from: Tree.CollectionNode;
  readonly where: Tree.ConditionNode | undefined;
}

/** Rules from the comparison up to the condition. */
export abstract class ConditionGrammar extends ReadingGrammar {
  protected readonly collection = this.RULE(
    'collection',
    (): Tree.CollectionNode => {
      const what = this.CONSUME(T.Word);
      const patterns: Tree.Leaf[] = [];
      this.OPTION(() => this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => patterns.push(this.CONSUME(T.Text)) }));
      const view = this.OPTION1(this.collectionView);
      return { kind: 'collection', start: what.startOffset, end: this.end(), what, patterns, view };
    },
    INNER,
  );
  private readonly collectionView = () => this.SUBRULE(this.view);

  protected readonly condition: ParserMethod<[], Tree.ConditionNode> = this.RULE(
    'condition',
    (): Tree.ConditionNode => {
      const start = this.start();
      const first = this.SUBRULE(this.term);
      let terms: Tree.ConditionNode[] | undefined;
      let operators: Tree.Leaf[] | undefined;
      this.MANY(() => {
        operators ??= [];
        terms ??= [first];
        operators.push(this.OR(this.joiners));
        add(terms, this.SUBRULE1(this.term));
      });
      if (terms === undefined || operators === undefined) return first;
      return { kind: 'infix', start, end: this.end(), terms, operators };
    },
  );
  private readonly joiners = [{ ALT: () => this.CONSUME(K.and) }, { ALT: () => this.CONSUME(K.or) }];

  protected readonly term: ParserMethod<[], Tree.ConditionNode> = this.RULE(
    'term',
    (): Tree.ConditionNode => {
      // The parser's own count: one kept here would be wrong after an error.
      const { RULE_STACK_IDX } = this as unknown as { readonly RULE_STACK_IDX: number };
      if (RULE_STACK_IDX > MAX_OPEN_RULES) throw new NestedTooDeep(this.start());
      return this.OR(this.terms);
    },
    INNER,
  );
  private readonly terms = [
    {
      ALT: (): Tree.ConditionNode => {
        const start = this.CONSUME(K.not).startOffset;
        const of = this.SUBRULE(this.term);
        return { kind: 'not', start, end: this.end(), of };
      },
    },
    { ALT: (): Tree.ConditionNode => this.SUBRULE(this.group) },
    { ALT: (): Tree.ConditionNode => this.SUBRULE(this.useCheck) },
    { ALT: (): Tree.ConditionNode => this.SUBRULE(this.useProduct) },
    { ALT: (): Tree.ConditionNode => this.SUBRULE(this.on) },
    { ALT: (): Tree.ConditionNode => this.SUBRULE(this.comparison) },
  ];

  protected readonly where = this.RULE(
    'where',
    (): Tree.ConditionNode => {
      this.CONSUME(K.where);
      return this.SUBRULE(this.condition);
    },
    INNER,
  );
  protected readonly whereOption = () => this.SUBRULE(this.where);

  protected readonly block = this.RULE(
    'block',
    (): Tree.ConditionNode[] => {
      const items: Tree.ConditionNode[] = [];
      this.CONSUME(T.Open);
      this.MANY(() => {
        add(items, this.SUBRULE(this.condition));
      });
      this.CONSUME(T.Close);
      return items;
    },
    INNER,
  );

  private readonly group: ParserMethod<[], Tree.GroupNode> = this.RULE(
    'group',
    (): Tree.GroupNode => {
      const operator = this.OR(this.groupWords);
      const binder = this.OPTION(this.binder);
      const items = this.SUBRULE(this.block);
      return {
        kind: 'group',
        start: operator.startOffset,
        end: this.end(),
        operator,
        name: binder?.name,
        from: binder?.from,
        where: binder?.where,
        items,
      };
    },
    INNER,
  );
  private readonly groupWords = [{ ALT: () => this.CONSUME(K.all) }, { ALT: () => this.CONSUME(K.any) }];
  private readonly binder = (): Binder => {
    const name = this.CONSUME(T.Word);
    this.CONSUME(K.in);
    const from = this.SUBRULE(this.collection);
    const where = this.OPTION1(this.whereOption);
    return { name, from, where };
  };

  private readonly useCheck = this.RULE(
    'useCheck',
    (): Tree.UseCheckNode => {
      const start = this.CONSUME(K.check).startOffset;
      const name = this.CONSUME(T.Name);
      const args: Tree.ReadingNode[] = [];
      this.OPTION(() => {
        this.CONSUME(T.OpenParen);
        this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => add(args, this.SUBRULE(this.reading)) });
        this.CONSUME(T.CloseParen);
      });
      return { kind: 'use-check', start, end: this.end(), name, args };
    },
    INNER,
  );

  private readonly useProduct = this.RULE(
    'useProduct',
    (): Tree.UseProductNode => {
      const start = this.CONSUME(K.product).startOffset;
      const name = this.CONSUME(T.Name);
      let bounds: readonly Tree.BoundNode[] = [];
      let state: Tree.StateNode | undefined;
      this.OR([
        { ALT: () => void (bounds = this.SUBRULE(this.range)) },
        { ALT: () => void (state = this.SUBRULE(this.state)) },
      ]);
      return { kind: 'use-product', start, end: this.end(), name, bounds, state };
    },
    INNER,
  );

  private readonly comparison = this.RULE(
    'comparison',
    (): Tree.CompareNode => {
      const start = this.start();
      const subject = this.SUBRULE(this.subject);
      const steps: Tree.StepNode[] = [];
      this.MANY(() => add(steps, this.SUBRULE(this.step)));
      const predicate = this.SUBRULE(this.predicate);
      return { kind: 'compare', start, end: this.end(), subject, steps, predicate };
    },
    INNER,
  );

  // ---------- predicates

  protected readonly predicate: ParserMethod<[], Tree.PredicateNode> = this.RULE(
    'predicate',
    (): Tree.PredicateNode => {
      const start = this.start();
      const test = this.OR(this.predicates);
      const ifPresent = this.OPTION1(this.ifPresent) === true;
      return { kind: 'predicate', start, end: this.end(), test, ifPresent };
    },
    INNER,
  );
  private readonly ifPresent = (): true => {
    this.CONSUME(K.if);
    this.CONSUME(K.present);
    return true;
  };
  private readonly predicates = [
    {
      ALT: (): Tree.PredicateNode['test'] => {
        const start = this.CONSUME(K.exists).startOffset;
        return { kind: 'exists', start, end: this.end() };
      },
    },
    { ALT: (): Tree.PredicateNode['test'] => this.SUBRULE(this.state) },
    {
      ALT: (): Tree.PredicateNode['test'] => {
        const start = this.start();
        const quantifier = this.OPTION(this.quantifier);
        const test = this.SUBRULE(this.testing);
        return { kind: 'tested', start, end: this.end(), quantifier, test };
      },
    },
  ];
  private readonly quantifier = () => this.OR1(this.quantifiers);
  private readonly quantifiers = [{ ALT: () => this.CONSUME(K.any) }, { ALT: () => this.CONSUME(K.all) }];

  private readonly state: ParserMethod<[], Tree.StateNode> = this.RULE(
    'state',
    (): Tree.StateNode => {
      const start = this.CONSUME(K.is).startOffset;
      const negated = this.OPTION(() => this.CONSUME(K.not)) !== undefined;
      const values: Tree.ReadingNode[] = [];
      const word = this.OR([
        { ALT: (): Tree.Leaf | undefined => this.CONSUME(T.Word) },
        { ALT: (): Tree.Leaf | undefined => this.CONSUME(K.installed) },
        { ALT: (): Tree.Leaf | undefined => this.CONSUME(K.absent) },
        { ALT: (): Tree.Leaf | undefined => this.CONSUME(K.unknown) },
        {
          ALT: (): Tree.Leaf | undefined => {
            this.CONSUME(K.one);
            this.CONSUME(K.of);
            this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => add(values, this.SUBRULE(this.reading)) });
            return undefined;
          },
        },
      ]);
      return { kind: 'state', start, end: this.end(), negated, word, values };
    },
    INNER,
  );

  private readonly testing: ParserMethod<[], Tree.TestingNode> = this.RULE(
    'testing',
    (): Tree.TestingNode => this.OR(this.tests),
    INNER,
  );
  private readonly tests = [
    {
      ALT: (): Tree.TestingNode => {
        const start = this.start();
        const bounds = this.SUBRULE(this.range);
        return { kind: 'range', start, end: this.end(), bounds };
      },
    },
    {
      ALT: (): Tree.TestingNode => {
        const start = this.CONSUME(K.contains).startOffset;
        const value = this.SUBRULE(this.reading);
        return { kind: 'contains', start, end: this.end(), value };
      },
    },
    {
      ALT: (): Tree.TestingNode => {
        const start = this.CONSUME(K.starts).startOffset;
        this.CONSUME1(K.with);
        const value = this.SUBRULE1(this.reading);
        return { kind: 'starts-with', start, end: this.end(), value };
      },
    },
    {
      ALT: (): Tree.TestingNode => {
        const start = this.CONSUME(K.ends).startOffset;
        this.CONSUME2(K.with);
        const value = this.SUBRULE2(this.reading);
        return { kind: 'ends-with', start, end: this.end(), value };
      },
    },
    {
      ALT: (): Tree.TestingNode => {
        const start = this.CONSUME(K.like).startOffset;
        const pattern = this.CONSUME(T.Text);
        return { kind: 'like', start, end: this.end(), pattern };
      },
    },
    {
      ALT: (): Tree.TestingNode => {
        const start = this.CONSUME(K.matches).startOffset;
        const regex = this.CONSUME(T.Regex);
        return { kind: 'matches', start, end: this.end(), regex };
      },
    },
    {
      ALT: (): Tree.TestingNode => {
        const than = this.OR1(this.ages);
        this.CONSUME(K.than);
        const duration = this.CONSUME(T.Duration);
        return { kind: 'age', start: than.startOffset, end: this.end(), than, duration };
      },
    },
    { ALT: (): Tree.TestingNode => this.SUBRULE(this.reaches) },
  ];
  private readonly ages = [{ ALT: () => this.CONSUME(K.older) }, { ALT: () => this.CONSUME(K.newer) }];

  private readonly reaches: ParserMethod<[], Tree.ReachesNode> = this.RULE(
    'reaches',
    (): Tree.ReachesNode => {
      const start = this.CONSUME(K.reaches).startOffset;
      const rows: Tree.RowNode[] = [];
      let otherwise: Tree.Leaf | undefined;
      this.OR([
        { ALT: () => void add(rows, this.SUBRULE(this.row)) },
        {
          ALT: () => {
            this.CONSUME(T.Open);
            this.MANY(() => add(rows, this.SUBRULE1(this.row)));
            otherwise = this.OPTION(() => {
              this.CONSUME(K.otherwise);
              return this.OR1([{ ALT: () => this.CONSUME(K.true) }, { ALT: () => this.CONSUME(K.false) }]);
            });
            this.CONSUME(T.Close);
          },
        },
      ]);
      return { kind: 'reaches', start, end: this.end(), rows, otherwise };
    },
    INNER,
  );

  private readonly row: ParserMethod<[], Tree.RowNode> = this.RULE(
    'row',
    (): Tree.RowNode => {
      const fixed = this.SUBRULE(this.rowVersion);
      const from = this.OPTION(this.rowFrom);
      return { kind: 'row', start: fixed.startOffset, end: this.end(), fixed, from };
    },
    INNER,
  );
  private readonly rowFrom = () => {
    this.CONSUME(K.from);
    return this.SUBRULE1(this.rowVersion);
  };

  private readonly rowVersion: ParserMethod<[], Tree.Leaf> = this.RULE(
    'rowVersion',
    (): Tree.Leaf => this.OR(this.rowVersions),
    INNER,
  );
  private readonly rowVersions = [
    { ALT: () => this.CONSUME(T.Version) },
    { ALT: () => this.CONSUME(T.Int) },
    { ALT: () => this.CONSUME(T.Word) },
  ];
}
