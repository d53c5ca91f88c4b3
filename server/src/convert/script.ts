/** From a script to patch definitions in XML. */
import { documentationAt } from '../model/lower/documentation.ts';
import type { Finding } from '../model/source.ts';
import { parse } from '../syntax/parse.ts';
import { writeDeclaration, writeFile } from '../patchxml/write/write.ts';

/** The declarations of a script as a file of patch definitions; tests are left out, which is reported. */
export function scriptToXml(
  file: string,
  text: string,
): { readonly text: string; readonly findings: readonly Finding[] } {
  const { file: tree, errors } = parse(text);
  const findings = errors.map(({ code, message, start, end }): Finding => {
    return { code, severity: 'error', message, at: { file, start, end } };
  });
  const elements = tree.declarations.flatMap((node) => {
    const written = writeDeclaration(node);
    if (written === undefined) {
      const message = 'Tests are written in scripts only: this one is left out.';
      const at = { file, start: node.start, end: node.start + 'test'.length };
      findings.push({ code: 'convert-lost', severity: 'information', message, at });
      return [];
    }
    const comment = documentationAt(text, tree.comments, node.start);
    return comment === undefined ? [written] : [{ comment }, written];
  });
  return { text: writeFile(elements), findings };
}
