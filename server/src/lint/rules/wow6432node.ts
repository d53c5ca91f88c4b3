/** `Wow6432Node` in a key: right on 64-bit Windows only, where `view 32` is right everywhere. */
import type { Content, Template, View } from '../../model/content.ts';
import { everywhere } from '../everywhere.ts';
import type { Rule, RuleFinding } from '../rule.ts';

const SEGMENT = /\\Wow6432Node(?=\\|"|$)/i;

export const wow6432node: Rule = {
  code: 'wow6432node',
  severity: 'warning',
  summary: 'A key names `Wow6432Node` instead of the 32-bit view.',
  alone: true,
  find: (content) => {
    const several = new Set<Template>();
    return everywhere(content, (add) => ({
      collection({ patterns }) {
        if (patterns.length > 1) for (const pattern of patterns) several.add(pattern);
      },
      key(key, view) {
        const found = finding(content, key, { view, alone: !several.has(key) });
        if (found !== undefined) add(found);
      },
    }));
  },
};

function finding(
  content: Content,
  key: Template,
  { view, alone }: { readonly view: View | undefined; readonly alone: boolean },
): RuleFinding | undefined {
  const written = content.texts.get(key.at.file)?.slice(key.at.start, key.at.end) ?? '';
  if (!SEGMENT.test(written)) return undefined;
  const message =
    'On 32-bit Windows there is no `Wow6432Node`: leave it out and say `view 32`, which is right on both.';
  const without = written.replace(SEGMENT, '');
  // With a view of its own, or one for several patterns, what was meant is for the author to say.
  const fixable = alone && view === undefined;
  return {
    message,
    at: key.at,
    ...(fixable && { fix: { title: 'Use `view 32`', at: key.at, text: `${without} view 32` } }),
  };
}
