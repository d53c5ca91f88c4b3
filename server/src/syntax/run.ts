/** Running one rule of the grammar over some tokens, with errors in words and at places that help. */
import {
  EOF,
  NotAllInputParsedException,
  type IRecognitionException,
  type IToken,
  type Rule,
  type TokenType,
} from 'chevrotain';
import type { SyntaxCode } from './codes.ts';
import { NestedTooDeep } from './grammar/conditions.ts';
import { DetectGrammar } from './grammar/declarations.ts';
import { MOST_ERRORS, TooManyErrors } from './grammar/recovery.ts';
import { HINT, messages } from './messages.ts';
import type { DeclarationNode, PatchNode } from './tree.ts';

/** One syntax error, with a message for people. `end` is exclusive. */
export interface SyntaxFinding {
  readonly code: SyntaxCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** A word in place of another, safe to take. */
  readonly fix?: { readonly title: string; readonly text: string; readonly start: number; readonly end: number };
}

/** An error while its text is read. */
export interface FoundError extends SyntaxFinding {
  /** What may have been meant, as far as the error alone tells. */
  readonly hint?: string;
}

/** One call of `parse`. */
export interface Run {
  readonly text: string;
  readonly errors: FoundError[];
  /** It is read only to see what is wrong with it. */
  readonly again?: true;
}

// One instance, made when it is needed: its analysis of the grammar costs more than many parses.
let made: DetectGrammar | undefined;
const theParser = (): DetectGrammar => (made ??= new DetectGrammar(messages));

/** The grammar as chevrotain records it: its rules, by name. */
export const grammarRules = (): Record<string, Rule> => theParser().getGAstProductions();

/** Parses tokens as one declaration. */
export const runDeclaration = (run: Run, tokens: IToken[]): Ran<DeclarationNode> =>
  runRule(run, tokens, (parser) => parser.declaration());

/** Parses tokens as one patch. */
export const runPatch = (run: Run, tokens: IToken[]): Ran<PatchNode> =>
  runRule(run, tokens, (parser) => parser.patch());

/** A node that its maker may still change. */
export type Writable<N> = { -readonly [P in keyof N]: N[P] };

/** Marks a declaration as one whose meaning is not to be trusted. */
export function damage(node: DeclarationNode): void {
  (node as Writable<DeclarationNode>).damaged = true;
}

/** What one rule made of some tokens. */
export interface Ran<N> {
  readonly node: N | undefined;
  readonly errors: readonly FoundError[];
  /** Where the input goes on after the node; the input's length where nothing is left. */
  readonly rest: number;
}

/** Runs a rule over tokens of its own. */
function runRule<N>(run: Run, tokens: IToken[], rule: (parser: DetectGrammar) => N | undefined): Ran<N> {
  const parser = theParser();
  parser.input = tokens;
  let node: N | undefined;
  try {
    node = rule(parser);
  } catch (error) {
    return { node: undefined, errors: [givenUp(error, tokens)], rest: tokens.length };
  }
  const found = parser.errors;
  if (found.length === 0) return { node, errors: [], rest: tokens.length };
  const extra = found.find((error) => error instanceof NotAllInputParsedException);
  const input: Input = { tokens, indices: new Map(tokens.map((token, index) => [token, index])) };
  const errors = found.flatMap((error) => at(run, error, input) ?? []);
  return { node, errors, rest: extra === undefined ? tokens.length : (input.indices.get(extra.token) ?? -1) };
}

/** Why the parser gave a declaration up. Its other errors are left out: most of them follow from what is wrong with it. */
function givenUp(error: unknown, tokens: readonly IToken[]): FoundError {
  if (error instanceof NestedTooDeep) {
    const message = 'Conditions stand too deep in each other here. Move the inner ones to a `check` of their own.';
    return { code: 'nested-too-deep', message, start: error.offset, end: error.offset + 1 };
  }
  if (!(error instanceof TooManyErrors)) throw error;
  const first = tokens[0];
  const start = first?.startOffset ?? 0;
  const message = `This has more than ${MOST_ERRORS} errors, so it is not read as a declaration.`;
  return { code: 'syntax', message, start, end: first === undefined ? start : tokenEnd(first) };
}

/** What a rule was run over. */
interface Input {
  readonly tokens: readonly IToken[];
  readonly indices: ReadonlyMap<IToken, number>;
}

/**
 * Where an error is shown: at the token that should not be there; behind the token before it, where that one ends its line
 * (something is missing there) or nothing follows. A `}` that recovery added is no place: what lacks is reported already.
 */
function at(run: Run, error: IRecognitionException, input: Input): FoundError | undefined {
  const { token } = error;
  const [message, hint] = saidOf(error.message);
  const added = token.image === '' && token.tokenType !== EOF;
  if (added && error instanceof NotAllInputParsedException) return undefined;
  const before = previousOf(error, input);
  if (!added && token.tokenType !== EOF && (before === undefined || onOneLine(run, before, token))) {
    return { code: 'syntax', message, hint, start: token.startOffset, end: tokenEnd(token) };
  }
  const end = before === undefined ? 0 : tokenEnd(before);
  return { code: 'syntax', message, hint, start: Math.max(0, end - 1), end };
}

/** The message of an error, and its hint. */
function saidOf(message: string): readonly [string, string] {
  const end = message.lastIndexOf(HINT);
  return end < 0 ? [message, ''] : [message.slice(0, end), message.slice(end + HINT.length)];
}

function previousOf(error: IRecognitionException, { tokens, indices }: Input): IToken | undefined {
  const { token } = error;
  if (token.tokenType === EOF || token.image === '') return tokens.findLast((one) => one.image !== '');
  if (error instanceof NotAllInputParsedException) return undefined;
  return tokens[(indices.get(token) ?? 0) - 1];
}

/** Whether two tokens stand on one line. */
export const onOneLine = (run: Run, before: IToken, token: IToken): boolean =>
  !/[\r\n]/.test(run.text.slice(tokenEnd(before), token.startOffset));

/** Where a token ends. */
export const tokenEnd = (token: IToken): number => token.startOffset + token.image.length;

/** A token that is not in the text. */
export const synthetic = (tokenType: TokenType, image: string, startOffset: number): IToken => ({
  image,
  startOffset,
  tokenType,
  tokenTypeIdx: tokenType.tokenTypeIdx ?? 0,
});
