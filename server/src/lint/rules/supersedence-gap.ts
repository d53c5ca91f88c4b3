/** Supersedence that does not reach all that the older patch fixes, or none of it. */
import { WINDOWS_NAMES } from '../../model/windows-names.ts';
import { comparingRule, type Compared, type ComparedEdge } from '../compared.ts';
import type { RuleFinding } from '../rule.ts';

export const supersedenceGap = comparingRule({
  code: 'supersedence-gap',
  severity: 'information',
  summary: 'A patch does not fix all that the patch fixes which it supersedes.',
  compare: (compared) => compared.edges.flatMap((edge) => ofEdge(compared, edge) ?? []),
});

function ofEdge({ patch }: Compared, { newer, older, at, everything }: ComparedEdge): RuleFinding | undefined {
  const [by, of] = [patch(newer.toLowerCase()), patch(older.toLowerCase())];
  // What is released before a date is meant as far as it goes.
  if (by === undefined || of === undefined || everything) return undefined;
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

interface Fixed {
  readonly name: string;
}

/** Whether all instances of one scope are in another. */
function covers(wide: Fixed, narrow: Fixed): boolean {
  const [a, b] = [WINDOWS_NAMES.get(wide.name.toLowerCase()), WINDOWS_NAMES.get(narrow.name.toLowerCase())];
  if (a === undefined || b === undefined) return wide.name.toLowerCase() === narrow.name.toLowerCase();
  if (a.family === undefined || a.id === b.id) return true;
  return a.family === b.family && a.build === undefined && a.servicePack === undefined;
}

const meets = (a: Fixed, b: Fixed): boolean => covers(a, b) || covers(b, a);
