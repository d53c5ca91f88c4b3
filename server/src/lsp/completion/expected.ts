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

/** What is still to be read: one production, then the rest. */
interface Stack {
  readonly production: IProduction;
  readonly rule: string;
  readonly rest: Stack | undefined;
}

interface State extends Expected {
  readonly rest: Stack | undefined;
}

/** Deeper than any real grammar nests; a guard against rules that read nothing. */
const DEEPEST = 200;

/** What may follow `before`, which begins with the rule `start`. */
export function expectedAfter(start: Rule, before: readonly IToken[]): readonly Expected[] {
  let states = open(sequence(start.definition, start.name, undefined));
  for (const token of before) states = advance(states, token) ?? resume(states, token) ?? states;
  return states;
}

function advance(states: readonly State[], token: IToken): State[] | undefined {
  const fitting = states.filter((state) => tokenMatcher(token, state.type));
  return fitting.length > 0 ? fitting.flatMap((state) => open(state.rest)) : undefined;
}

/** Gives up what was begun, from the inside out, until the token fits. */
function resume(states: readonly State[], token: IToken): State[] | undefined {
  let stacks = states.flatMap((state) => state.rest ?? []);
  while (stacks.length > 0) {
    const next = advance(
      stacks.flatMap((stack) => open(stack)),
      token,
    );
    if (next) return next;
    stacks = [...new Set(stacks.flatMap((stack) => stack.rest ?? []))];
  }
  return undefined;
}

/** Every token that a stack can begin with. */
function open(stack: Stack | undefined, depth = 0): State[] {
  if (!stack || depth > DEEPEST) return [];
  const { production, rule, rest } = stack;
  const into = (definition: readonly IProduction[], then = rest): State[] =>
    open(sequence(definition, rule, then), depth + 1);
  const skip = (): State[] => open(rest, depth + 1);
  if (production instanceof Terminal) return [{ type: production.terminalType, rule, rest }];
  if (production instanceof NonTerminal) {
    const { definition, name } = production.referencedRule;
    return open(sequence(definition, name, rest), depth + 1);
  }
  if (production instanceof Alternation)
    return production.definition.flatMap((one) => open({ production: one, rule, rest }, depth + 1));
  if (production instanceof Alternative) return into(production.definition);
  if (production instanceof Option) return [...into(production.definition), ...skip()];
  if (production instanceof Repetition) return [...into(production.definition, stack), ...skip()];
  if (production instanceof RepetitionMandatory) {
    return into(production.definition, again(new Repetition({ definition: production.definition }), stack));
  }
  if (production instanceof RepetitionWithSeparator)
    return [...into(production.definition, separated(production, stack)), ...skip()];
  if (production instanceof RepetitionMandatoryWithSeparator)
    return into(production.definition, separated(production, stack));
  return skip();
}

/** After one element of a separated list: any number of separator and element. */
function separated(list: RepetitionWithSeparator | RepetitionMandatoryWithSeparator, stack: Stack): Stack {
  const separator = new Terminal({ terminalType: list.separator });
  return again(new Repetition({ definition: [separator, ...list.definition] }), stack);
}

function again(repetition: Repetition, { rule, rest }: Stack): Stack {
  return { production: repetition, rule, rest };
}

function sequence(definition: readonly IProduction[], rule: string, rest: Stack | undefined): Stack | undefined {
  return definition.reduceRight<Stack | undefined>((then, production) => ({ production, rule, rest: then }), rest);
}
