/** Patches and bulletins whose name was to be a KB or CVE id and is none. */
import type { Declared } from '../../model/content.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const malformedKb: Rule = {
  code: 'malformed-kb',
  severity: 'warning',
  summary: 'A name looks like a KB or CVE id and is none.',
  alone: true,
  find: (content) => [...content.patches.values(), ...content.bulletins.values()].flatMap((one) => problem(one) ?? []),
};

function problem({ id, nameAt }: Declared): RuleFinding | undefined {
  const digits = /^KB[-_.]?(\d+)$/i.exec(id)?.[1];
  if (digits !== undefined && !/^KB\d{5,8}$/.test(id)) {
    const right = digits.length >= 5 && digits.length <= 8 ? ` Write \`KB${digits}\`.` : '';
    return { message: `\`${id}\` is no KB id: \`KB\` and five to eight digits.${right}`, at: nameAt };
  }
  if (/^CVE[-_]?\d/i.test(id) && !/^CVE-\d{4}-\d{4,7}(?!\d)/.test(id))
    return { message: `\`${id}\` is no CVE id, such as CVE-2024-11477.`, at: nameAt };
  return undefined;
}
