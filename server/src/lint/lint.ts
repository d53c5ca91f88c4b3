/** All that is to say about content: what linking found, and what the rules find, less what is allowed. */
import type { LinkedContent } from '../model/content.ts';
import type { Finding } from '../model/source.ts';
import { applyAllowances } from './allow.ts';
import { DIAGNOSTICS } from './catalogue.ts';
import { withSafeFix } from './xml-fix.ts';
import type { LintSettings } from './rule.ts';
import { RULES } from './rules/index.ts';
import { withSeverities, type Severities } from './severities.ts';

/** The findings of linking and of every rule, in the order of files and places. */
export function lint(linked: LinkedContent, settings: LintSettings & Severities = {}): readonly Finding[] {
  const found = RULES.flatMap(({ code, severity, find }) =>
    once(find(linked.content, settings).map((one): Finding => ({ code, severity, ...one }))),
  );
  const all = applyAllowances([...linked.findings, ...found], linked.content.texts, DIAGNOSTICS);
  const safe = all.map((one) => withSafeFix(one, linked.content.texts)).toSorted(inOrder);
  return withSeverities(safe, settings);
}

/** What a bulletin shares is met with each of its patches, and is said once. */
export function once(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [`${one.at.file}|${one.at.start}|${one.at.end}`, one])).values()];
}

/** By file and place. */
export const inOrder = (a: Finding, b: Finding): number =>
  a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : a.at.start - b.at.start || a.at.end - b.at.end;
