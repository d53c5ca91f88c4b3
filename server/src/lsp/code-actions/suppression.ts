/** `# allow RULE: why`: silences one rule on one line. Errors cannot be silenced. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { ALLOW_DIAGNOSTICS } from '../../lint/allow.ts';
import type { Finding } from '../../model/source.ts';
import { Comment } from '../../syntax/tokens.ts';
import { tokensOf } from '../parsed.ts';
import type { Change } from './fixes.ts';

/** The reason is the author's: until it is written, `bad-allow` asks for it and the rule is not silent. Behind the line, or above it where a comment stands behind it already. */
export function suppression(document: TextDocument, { code, severity, at }: Finding): Change | undefined {
  if (severity === 'error' || code in ALLOW_DIAGNOSTICS) return undefined;
  const { line } = document.positionAt(at.start);
  const lineStart = document.offsetAt({ line, character: 0 });
  const text = document.getText().slice(lineStart).split(/\r?\n/, 1)[0] ?? '';
  const title = `Allow \`${code}\` here`;
  const comment = `# allow ${code}:`;
  const end = lineStart + text.length;
  const hasComment = tokensOf(document).some(
    ({ tokenType, startOffset }) => tokenType === Comment && startOffset >= lineStart && startOffset < end,
  );
  if (!hasComment) {
    const place = lineStart + text.trimEnd().length;
    return { title, at: { start: place, end }, text: ` ${comment}` };
  }
  // One alone on its line counts for the next line only, so two of them cannot be piled up.
  const above = document.getText({ start: { line: Math.max(line - 1, 0), character: 0 }, end: { line, character: 0 } });
  if (above.trimStart().startsWith('# allow')) return undefined;
  const indentation = /^\s*/.exec(text)?.[0] ?? '';
  const lineEnd = document.getText().includes('\r\n') ? '\r\n' : '\n';
  return { title, at: { start: lineStart, end: lineStart }, text: `${indentation}${comment}${lineEnd}` };
}
