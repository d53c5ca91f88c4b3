/**
 * An exact LL(k) check over a grammar's productions. Parser generators of the LL(k) kind compare alternatives, but not an
 * optional part with what may follow it beyond the rule's end; here both are compared, with categories of tokens spelled out.
 */
import {
  Alternation,
  NonTerminal,
  Option,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  Terminal,
  type IProduction,
  type Rule,
  type TokenType,
} from 'chevrotain';

/** Token sequences of at most k tokens, each written with blanks between. */
type Sequences = ReadonlySet<string>;
const NOTHING: Sequences = new Set(['']);

/** What two parts that the parser must choose between have in common: `rule: kind: sequences`. */
export function llConflicts(rules: Readonly<Record<string, Rule>>, start: string, k: number): readonly string[] {
  const grammar = new Grammar(rules, start, k);
  return grammar.conflicts();
}

class Grammar {
  private readonly first = new Map<string, Sequences>();
  private readonly follow = new Map<string, Sequences>();
  private readonly rules: Readonly<Record<string, Rule>>;
  private readonly k: number;
  private readonly members = new Map<TokenType, Sequences>();

  constructor(rules: Readonly<Record<string, Rule>>, start: string, k: number) {
    this.rules = rules;
    this.k = k;
    for (const name of Object.keys(rules)) {
      this.first.set(name, new Set());
      this.follow.set(name, new Set());
    }
    this.untilStable(() => {
      for (const [name, rule] of Object.entries(rules)) this.grow(this.first, name, this.sequence(rule.definition));
    });
    this.follow.set(start, new Set(['EOF']));
    this.untilStable(() => {
      for (const [name, rule] of Object.entries(rules))
        this.walk(rule.definition, this.of(this.follow, name), () => {});
    });
  }

  conflicts(): readonly string[] {
    const found = new Set<string>();
    for (const [name, rule] of Object.entries(this.rules)) {
      this.walk(rule.definition, this.of(this.follow, name), (kind, left, right) => {
        const common = [...left].filter((sequence) => right.has(sequence));
        if (common.length > 0) found.add(`${name}: ${kind}: ${common.slice(0, 5).join(' | ')}`);
      });
    }
    return [...found];
  }

  private grown = false;
  private untilStable(pass: () => void): void {
    do {
      this.grown = false;
      pass();
    } while (this.grown);
  }
  private grow(sets: Map<string, Sequences>, name: string, more: Sequences): void {
    const before = this.of(sets, name);
    const after = new Set([...before, ...more]);
    if (after.size === before.size) return;
    sets.set(name, after);
    this.grown = true;
  }
  private of(sets: ReadonlyMap<string, Sequences>, name: string): Sequences {
    return sets.get(name) ?? new Set();
  }

  /** A category stands for each of its tokens. */
  private tokensOf(type: TokenType): Sequences {
    let found = this.members.get(type);
    if (found === undefined) {
      found = new Set([type.tokenTypeIdx, ...(type.categoryMatches ?? [])].map((index) => `#${index}`));
      this.members.set(type, found);
    }
    return found;
  }

  private concat(left: Sequences, right: Sequences): Sequences {
    const found = new Set<string>();
    for (const a of left) {
      const head = a === '' ? [] : a.split(' ');
      if (head.length >= this.k) found.add(a);
      else for (const b of right) found.add([...head, ...(b === '' ? [] : b.split(' '))].slice(0, this.k).join(' '));
    }
    return found;
  }
  private repeat(body: Sequences): Sequences {
    let found: Sequences = NOTHING;
    for (let i = 0; i < this.k; i++) found = union(NOTHING, this.concat(body, found));
    return found;
  }
  private sequence(productions: readonly IProduction[]): Sequences {
    return productions.reduce<Sequences>((before, one) => this.concat(before, this.firstOf(one)), NOTHING);
  }
  private firstOf(one: IProduction): Sequences {
    if (one instanceof Terminal) return this.tokensOf(one.terminalType);
    if (one instanceof NonTerminal) return this.of(this.first, one.nonTerminalName);
    if (one instanceof Alternation)
      return bodyOf(one)
        .map((alternative) => this.sequence(bodyOf(alternative)))
        .reduce(union);
    const body = this.sequence(bodyOf(one));
    if (one instanceof Option) return union(NOTHING, body);
    const again = this.repeat(this.separated(one, body));
    if (one instanceof RepetitionMandatory || one instanceof RepetitionMandatoryWithSeparator)
      return this.concat(body, again);
    return union(NOTHING, this.concat(body, again));
  }
  private separated(one: IProduction, body: Sequences): Sequences {
    return one instanceof RepetitionMandatoryWithSeparator || one instanceof RepetitionWithSeparator
      ? this.concat(this.tokensOf(one.separator), body)
      : body;
  }

  private walk(
    productions: readonly IProduction[],
    after: Sequences,
    compare: (kind: string, a: Sequences, b: Sequences) => void,
  ): void {
    let tail = after;
    for (const one of productions.toReversed()) {
      if (one instanceof NonTerminal) this.grow(this.follow, one.nonTerminalName, tail);
      else if (one instanceof Alternation) this.walkAlternation(one, tail, compare);
      else if (!(one instanceof Terminal)) {
        const body = this.sequence(bodyOf(one));
        const loop = one instanceof Option ? tail : this.concat(this.repeat(this.separated(one, body)), tail);
        this.walk(bodyOf(one), loop, compare);
        const again = one instanceof Option ? body : this.separated(one, body);
        compare('optional part and what may follow', this.concat(again, loop), tail);
      }
      tail = this.concat(this.firstOf(one), tail);
    }
  }
  private walkAlternation(
    one: IProduction,
    tail: Sequences,
    compare: (kind: string, a: Sequences, b: Sequences) => void,
  ): void {
    const sets = bodyOf(one).map((alternative) => {
      this.walk(bodyOf(alternative), tail, compare);
      return this.concat(this.sequence(bodyOf(alternative)), tail);
    });
    for (const [i, left] of sets.entries()) for (const right of sets.slice(i + 1)) compare('alternatives', left, right);
  }
}

const union = (a: Sequences, b: Sequences): Sequences => new Set([...a, ...b]);

/** What a production is made of; a terminal of nothing. */
const bodyOf = (one: IProduction): readonly IProduction[] =>
  (one as { readonly definition?: readonly IProduction[] }).definition ?? [];
