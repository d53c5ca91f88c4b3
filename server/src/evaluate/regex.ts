/** Content's regular expressions on a target's data: RE2, whose time is linear in the text whatever the pattern. */
import type { Matcher, RE2JS } from 're2js';
import type { RegexLiteral } from '../model/content.ts';
import { compileExpression } from '../model/regular-expression.ts';
import { spendMany, type Context } from './context.ts';

const compiled = new WeakMap<RegexLiteral, Regex>();

export type Regex = { readonly ok: true; readonly re: RE2JS } | { readonly ok: false; readonly reason: string };

/** The compiled expression, or why it cannot be run; compiled once for a literal. */
export function compileRegex(literal: RegexLiteral): Regex {
  const known = compiled.get(literal);
  if (known !== undefined) return known;
  const made = compile(literal);
  compiled.set(literal, made);
  return made;
}

function compile({ pattern, flags }: RegexLiteral): Regex {
  const expression = compileExpression(pattern, flags);
  if (expression.ok) return expression;
  return { ok: false, reason: `/${pattern.slice(0, 100)}/ cannot be run in linear time: ${expression.why}` };
}

/** More characters times instructions are not gone through for one question: some seconds at worst. */
const MOST_WORK = 50_000_000;
/** What one step of an evaluation stands for. */
const WORK_OF_A_STEP = 100;

/** An expression on a text; or why it is not run: what it costs counts as steps, for the text is the target's. */
export function matcherOn(
  context: Context,
  literal: RegexLiteral,
  text: string,
): { readonly ok: true; readonly matcher: Matcher } | { readonly ok: false; readonly reason: string } {
  const regex = compileRegex(literal);
  if (!regex.ok) return regex;
  const work = text.length * regex.re.programSize();
  if (work > MOST_WORK || !spendMany(context, work / WORK_OF_A_STEP))
    return {
      ok: false,
      reason: `a text of ${text.length} characters is too long for /${literal.pattern.slice(0, 100)}/`,
    };
  return { ok: true, matcher: regex.re.matcher(text) };
}

/** The names of an expression's named groups. */
export function groupNames(literal: RegexLiteral): readonly string[] {
  const regex = compileRegex(literal);
  return regex.ok ? Object.keys(regex.re.namedGroups()) : [];
}
