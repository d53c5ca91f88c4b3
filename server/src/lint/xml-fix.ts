/** Fixes are written for scripts: in XML only those stay that put one word for another. */
import { isPatchXml } from '../patchxml/read.ts';
import type { Finding } from '../model/source.ts';

const WORD = /^[^\s"'<>&]+$/;

/** The finding, without its fix where that would not be XML. */
export function withSafeFix(finding: Finding, texts: ReadonlyMap<string, string>): Finding {
  const { fix, ...rest } = finding;
  if (fix === undefined || !isPatchXml(fix.at.file)) return finding;
  const replaced = texts.get(fix.at.file)?.slice(fix.at.start, fix.at.end) ?? '';
  return WORD.test(replaced) && WORD.test(fix.text) ? finding : rest;
}
