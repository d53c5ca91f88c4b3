/**
 * The same grammar building nothing: what the parser costs without a tree. Made from the productions of the real one, so the
 * two cannot differ; for the ratio of the two in one run.
 */
import {
  Alternation,
  EmbeddedActionsParser,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatoryWithSeparator,
  Terminal,
  type IProduction,
  type IToken,
  type Rule,
  type TokenType,
} from 'chevrotain';
import { DetectGrammar } from '../../server/src/syntax/grammar/declarations.ts';
import { messages } from '../../server/src/syntax/messages.ts';
import { VOCABULARY } from '../../server/src/syntax/tokens.ts';

// The methods are private by #: the names of rules become members too.
type Action = () => void;

const bodyOf = (one: IProduction): readonly IProduction[] =>
  (one as { readonly definition?: readonly IProduction[] }).definition ?? [];

/** A parser of the whole grammar that keeps nothing of what it reads. */
export class BareGrammar extends EmbeddedActionsParser {
  readonly #rules = new Map<string, Action>();

  constructor() {
    super(VOCABULARY, { recoveryEnabled: true, maxLookahead: 2, skipValidations: true });
    const productions: Record<string, Rule> = new DetectGrammar(messages).getGAstProductions();
    for (const [name, rule] of Object.entries(productions)) {
      const run = this.#sequence(rule.definition);
      this.#rules.set(name, this.RULE(name, run));
    }
    this.performSelfAnalysis();
  }

  /** Reads a file's tokens; false where they do not fit. */
  reads(tokens: IToken[]): boolean {
    this.input = tokens;
    this.#rule('file').call(this);
    return this.errors.length === 0;
  }

  #rule(name: string): Action {
    const found = this.#rules.get(name);
    if (found === undefined) throw new Error(`no rule ${name}`);
    return found;
  }

  #sequence(productions: readonly IProduction[]): Action {
    const steps = productions.map((one) => this.#step(one));
    const [only] = steps;
    if (steps.length === 1 && only !== undefined) return only;
    return () => {
      for (const step of steps) step();
    };
  }

  #step(one: IProduction): Action {
    if (one instanceof Terminal) {
      const { idx, terminalType } = one as unknown as { readonly idx: number; readonly terminalType: TokenType };
      return () => void this.consume(idx, terminalType);
    }
    if (one instanceof NonTerminal) {
      const { idx, nonTerminalName } = one as unknown as { readonly idx: number; readonly nonTerminalName: string };
      let rule: Action | undefined;
      return () => {
        rule ??= this.#rule(nonTerminalName);
        this.subrule(idx, rule);
      };
    }
    const { idx } = one as unknown as { readonly idx: number };
    if (one instanceof Alternation) {
      const alternatives = bodyOf(one).map((alternative) => ({ ALT: this.#sequence(bodyOf(alternative)) }));
      return () => this.or(idx, alternatives);
    }
    const body = this.#sequence(bodyOf(one));
    if (one instanceof Option) return () => this.option(idx, body);
    if (one instanceof Repetition) return () => this.many(idx, body);
    if (one instanceof RepetitionMandatoryWithSeparator) {
      const { separator } = one as unknown as { readonly separator: TokenType };
      const options = { SEP: separator, DEF: body };
      return () => this.AT_LEAST_ONE_SEP(options);
    }
    throw new Error(`the grammar has grown a kind of production that is not known here: ${one.constructor.name}`);
  }
}
