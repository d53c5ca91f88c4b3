/** Lint for an editor: most rules look at one declaration at a time, so an edit runs them on its file alone. */
import type { Content } from '../model/content.ts';
import { tidy } from '../model/link.ts';
import type { Finding } from '../model/source.ts';
import { applyAllowances } from './allow.ts';
import { DIAGNOSTICS } from './catalogue.ts';
import type { Compared } from './compared.ts';
import { inOrder, once } from './lint.ts';
import type { LintSettings, Rule, RuleFinding } from './rule.ts';
import { RULES } from './rules/index.ts';
import { withSafeFix } from './xml-fix.ts';

/** What rules found in one file. */
export type ByRule = ReadonlyMap<Rule, readonly Finding[]>;

const ALONE = RULES.filter((rule) => rule.alone);
const COMPARING = RULES.filter((rule) => rule.compare !== undefined);

/** What the rules find that look at one declaration at a time, in the content of one file. */
export function lintAlone(file: string, content: Content, settings: LintSettings = {}): ByRule {
  const found = new Map<Rule, readonly Finding[]>();
  for (const rule of ALONE) {
    const findings = run(rule, content, settings).filter(({ at }) => at.file === file);
    if (findings.length > 0) found.set(rule, findings);
  }
  return found;
}

/** What the other rules find in one file, given what they compare it with. */
export function lintCompared(file: string, compared: Compared): ByRule {
  const found = new Map<Rule, readonly Finding[]>();
  for (const rule of COMPARING) {
    const all = once((rule.compare?.(compared) ?? []).map((one) => findingOf(rule, one)));
    const findings = all.filter(({ at }) => at.file === file);
    if (findings.length > 0) found.set(rule, findings);
  }
  return found;
}

/** All that is to say about one file, in order: what linking found and what the rules found, less what is allowed. */
export function findingsOfFile(
  { file, text }: { readonly file: string; readonly text: string },
  linked: readonly Finding[],
  found: readonly ByRule[],
): readonly Finding[] {
  const byRules = RULES.flatMap((rule) => found.flatMap((one) => one.get(rule) ?? []));
  const texts = new Map([[file, text]]);
  const all = applyAllowances([...tidy(linked), ...byRules], texts, DIAGNOSTICS);
  return all.map((one) => withSafeFix(one, texts)).toSorted(inOrder);
}

const findingOf = ({ code, severity }: Rule, one: RuleFinding): Finding => ({ code, severity, ...one });

const run = (rule: Rule, content: Content, settings: LintSettings): readonly Finding[] =>
  once(rule.find(content, settings).map((one) => findingOf(rule, one)));
