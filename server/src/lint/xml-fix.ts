/** Fixes are written for scripts: in XML those stay that put one word for another, or one text in quotes for another. */
import { isPatchXml } from '../patchxml/read.ts';
import type { Finding } from '../model/source.ts';

const WORD = /^[^\s"'<>&]+$/;
const QUOTED = /^(["'])([^"'<>&\r\n]*)\1$/;

/** The finding, without its fix where that would not be XML. */
export function withSafeFix(finding: Finding, texts: ReadonlyMap<string, string>): Finding {
  const { fix, ...rest } = finding;
  if (fix === undefined || !isPatchXml(fix.at.file)) return finding;
  const replaced = texts.get(fix.at.file)?.slice(fix.at.start, fix.at.end) ?? '';
  if (WORD.test(replaced) && WORD.test(fix.text)) return finding;
  const [before, after] = [QUOTED.exec(replaced), QUOTED.exec(fix.text)];
  if (before === null || after === null) return rest;
  const quote = before[1] ?? '"';
  return { ...rest, fix: { ...fix, text: `${quote}${after[2] ?? ''}${quote}` } };
}
