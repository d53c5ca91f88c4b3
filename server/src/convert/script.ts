/** From a script to patch definitions in XML: a file, or one declaration of it. */
import { documentationAt } from '../model/lower/documentation.ts';
import type { Finding } from '../model/source.ts';
import { parse } from '../syntax/parse.ts';
import type { DeclarationNode, FileNode } from '../syntax/tree.ts';
import type { OutComment, OutElement } from '../patchxml/write/element.ts';
import { writeDeclaration, writeFile } from '../patchxml/write/write.ts';
import { remarkAt, remarksBefore, type Remark } from './comments.ts';

/** The declarations of a script as a file of patch definitions, with their comments; tests are left out, which is reported. */
export function scriptToXml(
  file: string,
  text: string,
): { readonly text: string; readonly findings: readonly Finding[] } {
  const { file: tree, errors } = parse(text);
  const findings = errors.map(({ code, message, start, end }): Finding => {
    return { code, severity: 'error', message, at: { file, start, end } };
  });
  const free = remarksBefore(freeComments(text, tree));
  const elements = tree.declarations.flatMap((node) => {
    const written = declarationToXml(text, tree, node);
    if (written.length > 0) return [...apart(free({ end: node.start })), ...written];
    const message = 'Tests are written in scripts only: this one is left out.';
    const at = { file, start: node.start, end: node.start + 'test'.length };
    findings.push({ code: 'convert-lost', severity: 'information', message, at });
    return [];
  });
  return { text: writeFile([...elements, ...apart(free({ end: Infinity }))]), findings };
}

const apart = (comments: readonly string[]): readonly OutComment[] =>
  comments.map((comment) => ({ comment, apart: true }));

/** The comments that are about no declaration. */
function freeComments(text: string, { declarations, comments }: FileNode): readonly Remark[] {
  const spans = declarations.map((node) => ({
    start: aboveComments(text, node.start),
    end: lineEndOf(text, node.end),
  }));
  return comments
    .filter(({ startOffset: at }) => !spans.some(({ start, end }) => start <= at && at < end))
    .map(({ startOffset, image }) => ({ start: startOffset, text: image.slice(1).trim() }));
}

const lineEndOf = (text: string, offset: number): number => text.slice(offset).search(/[\r\n]|$/) + offset;

/** Where the comment lines right above a declaration begin. */
export function aboveComments(text: string, start: number): number {
  let place = start;
  for (;;) {
    const before = text.lastIndexOf('\n', place - 2) + 1;
    if (place === 0 || !text.slice(before, place).trimStart().startsWith('#')) return place;
    place = before;
  }
}

/** A declaration with its documentation and the comments in it; nothing for a test. */
export function declarationToXml(
  text: string,
  tree: FileNode,
  node: DeclarationNode,
): readonly (OutElement | OutComment)[] {
  // One behind the closing brace is in it, too.
  const inside = tree.comments.filter(
    ({ startOffset }) => startOffset > node.start && startOffset < lineEndOf(text, node.end),
  );
  const take = remarksBefore(inside.map(({ startOffset, image }) => remarkAt(text, startOffset, image.slice(1))));
  const written = writeDeclaration(node, (part) => take(part).map((comment) => ({ comment })));
  if (written === undefined) return [];
  // What stands behind the last statement still is in the declaration.
  const rest = take({ end: Infinity }).map((comment) => ({ comment }));
  const whole = rest.length === 0 ? written : { ...written, children: [...written.children, ...rest] };
  const comment = documentationAt(text, tree.comments, node.start);
  const above = [...(comment === undefined ? [] : [comment]), ...allowancesAbove(text, node.start)];
  return [...above.map((one) => ({ comment: one })), whole];
}

/** `allow …` on the line right above a declaration, which is no documentation. */
function allowancesAbove(text: string, start: number): readonly string[] {
  const line = text.slice(0, start).split(/\r?\n/).at(-2) ?? '';
  const found = /^\s*#\s*(allow\s.*)$/.exec(line)?.[1];
  return found === undefined ? [] : [found.trim()];
}
