/** From patch definitions in XML to a script: a file, or one declaration of it. */
import type { Finding } from '../model/source.ts';
import { XML_DIAGNOSTICS } from '../patchxml/codes.ts';
import { readPatchXml, type PatchXml } from '../patchxml/read.ts';
import { scanXml } from '../patchxml/scan.ts';
import { format } from '../syntax/printer.ts';
import type { DeclarationNode } from '../syntax/tree.ts';
import { remarkAt, remarksBefore, scriptLines, type Remark } from './comments.ts';
import { declarationText } from './to-script/declarations.ts';

/** The declarations of a file of patch definitions as a script, with their comments. */
export function xmlToScript(
  file: string,
  text: string,
): { readonly text: string; readonly findings: readonly Finding[] } {
  const read = readPatchXml(text);
  const findings = read.findings.map(({ code, message, start, end }): Finding => {
    return { code, severity: XML_DIAGNOSTICS[code].severity, message, at: { file, start, end } };
  });
  const take = remarksBefore(remarksOf(text, read));
  const parts = read.file.declarations.map((node) => {
    const before = take({ end: node.start }).flatMap(scriptLines);
    const isDocumented = read.documentation(node.start) !== undefined;
    const written = declarationText(node, (part) => take(part).flatMap(scriptLines));
    return [...before, ...(before.length > 0 && !isDocumented ? [''] : []), written].join('\n');
  });
  const rest = take({ end: Infinity }).flatMap(scriptLines);
  const all = [...parts, ...(rest.length > 0 ? [rest.join('\n')] : [])];
  return { text: format(`${all.join('\n\n')}\n`), findings };
}

/** One declaration of a file with the comments in it, below those that stand above it. */
export function declarationToScript(text: string, node: DeclarationNode, above: readonly string[]): string {
  const read = readPatchXml(text);
  const inside = remarksOf(text, read).filter(({ start }) => start > node.start && start < node.end);
  const take = remarksBefore(inside);
  const written = declarationText(node, (part) => take(part).flatMap(scriptLines));
  return format(`${[...above.flatMap(scriptLines), written].join('\n')}\n`);
}

const remarksOf = (text: string, { offsets }: PatchXml): readonly Remark[] =>
  scanXml(text).comments.map((one) => {
    const remark = remarkAt(text, one.start, one.text);
    return { ...remark, start: offsets.toMeant(remark.start) };
  });
