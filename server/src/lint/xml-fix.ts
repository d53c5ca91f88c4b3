/** Fixes are written for scripts: here they become what is right in XML, or are left out. */
import type { Finding } from '../model/source.ts';
import { badReferences } from '../patchxml/entities.ts';
import { isPatchXml } from '../patchxml/read.ts';

const WORD = /^[^\s"'<>&]+$/;
/** A text in quotes and maybe a view, as a script has it. */
const TEXT = /^["']([^]*?)["'](?: view (32|64|both))?$/;

/** The finding with its fix as XML has it; without one where that would not be XML. */
export function withSafeFix(finding: Finding, texts: ReadonlyMap<string, string>): Finding {
  const { fix, ...rest } = finding;
  if (fix === undefined || !isPatchXml(fix.at.file)) return finding;
  const text = texts.get(fix.at.file) ?? '';
  const replaced = text.slice(fix.at.start, fix.at.end);
  const written = asXml(fix.text, replaced, text.slice(Math.max(0, fix.at.start - 60), fix.at.start));
  return written === undefined ? rest : { ...finding, fix: { ...fix, text: written } };
}

/** What a script's `fix` is in place of `replaced`, which `before` stands before. */
function asXml(fix: string, replaced: string, before: string): string | undefined {
  if (WORD.test(replaced) && WORD.test(fix)) return fix;
  if (replaced === '') return /^\s*<[\w-]+(?: [\w-]+="[\w.-]*")*\/>\n$/.test(fix) ? fix : undefined;
  // A text that becomes a literal.
  if (/^<text\s+value\s*=\s*(["'])[\d.]+\1\s*\/>$/.test(replaced))
    return /^[\d.]+$/.test(fix) ? `<literal value="${fix}"/>` : undefined;
  const quote = /^(["'])[^]*\1$/.exec(replaced)?.[1];
  const [, inner = '', view] = TEXT.exec(fix) ?? [];
  if (quote === undefined || inner === '' || /[<"']/.test(inner) || badReferences(inner).length > 0) return undefined;
  const value = quote + inner + quote;
  if (view === undefined) return value;
  // A single `<pattern>` has no view of its own.
  return /\b(?:path|pattern)\s*=\s*$/.test(before) ? `${value} view="${view}"` : undefined;
}
