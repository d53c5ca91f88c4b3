/** `<!-- allow RULE: why -->` in XML: silences one rule at one tag. Errors cannot be silenced. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { ALLOW_DIAGNOSTICS } from '../../lint/allow.ts';
import type { Finding } from '../../model/source.ts';
import { lineStartOf } from '../xml/declarations.ts';
import { allElements, xmlOf } from '../xml/document.ts';
import type { Change } from './fixes.ts';

/** The reason is the author's. Behind the line on which the tag ends; above the tag where something stands there already. */
export function xmlSuppression(document: TextDocument, { code, severity, at }: Finding): Change | undefined {
  if (severity === 'error' || code in ALLOW_DIAGNOSTICS) return undefined;
  const text = document.getText();
  const tag = [...allElements(document)].findLast(({ start, openEnd }) => start <= at.start && at.start < openEnd);
  const title = `Allow \`${code}\` here`;
  const comment = `<!-- allow ${code}: -->`;
  const from = tag ? tag.openEnd : at.start;
  const next = text.slice(from).search(/[\r\n]|$/) + from;
  const end = from + text.slice(from, next).trimEnd().length;
  const { comments } = xmlOf(document);
  const hasComment = comments.some((one) => one.start < next && one.end > lineStartOf(text, from));
  if (!hasComment && !isInside(document, end)) return { title, at: { start: end, end }, text: ` ${comment}` };
  const begin = lineStartOf(text, tag?.start ?? at.start);
  // One alone on its line counts for the next line only, so two of them cannot be piled up.
  const above = text.slice(lineStartOf(text, begin - 1), begin);
  if (isInside(document, begin) || /^\s*<!--\s*allow\s/.test(above)) return undefined;
  const indentation = /^[ \t]*/.exec(text.slice(begin))?.[0] ?? '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { title, at: { start: begin, end: begin }, text: `${indentation}${comment}${eol}` };
}

/** Within a tag or a comment, where no comment can stand, or outside the root. */
function isInside(document: TextDocument, offset: number): boolean {
  const { root, comments } = xmlOf(document);
  if (!root || offset <= root.start) return true;
  if (comments.some(({ start, end }) => start < offset && offset < end)) return true;
  return [...allElements(document)].some(
    ({ start, openEnd, closeNameStart, end }) =>
      (start < offset && offset < openEnd) ||
      (closeNameStart !== undefined && closeNameStart - 2 < offset && offset < end),
  );
}
