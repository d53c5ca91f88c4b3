/** `HKEY_LOCAL_MACHINE` and its like: accepted, and shortened by a fix. */
import { HIVES } from '../../model/lower/path.ts';
import { everywhere } from '../everywhere.ts';
import type { Rule } from '../rule.ts';

export const longHive: Rule = {
  code: 'long-hive',
  severity: 'hint',
  summary: 'A hive is written by its long name.',
  alone: true,
  find: (content) =>
    everywhere(content, (add) => ({
      key(key) {
        const first = key.parts[0];
        const hive = first?.kind === 'text' ? (first.text.split('\\')[0] ?? '') : '';
        const short = HIVES[hive.toUpperCase()];
        if (short === undefined || short.length === hive.length) return;
        const start = key.at.start + 1;
        const at = { file: key.at.file, start, end: start + hive.length };
        add({
          message: `\`${hive}\` is \`${short}\` for short.`,
          at,
          fix: { title: `Write \`${short}\``, at, text: short },
        });
      },
    })),
};
