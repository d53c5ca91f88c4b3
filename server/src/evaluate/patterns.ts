/**
 * Patterns with `*` and `?` inside one part of a path or key; `**` and `??` are the characters themselves. In a path, where
 * no name can hold them, a part `**` of its own stands for any number of folders below each other.
 */
import { fold } from './text.ts';

/** A pattern's tokens: a literal character sequence, or a wildcard. */
export type PatternToken = { readonly literal: string } | { readonly wildcard: '*' | '?' | '**' };

/** The tokens of a text as written in content. */
export function tokensOf(text: string): PatternToken[] {
  const tokens: PatternToken[] = [];
  for (const match of text.matchAll(/\*\*|\?\?|\*|\?|[^*?]+/g)) {
    const found = match[0];
    if (found === '*' || found === '?') tokens.push({ wildcard: found });
    else tokens.push({ literal: found === '**' ? '*' : found === '??' ? '?' : found });
  }
  return tokens;
}

/** The tokens of a piece of a path; `**` is left to `deepParts`, which sees what stands around it. */
export function pathTokensOf(text: string): PatternToken[] {
  return tokensOf(text).map((token) => ('literal' in token && token.literal === '*' ? { wildcard: '**' } : token));
}

/** Parts of a path: `**` as a part of its own stays, doubled ones are one; within a part it is the character. */
export function deepParts(parts: readonly PatternToken[][]): PatternToken[][] {
  const settled = parts.map((part) =>
    isDeep(part)
      ? part
      : part.map((token) => ('wildcard' in token && token.wildcard === '**' ? { literal: '*' } : token)),
  );
  return settled.filter((part, i) => !isDeep(part) || !isDeep(settled[i - 1]));
}

/** Whether a part is `**`: any number of folders below each other, also none. */
export function isDeep(part: readonly PatternToken[] | undefined): boolean {
  const [only, ...rest] = part ?? [];
  return rest.length === 0 && only !== undefined && 'wildcard' in only && only.wildcard === '**';
}

/** The literal text, or undefined where there is a wildcard. */
export function literalOf(tokens: readonly PatternToken[]): string | undefined {
  let text = '';
  for (const token of tokens) {
    if ('wildcard' in token) return undefined;
    text += token.literal;
  }
  return text;
}

/** Splits at backslashes that are literal text; empty parts (doubled or trailing backslashes) fall away. */
export function splitParts(tokens: readonly PatternToken[]): PatternToken[][] {
  const parts: PatternToken[][] = [[]];
  for (const token of tokens) {
    if ('wildcard' in token) {
      parts.at(-1)?.push(token);
      continue;
    }
    token.literal.split('\\').forEach((piece, index) => {
      if (index > 0) parts.push([]);
      if (piece !== '') parts.at(-1)?.push({ literal: piece });
    });
  }
  return parts.filter((part) => part.length > 0);
}

/** Whether a name fits a pattern, without case, in time linear in name times wildcards. */
export function fits(tokens: readonly PatternToken[], name: string): boolean {
  const units: string[] = [];
  for (const token of tokens) {
    if ('wildcard' in token) units.push(token.wildcard === '*' ? '*any' : '*one');
    else units.push(...fold(token.literal).split(''));
  }
  const text = fold(name);
  let unit = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (units[unit] === '*any') {
      star = unit++;
      resume = at;
    } else if (units[unit] === '*one' || (units[unit] !== undefined && units[unit] === text[at])) {
      unit++;
      at++;
    } else if (star >= 0) {
      unit = star + 1;
      at = ++resume;
    } else return false;
  }
  while (units[unit] === '*any') unit++;
  return unit === units.length;
}
