/** Content's regular expressions on a target's data: RE2, whose time is linear in the text whatever the pattern. */
import { RE2JS } from 're2js';
import type { RegexLiteral } from '../model/content.ts';

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

function compile(literal: RegexLiteral): Regex {
  let flags = 0;
  if (literal.flags.includes('i')) flags |= RE2JS.CASE_INSENSITIVE;
  if (literal.flags.includes('m')) flags |= RE2JS.MULTILINE;
  try {
    return { ok: true, re: RE2JS.compile(RE2JS.translateRegExp(literal.pattern), flags) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `/${literal.pattern}/ cannot be run in linear time: ${why}` };
  }
}

/** The names of an expression's named groups. */
export function groupNames(literal: RegexLiteral): readonly string[] {
  const regex = compileRegex(literal);
  return regex.ok ? Object.keys(regex.re.namedGroups()) : [];
}
