/** `HKCU` in a reading is the first user who has it: rarely the one who is meant. */
import type { Rule } from '../rule.ts';
import { everywhere } from '../everywhere.ts';

export const firstUser: Rule = {
  code: 'first-user',
  severity: 'information',
  summary: 'A reading below `HKCU` gives the value of the first user who has it.',
  alone: true,
  find: (content) => {
    const collections = new Set<unknown>();
    return everywhere(content, (add) => ({
      collection: ({ patterns }) => patterns.forEach((pattern) => collections.add(pattern)),
      key(key) {
        const first = key.parts[0];
        if (collections.has(key) || first?.kind !== 'text') return;
        if (!/^(?:HKCU|HKEY_CURRENT_USER)(?:\\|$)/i.test(first.text)) return;
        const message =
          'There is no current user over the network: this is the first user who has it. Ask for each with `each k in keys "HKCU\\…"`.';
        add({ message, at: key.at });
      },
    }));
  },
};
