/** Regular expressions: checked with the engine that runs them, which is linear in time. */
import type { Leaf } from '../../syntax/tree.ts';
import type { RegexLiteral } from '../content.ts';
import { compileExpression } from '../regular-expression.ts';
import { fail, located, type Lowering } from './context.ts';
import { spanOf } from './text.ts';

/** A regex and the named groups in it, with their places. */
export interface LoweredRegex {
  readonly literal: RegexLiteral;
  readonly groups: readonly { readonly name: string; readonly start: number; readonly end: number }[];
}

/** Compiled patterns are forgotten in the end, so that editing does not fill memory. */
const MAX_REMEMBERED = 2000;
const remembered = new Map<string, { readonly problem?: string; readonly groups: readonly string[] }>();

/** A regex literal, or undefined after a finding where the engine refuses it. */
export function lowerRegex(context: Lowering, leaf: Leaf): LoweredRegex | undefined {
  const slash = leaf.image.lastIndexOf('/');
  const pattern = leaf.image.slice(1, slash);
  const flags = leaf.image.slice(slash + 1);
  const span = spanOf(leaf);
  const unknown = [...flags].find((flag) => flag !== 'i' && flag !== 'm');
  if (unknown !== undefined) {
    return fail(context, 'bad-regex', span, {
      message: `The flag \`${unknown}\` is not known: \`i\` ignores case, \`m\` lets ^ and $ match at lines.`,
    });
  }
  const { problem, groups } = compiled(pattern, flags);
  if (problem !== undefined) return fail(context, 'bad-regex', span, { message: problem });
  const literal = { pattern, flags, at: located(context, span) };
  return { literal, groups: groups.map((name) => ({ name, ...groupSpan(leaf, name) })) };
}

function groupSpan(leaf: Leaf, name: string): { start: number; end: number } {
  const start = leaf.startOffset + leaf.image.indexOf(`<${name}>`) + 1;
  return { start, end: start + name.length };
}

function compiled(pattern: string, flags: string): { readonly problem?: string; readonly groups: readonly string[] } {
  const key = `${flags}/${pattern}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  const answer = compile(pattern, flags);
  remembered.set(key, answer);
  return answer;
}

function compile(pattern: string, flags: string): { readonly problem?: string; readonly groups: readonly string[] } {
  const expression = compileExpression(pattern, flags);
  if (expression.ok) return { groups: Object.keys(expression.re.namedGroups()) };
  const why = /\(\?<?[=!]/.test(pattern)
    ? 'it looks ahead or behind, which does not run in linear time'
    : /\\[1-9]|\\k</.test(pattern)
      ? 'it refers back to a group, which does not run in linear time'
      : expression.why;
  return { problem: `This regular expression cannot be used: ${why}.`, groups: [] };
}
