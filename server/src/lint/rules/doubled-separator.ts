/** Two backslashes where one is meant: a script has no escapes. */
import type { Template } from '../../model/content.ts';
import { everywhere } from '../everywhere.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const doubledSeparator: Rule = {
  code: 'doubled-separator',
  severity: 'warning',
  summary: 'A path or key has two backslashes in a row.',
  alone: true,
  find: (content) =>
    everywhere(content, (add) => {
      const look = (path: Template): void => {
        const found = finding(path, content.texts.get(path.at.file) ?? '');
        if (found !== undefined) add(found);
      };
      return { path: look, key: look };
    }),
};

function finding({ parts, at }: Template, text: string): RuleFinding | undefined {
  if (!parts.some((part) => part.kind === 'text' && /\\\\/.test(part.text))) return undefined;
  const single = text.slice(at.start, at.end).replace(/\\{2,}/g, '\\');
  return {
    message: 'A backslash is a backslash here: it is not doubled.',
    at,
    fix: { title: 'Write single backslashes', at, text: single },
  };
}
