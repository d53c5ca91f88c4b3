/** Comments on their way into XML: each goes above the element that it is about. */
import type { OutComment, OutElement } from './element.ts';

/** The comments up to the end of a part of the tree; each call gives those that no call has given before. */
export type CommentsBefore = (part: { readonly end: number }) => readonly OutComment[];
export const NO_COMMENTS: CommentsBefore = () => [];

/** The comments that stand before a part, not those in it. */
export const upTo = ({ start }: { readonly start: number }) => ({ end: start + 1 });

/** Elements below their comments. A suppression counts for one line, so it goes to the element that has the value. */
export function below(
  comments: readonly OutComment[],
  elements: readonly OutElement[],
): readonly (OutElement | OutComment)[] {
  const [first, ...rest] = elements;
  if (first === undefined) return comments;
  const isAllowance = ({ comment }: OutComment): boolean => /^allow\s/.test(comment);
  const allowances = comments.filter(isAllowance);
  const others = comments.filter((one) => !isAllowance(one));
  return [...others, ...(allowances.length === 0 ? [first] : atValue(first, allowances)), ...rest];
}

function atValue(one: OutElement, comments: readonly OutComment[]): readonly (OutElement | OutComment)[] {
  const [only, second] = one.children;
  const hasValue = 'path' in one.attributes || 'pattern' in one.attributes;
  if (hasValue || only === undefined || second !== undefined || !('name' in only)) return [...comments, one];
  return [{ ...one, children: atValue(only, comments) }];
}
