/**
 * Which tokens may stand at a place: the grammar, as chevrotain records it, walked along the tokens before the place.
 * The walk keeps every way the tokens can be read; a token that fits none of them is handled as the parser would recover:
 * what was begun inside is given up, or the token is passed over. So there is an answer after any tokens.
 */
import {
  Alternation,
  Alternative,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  Terminal,
  tokenMatcher,
  type IProduction,
  type IToken,
  type Rule,
  type TokenType,
} from 'chevrotain';

/** A token that may come next, and the rule that wants it. */
export interface Expected {
  readonly type: TokenType;
  readonly rule: string;
}

/** What is still to be read: one production, then the rest. Alike stacks are one object, however they came about. */
interface Stack {
  readonly production: IProduction;
  readonly rule: string;
  readonly rest: Stack | undefined;
  /** What it can begin with, once that is known. */
  opened: readonly State[] | undefined;
  /** The stacks that this is the rest of, by the production on top. */
  above: Map<IProduction, Stack> | undefined;
}

interface State extends Expected {
  readonly rest: Stack | undefined;
}

/** More ways to read some tokens than content ever has; beyond, the first ones count. */
const MOST_WAYS = 300;
/** What is begun and never ended takes memory: with so many stacks nothing more is expected. */
const MOST_STACKS = 100_000;
/** A token that fits nothing closes no more than so many blocks. */
const MOST_GIVEN_UP = 64;

/** What may follow `before`, which begins with the rule `start`. */
export function expectedAfter(start: Rule, before: readonly IToken[]): readonly Expected[] {
  const walk = new Walk();
  let states = walk.begin(start);
  // Tokens that fit nothing here, whatever is given up.
  let strays = new Set<TokenType>();
  for (const token of before) {
    if (strays.has(token.tokenType)) continue;
    const next = walk.advance(states, token) ?? walk.resume(states, token);
    if (next === undefined) strays.add(token.tokenType);
    else strays = new Set();
    states = next ?? states;
    if (walk.stacks > MOST_STACKS) return [];
  }
  return states;
}

/** The productions after the first element of a separated list, one object for each list. */
const continuations = new WeakMap<IProduction, Repetition>();

class Walk {
  readonly #bottoms = new Map<IProduction, Stack>();
  /** How many there are. */
  stacks = 0;

  begin({ definition, name }: Rule): readonly State[] {
    return this.#open(this.#sequence(definition, name, undefined));
  }

  advance(states: readonly State[], token: IToken): readonly State[] | undefined {
    const rests = new Set<Stack | undefined>();
    for (const { type, rest } of states) if (tokenMatcher(token, type)) rests.add(rest);
    return rests.size === 0 ? undefined : this.#openAll(rests);
  }

  /** Gives up what was begun, from the inside out, until the token fits. */
  resume(states: readonly State[], token: IToken): readonly State[] | undefined {
    let stacks = restsOf(states);
    for (let levels = 0; stacks.size > 0 && levels < MOST_GIVEN_UP; levels++) {
      const next = this.advance(this.#openAll(stacks), token);
      if (next) return next;
      stacks = restsOf(stacks);
    }
    return undefined;
  }

  #openAll(stacks: ReadonlySet<Stack | undefined>): readonly State[] {
    const [only] = stacks;
    if (stacks.size === 1) return this.#open(only);
    return distinct([...stacks].flatMap((stack) => this.#open(stack)));
  }

  /** Every token that a stack can begin with. */
  #open(stack: Stack | undefined): readonly State[] {
    if (stack === undefined) return [];
    if (stack.opened !== undefined) return stack.opened;
    // Whoever gets here again without having read anything finds nothing new.
    stack.opened = [];
    return (stack.opened = distinct(this.#beginnings(stack)));
  }

  #beginnings(stack: Stack): readonly State[] {
    const { production, rule, rest } = stack;
    const into = (definition: readonly IProduction[], then = rest): readonly State[] =>
      this.#open(this.#sequence(definition, rule, then));
    if (production instanceof Terminal) return [{ type: production.terminalType, rule, rest }];
    if (production instanceof NonTerminal) {
      const { definition, name } = production.referencedRule;
      return this.#open(this.#sequence(definition, name, rest));
    }
    if (production instanceof Alternation) return production.definition.flatMap((one) => into([one]));
    if (production instanceof Alternative) return into(production.definition);
    if (production instanceof Option) return [...into(production.definition), ...this.#open(rest)];
    if (production instanceof Repetition) return [...into(production.definition, stack), ...this.#open(rest)];
    if (production instanceof RepetitionMandatory) return into(production.definition, this.#again(production, stack));
    if (production instanceof RepetitionWithSeparator)
      return [...into(production.definition, this.#again(production, stack)), ...this.#open(rest)];
    if (production instanceof RepetitionMandatoryWithSeparator)
      return into(production.definition, this.#again(production, stack));
    return this.#open(rest);
  }

  /** After one element of a list: any number of further ones, each with the separator before it where there is one. */
  #again(
    list: RepetitionMandatory | RepetitionWithSeparator | RepetitionMandatoryWithSeparator,
    { rule, rest }: Stack,
  ): Stack {
    let further = continuations.get(list);
    if (further === undefined) {
      const before = list instanceof RepetitionMandatory ? [] : [new Terminal({ terminalType: list.separator })];
      further = new Repetition({ definition: [...before, ...list.definition] });
      continuations.set(list, further);
    }
    return this.#stack(further, rule, rest);
  }

  #sequence(definition: readonly IProduction[], rule: string, rest: Stack | undefined): Stack | undefined {
    return definition.reduceRight<Stack | undefined>((then, production) => this.#stack(production, rule, then), rest);
  }

  /** A production stands in one rule, so it and the rest tell a stack. */
  #stack(production: IProduction, rule: string, rest: Stack | undefined): Stack {
    const among = rest === undefined ? this.#bottoms : (rest.above ??= new Map<IProduction, Stack>());
    const known = among.get(production);
    if (known !== undefined) return known;
    const made: Stack = { production, rule, rest, opened: undefined, above: undefined };
    this.stacks++;
    among.set(production, made);
    return made;
  }
}

function restsOf(of: Iterable<{ readonly rest: Stack | undefined }>): Set<Stack> {
  const rests = new Set<Stack>();
  for (const { rest } of of) if (rest !== undefined) rests.add(rest);
  return rests;
}

/** Each token with what follows it once, in their order. */
function distinct(states: readonly State[]): readonly State[] {
  const seen = new Map<TokenType, Set<Stack | undefined>>();
  const kept: State[] = [];
  for (const state of states) {
    const rests = seen.get(state.type) ?? new Set();
    if (rests.has(state.rest)) continue;
    seen.set(state.type, rests.add(state.rest));
    kept.push(state);
    if (kept.length >= MOST_WAYS) break;
  }
  return kept;
}
