/** Content's regular expressions, compiled by RE2: linear in the text whatever the pattern, and here with a limit to the factor. */
import { RE2JS } from 're2js';

/** Longer is no pattern but a list of texts. */
export const LONGEST_PATTERN = 10_000;
/** Instructions of the compiled program: each character of a text may have to be looked at by every one of them. */
export const MOST_INSTRUCTIONS = 10_000;
/** Every group is carried along with every way to match. */
export const MOST_GROUPS = 50;

/** An expression that runs within its limits, or why there is none. */
export type Expression = { readonly ok: true; readonly re: RE2JS } | { readonly ok: false; readonly why: string };

/** Compiles a pattern with the flags `i` and `m`. */
export function compileExpression(pattern: string, flags: string): Expression {
  if (pattern.length > LONGEST_PATTERN)
    return refused(`it has ${pattern.length} characters, and at most ${LONGEST_PATTERN} are read`);
  const mask = (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) | (flags.includes('m') ? RE2JS.MULTILINE : 0);
  try {
    const re = RE2JS.compile(RE2JS.translateRegExp(pattern), mask);
    if (re.groupCount() > MOST_GROUPS)
      return refused(`it has ${re.groupCount()} groups, and at most ${MOST_GROUPS} are kept; \`(?:…)\` keeps none`);
    if (re.programSize() > MOST_INSTRUCTIONS)
      return refused(
        `written out, what it repeats and lists has ${re.programSize()} parts, and at most ${MOST_INSTRUCTIONS} are run`,
      );
    return { ok: true, re };
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
}

const refused = (why: string): Expression => ({ ok: false, why });
