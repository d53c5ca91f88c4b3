/** A part of a key that begins like a security identifier and is none. */
import { everywhere } from '../everywhere.ts';
import type { Rule } from '../rule.ts';

// [MS-DTYP] 2.4.2.1: revision 1, an authority, then up to 15 numbers of 32 bits.
const SID = /^S-1-\d{1,14}(?:-\d{1,10}){0,15}(?:_Classes)?$/i;

export const malformedSid: Rule = {
  code: 'malformed-sid',
  severity: 'warning',
  summary: 'A part of a key looks like a security identifier and is none.',
  alone: true,
  find: (content) =>
    everywhere(content, (add) => ({
      key(key) {
        const text = key.parts.map((part) => (part.kind === 'text' ? part.text : '*')).join('');
        const wrong = text.split('\\').find((part) => /^S-\d/i.test(part) && !/[*?]/.test(part) && !SID.test(part));
        if (wrong === undefined) return;
        const message = `\`${wrong}\` is no security identifier, such as S-1-5-18: nothing is ever found by it.`;
        add({ message, at: key.at });
      },
    })),
};
