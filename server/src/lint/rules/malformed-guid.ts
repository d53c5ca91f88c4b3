/** Braces in a key or package code whose content is no GUID. */
import type { Template } from '../../model/content.ts';
import { everywhere } from '../everywhere.ts';
import type { Rule, RuleFinding } from '../rule.ts';

const GUID = /^\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}$/i;

export const malformedGuid: Rule = {
  code: 'malformed-guid',
  severity: 'warning',
  summary: 'Something in braces looks like a GUID and is none.',
  alone: true,
  find: (content) =>
    everywhere(content, (add) => ({
      key: (key) => {
        const found = inKey(key);
        if (found !== undefined) add(found);
      },
      source(subject) {
        const msi = subject.kind === 'msi' || subject.kind === 'thing-msi' ? subject.msi.id : undefined;
        const id = msi?.parts.map((part) => (part.kind === 'text' ? part.text : undefined));
        if (msi === undefined || id === undefined || id.some((part) => part === undefined)) return;
        if (!GUID.test(id.join(''))) add({ message: notOne(id.join('')), at: msi.at });
      },
    })),
};

function inKey(key: Template): RuleFinding | undefined {
  // A part that is inserted in whole or in part is for the machine to know, and so is a wildcard.
  const texts = key.parts.map((part) => (part.kind === 'text' ? part.text : '\u0001')).join('');
  // Installers put words behind the braces: `{…}_is1`.
  const braced = texts.split('\\').map((part) => /^\{[^{}]*\}?/.exec(part)?.[0] ?? '');
  const wrong = braced.find((part) => /^\{[^*?\u0001]*[0-9a-f-]{8}[^*?\u0001]*$/i.test(part) && !GUID.test(part));
  return wrong === undefined ? undefined : { message: notOne(wrong), at: key.at };
}

const notOne = (text: string): string =>
  `\`${text}\` is no GUID: it has groups of 8, 4, 4, 4 and 12 hexadecimal digits, in braces. Nothing is ever found by it.`;
