/** Supersedence that does not reach all that the older patch fixes, or none of it. */
import type { Content, Scope, SupersedenceEdge } from '../../model/content.ts';
import { WINDOWS_NAMES } from '../../model/windows-names.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const supersedenceGap: Rule = {
  code: 'supersedence-gap',
  severity: 'information',
  summary: 'A patch does not fix all that the patch fixes which it supersedes.',
  find: (content) => content.supersedence.flatMap((edge) => ofEdge(content, edge) ?? []),
};

function ofEdge({ patches, texts }: Content, { newer, older, at }: SupersedenceEdge): RuleFinding | undefined {
  const [by, of] = [patches.get(newer.toLowerCase()), patches.get(older.toLowerCase())];
  // What is released before a date is meant as far as it goes.
  if (by === undefined || of === undefined || texts.get(at.file)?.startsWith('everything', at.start)) return undefined;
  const left = of.fixes.filter((scope) => !by.fixes.some((other) => covers(other, scope)));
  const [first] = left;
  if (first === undefined) return undefined;
  const none = !of.fixes.some((scope) => by.fixes.some((other) => meets(other, scope)));
  const names = [...new Set(left.map(({ name }) => `\`${name}\``))].join(', ');
  const message = none
    ? `\`${by.id}\` fixes nothing that \`${of.id}\` fixes, so this supersedence never acts.`
    : `\`${by.id}\` does not fix ${names}: there \`${of.id}\` is not superseded.`;
  return { message, at, related: [{ at: first.at, message: `what \`${of.id}\` fixes` }] };
}

/** Whether all instances of one scope are in another. */
function covers(wide: Scope, narrow: Scope): boolean {
  const [a, b] = [WINDOWS_NAMES.get(wide.name.toLowerCase()), WINDOWS_NAMES.get(narrow.name.toLowerCase())];
  if (a === undefined || b === undefined) return wide.name.toLowerCase() === narrow.name.toLowerCase();
  if (a.family === undefined || a.id === b.id) return true;
  return a.family === b.family && a.build === undefined && a.servicePack === undefined;
}

const meets = (a: Scope, b: Scope): boolean => covers(a, b) || covers(b, a);
