/** Readings: a thing, its property and the steps on the value; and the ranges that compare with them. */
import { EmbeddedActionsParser, type IParserErrorMessageProvider, type IToken, type TokenType } from 'chevrotain';
import * as T from '../tokens.ts';
import type * as Tree from '../tree.ts';
import { add, INNER, MOST_ERRORS, TooManyErrors } from './recovery.ts';

const { K } = T;

/** What chevrotain's parsers do with an error; its types leave it out. */
const { SAVE_ERROR } = EmbeddedActionsParser.prototype as unknown as { SAVE_ERROR: (error: Error) => Error };

/** Rules that need no condition. The grammar is one parser, written over several files by inheritance. */
export abstract class ReadingGrammar extends EmbeddedActionsParser {
  constructor(errorMessageProvider: IParserErrorMessageProvider, skipValidations: boolean) {
    super(T.VOCABULARY, { recoveryEnabled: true, maxLookahead: 2, skipValidations, errorMessageProvider });
  }

  /** Where the node that begins now begins. */
  protected start(): number {
    return this.LA(1).startOffset;
  }

  /** Where the node that is complete now ends. */
  protected end(): number {
    const last = this.LA(0);
    return last.startOffset + last.image.length;
  }

  /** Every error comes by here. */
  protected SAVE_ERROR(error: Error): Error {
    if (this.errors.length >= MOST_ERRORS) throw new TooManyErrors(this.start());
    return SAVE_ERROR.call(this, error);
  }

  /** A token that recovery puts in stands where the last one ended, with an empty image. */
  protected override getTokenToInsert(tokenType: TokenType): IToken {
    const offset = this.end();
    return {
      image: '',
      startOffset: Number.isNaN(offset) ? 0 : offset,
      tokenType,
      tokenTypeIdx: tokenType.tokenTypeIdx ?? 0,
      isInsertedInRecovery: true,
    };
  }

  protected readonly view = this.RULE(
    'view',
    (): Tree.Leaf => {
      this.CONSUME(K.view);
      return this.OR(this.viewAlternatives);
    },
    INNER,
  );
  private readonly viewAlternatives = [{ ALT: () => this.CONSUME(T.Int) }, { ALT: () => this.CONSUME(T.Word) }];

  // ---------- things

  private keyPath(): { start: number; path: Tree.Leaf; view: Tree.Leaf | undefined } {
    const start = this.CONSUME(K.key).startOffset;
    const path = this.CONSUME1(T.Text);
    const view = this.OPTION1(this.viewOption1);
    return { start, path, view };
  }
  private readonly viewOption1 = () => this.SUBRULE1(this.view);
  private readonly viewOption2 = () => this.SUBRULE2(this.view);
  private readonly propertyOption3 = () => this.OR3(this.properties);
  // `product` is a reserved word, and a property of files.
  private readonly properties = [{ ALT: () => this.CONSUME3(T.Word) }, { ALT: () => this.CONSUME3(K.product) }];
  private readonly wordOption4 = () => this.CONSUME4(T.Word);
  private readonly valueOption5 = () => {
    this.CONSUME5(K.value);
    return this.CONSUME5(T.Text);
  };
  private readonly valueOption6 = () => {
    this.CONSUME6(K.value);
    return this.CONSUME6(T.Text);
  };

  private objectPath(): { word: Tree.Leaf; path: Tree.Leaf; view: Tree.Leaf | undefined } {
    const word = this.OR2(this.objectWords);
    const path = this.CONSUME2(T.Text);
    const view = this.OPTION2(this.viewOption2);
    return { word, path, view };
  }
  private readonly objectWords = [
    { ALT: () => this.CONSUME(K.file) },
    { ALT: () => this.CONSUME(K.folder) },
    { ALT: () => this.CONSUME(K.service) },
  ];

  private readonly msiId = this.RULE(
    'msiId',
    (): { by: Tree.Leaf | undefined; id: Tree.Leaf } => {
      const by = this.OPTION(this.msiBy);
      const id = this.OR(this.msiIds);
      return { by, id };
    },
    INNER,
  );
  private readonly msiBy = () => this.CONSUME(T.Word);
  private readonly msiIds = [{ ALT: () => this.CONSUME(T.Guid) }, { ALT: () => this.CONSUME(T.Text) }];

  private nameSource(): Tree.NameNode {
    const name = this.CONSUME7(T.Word);
    const value = this.OPTION6(this.valueOption6);
    return { kind: 'name', start: name.startOffset, end: this.end(), name, value };
  }

  private literalSource(): Tree.LiteralNode {
    const literal = this.CONSUME(T.Literal);
    return {
      kind: 'literal',
      start: literal.startOffset,
      end: literal.startOffset + literal.image.length,
      literal,
    };
  }

