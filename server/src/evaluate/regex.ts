/** Content's regular expressions on a target's data: RE2, whose time is linear in the text whatever the pattern. */
import { RE2JS } from 're2js';
import type { RegexLiteral } from '../model/content.ts';

const compiled = new Map<string, RE2JS | string>();
const MOST_CACHED = 20_000;

export type Regex = { readonly ok: true; readonly re: RE2JS } | { readonly ok: false; readonly reason: string };

/** The compiled expression, or why it cannot be run. */
export function compileRegex(literal: RegexLiteral): Regex {
  const id = `${literal.flags}/${literal.pattern}`;
  let found = compiled.get(id);
  if (found === undefined) {
    found = compile(literal);
    if (compiled.size >= MOST_CACHED) compiled.clear();
    compiled.set(id, found);
  }
  return typeof found === 'string' ? { ok: false, reason: found } : { ok: true, re: found };
}

function compile(literal: RegexLiteral): RE2JS | string {
  let flags = 0;
  if (literal.flags.includes('i')) flags |= RE2JS.CASE_INSENSITIVE;
  if (literal.flags.includes('m')) flags |= RE2JS.MULTILINE;
  try {
    return RE2JS.compile(RE2JS.translateRegExp(literal.pattern), flags);
  } catch (error) {
    return `/${literal.pattern}/ cannot be run in linear time: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The names of an expression's named groups. */
export function groupNames(literal: RegexLiteral): readonly string[] {
  const regex = compileRegex(literal);
  return regex.ok ? Object.keys(regex.re.namedGroups()) : [];
}
