/** All that is to say about content: what linking found, and what the rules find, less what is allowed. */
import type { LinkedContent } from '../model/content.ts';
import type { Finding } from '../model/source.ts';
import { RULES } from './rules.ts';

/** The findings of linking and of every rule, in the order of files and places. */
export function lint(linked: LinkedContent): readonly Finding[] {
  const found = RULES.flatMap(({ code, severity, find }) =>
    find(linked.content).map((one): Finding => ({ code, severity, ...one })),
  );
  return [...linked.findings, ...found].sort(inOrder);
}

const inOrder = (a: Finding, b: Finding): number =>
  a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : a.at.start - b.at.start || a.at.end - b.at.end;