  /** What a check is about: the property may be left out (`file "…" exists`). */
  protected readonly subject = this.RULE('subject', (): Tree.SourceNode => this.OR(this.subjects), INNER);
  private readonly subjects = [
    {
      ALT: (): Tree.SourceNode => {
        const { start, path, view } = this.keyPath();
        const value = this.OPTION5(this.valueOption5);
        return { kind: 'key', start, end: this.end(), path, view, value };
      },
    },
    {
      ALT: (): Tree.SourceNode => {
        const { word, path, view } = this.objectPath();
        const property = this.OPTION3(this.propertyOption3);
        return { kind: 'object', start: word.startOffset, end: this.end(), word, path, view, property };
      },
    },
    {
      ALT: (): Tree.SourceNode => {
        const start = this.CONSUME(K.msi).startOffset;
        const msi = this.SUBRULE(this.msiId);
        const property = this.OPTION4(this.wordOption4);
        return { kind: 'msi', start, end: this.end(), by: msi.by, id: msi.id, property };
      },
    },
    {
      ALT: (): Tree.SourceNode => {
        const start = this.CONSUME(K.hotfix).startOffset;
        const id = this.CONSUME(T.Name);
        return { kind: 'hotfix', start, end: this.end(), id };
      },
    },
    { ALT: (): Tree.SourceNode => this.nameSource() },
    { ALT: (): Tree.SourceNode => this.literalSource() },
  ];

  /** Where a value is read from: the property must be there, or the next statement's word would be taken for it. */
  private readonly source = this.RULE('source', (): Tree.SourceNode => this.OR(this.sources), INNER);
  private readonly sources = [
    {
      ALT: (): Tree.SourceNode => {
        const { start, path, view } = this.keyPath();
        const value = this.valueOption5();
        return { kind: 'key', start, end: this.end(), path, view, value };
      },
    },
    {
      ALT: (): Tree.SourceNode => {
        const { word, path, view } = this.objectPath();
        const property = this.propertyOption3();
        return { kind: 'object', start: word.startOffset, end: this.end(), word, path, view, property };
      },
    },
    {
      ALT: (): Tree.SourceNode => {
        const start = this.CONSUME(K.msi).startOffset;
        const msi = this.SUBRULE(this.msiId);
        const property = this.wordOption4();
        return { kind: 'msi', start, end: this.end(), by: msi.by, id: msi.id, property };
      },
    },
    { ALT: (): Tree.SourceNode => this.nameSource() },
    { ALT: (): Tree.SourceNode => this.literalSource() },
  ];

  protected readonly reading = this.RULE(
    'reading',
    (): Tree.ReadingNode => {
      const start = this.start();
      const source = this.SUBRULE(this.source);
      const steps: Tree.StepNode[] = [];
      this.MANY(() => add(steps, this.SUBRULE(this.step)));
      return { kind: 'reading', start, end: this.end(), source, steps };
    },
    INNER,
  );

  // ---------- steps

  protected readonly step = this.RULE('step', (): Tree.StepNode => this.OR(this.stepAlternatives), INNER);
  private readonly stepAlternatives = [
    {
      ALT: (): Tree.StepNode => {
        const start = this.CONSUME(K.as).startOffset;
        const what = this.OR1(this.asAlternatives);
        return { kind: 'as', start, end: this.end(), what };
      },
    },
    {
      ALT: (): Tree.StepNode => {
        const start = this.CONSUME(K.matching).startOffset;
        const regex = this.CONSUME(T.Regex);
        return { kind: 'matching', start, end: this.end(), regex };
      },
    },
    {
      ALT: (): Tree.StepNode => {
        const start = this.CONSUME(K.replacing).startOffset;
        const what = this.OR2(this.replacedAlternatives);
        this.CONSUME(K.with);
        const replacement = this.CONSUME1(T.Text);
        return { kind: 'replacing', start, end: this.end(), what, with: replacement };
      },
    },
  ];
  private readonly asAlternatives = [{ ALT: () => this.CONSUME(T.Word) }, { ALT: () => this.CONSUME(K.folder) }];
  private readonly replacedAlternatives = [{ ALT: () => this.CONSUME2(T.Text) }, { ALT: () => this.CONSUME2(T.Regex) }];

  // ---------- ranges

  protected readonly bound = this.RULE(
    'bound',
    (): Tree.BoundNode => {
      const operator = this.CONSUME(T.Compare);
      const value = this.SUBRULE(this.reading);
      return { kind: 'bound', start: operator.startOffset, end: this.end(), operator, value };
    },
    INNER,
  );

  /** One bound, or two that follow each other: `>= 14.0 < 15.0`. */
  protected readonly range = this.RULE(
    'range',
    (): Tree.BoundNode[] => {
      const first = this.SUBRULE(this.bound);
      const second = this.OPTION(() => this.SUBRULE1(this.bound));
      return second === undefined ? [first] : [first, second];
    },
    INNER,
  );

  protected readonly scoped = this.RULE(
    'scoped',
    (): Tree.ScopedNode => {
      const name = this.CONSUME(T.Name);
      const bounds = this.OPTION(() => this.SUBRULE(this.range)) ?? [];
      return { kind: 'scoped', start: name.startOffset, end: this.end(), name, bounds };
    },
    INNER,
  );

  protected readonly on = this.RULE(
    'on',
    (): Tree.OnNode => {
      const start = this.CONSUME(K.on).startOffset;
      const scopes: Tree.ScopedNode[] = [];
      this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => add(scopes, this.SUBRULE(this.scoped)) });
      return { kind: 'on', start, end: this.end(), scopes };
    },
    INNER,
  );
}
