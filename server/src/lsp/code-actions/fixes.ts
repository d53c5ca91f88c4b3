/** What mends a finding: the fix that it brings, or the word that it proposes. */
import type { Finding, Span } from '../../model/source.ts';
import { elementsOf, type XmlElement } from '../../patchxml/document.ts';
import { scanXml } from '../../patchxml/scan.ts';

/** One replacement in the finding's own file. */
export interface Change {
  readonly title: string;
  readonly at: Span;
  readonly text: string;
  /** What has to change with it: the end tag of an element. */
  readonly also?: readonly { readonly at: Span; readonly text: string }[];
}

/** The fix of a finding, where it has one. */
export function fixOf(text: string, finding: Finding): Change | undefined {
  if (finding.fix) return finding.fix.at.file === finding.at.file ? finding.fix : undefined;
  return proposal(text, finding);
}

/** All fixes of a file that can be made together; only those that a finding brings are safe without looking. */
export function allFixes(text: string, findings: readonly Finding[]): readonly Change[] {
  const fixes = findings.flatMap((finding) => (finding.fix ? (fixOf(text, finding) ?? []) : []));
  const sorted = fixes.toSorted((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
  let last: Change | undefined;
  return sorted.filter((fix) => {
    // Of two in the same place the second is made when the file is looked at again.
    if (last && (fix.at.start < last.at.end || fix.at.start === last.at.start)) return false;
    last = fix;
    return true;
  });
}

const PROPOSED = /Did you mean `([^`]+)`\?/;

/** `Did you mean …?`, put in place of the part of the name that it is about. */
function proposal(text: string, { code, message, at }: Finding): Change | undefined {
  const word = PROPOSED.exec(message)?.[1];
  if (word === undefined) return undefined;
  const span = partMeant(text.slice(at.start, at.end), code);
  if (!span) return undefined;
  const change = {
    title: `Change to \`${word}\``,
    at: { start: at.start + span.start, end: at.start + span.end },
    text: word,
  };
  const close = code === 'xml-element' ? endTagName(text, at.start) : undefined;
  return close ? { ...change, also: [{ at: close, text: word }] } : change;
}

/** The name in the end tag of the element whose name begins at an offset. */
function endTagName(text: string, nameStart: number): Span | undefined {
  const { root } = scanXml(text);
  const waiting: XmlElement[] = root ? [root] : [];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (one.nameStart === nameStart && one.closeNameStart !== undefined)
      return { start: one.closeNameStart, end: one.closeNameStart + one.name.length };
    waiting.push(...elementsOf(one));
  }
  return undefined;
}

/** Of `app.nam` the member is meant, of `ap.name` what is bound, of a suppression its rule, of a value what is in its quotes. */
function partMeant(written: string, code: string): Span | undefined {
  const dot = written.indexOf('.');
  if (code === 'unknown-member' && dot >= 0) return { start: dot + 1, end: written.length };
  if (code === 'unbound-name' && dot >= 0) return { start: 0, end: dot };
  if (code === 'xml-value' && /^(["'])[\w.-]*\1$/.test(written)) return { start: 1, end: written.length - 1 };
  if (code !== 'bad-allow') return /[\s"{}]/.test(written) ? undefined : { start: 0, end: written.length };
  const rule = /^(?:#|<!--)\s*allow\s+([\w-]+)/d.exec(written)?.indices?.[1];
  return rule && { start: rule[0], end: rule[1] };
}
