import { expect, it } from 'vitest';
import { FIRST_SCRIPT } from '../../../../../client/src/features/content/first-script.ts';
import { SNIPPETS } from '../../../../../server/src/lsp/completion/snippets.ts';
import { lint } from '../../../../../server/src/lint/lint.ts';
import { linkContent } from '../../../../../server/src/model/link.ts';

/** What a snippet leaves when nobody types anything into it. */
function accepted(snippet: string): string {
  const part = /\\([\\$}])|\$\{\d+\|([^,|]*)[^}]*\}|\$\{\d+:([^}]*)\}|\$\d/g;
  return snippet.replace(
    part,
    (_, escaped?: string, first?: string, preset?: string) => escaped ?? first ?? preset ?? '',
  );
}

it('is content without a finding as it stands', () => {
  const text = accepted(FIRST_SCRIPT);
  expect(text).toContain('"${location}\\editor.exe"');
  const linked = linkContent([{ file: 'first.detect', text }]);
  expect(lint(linked)).toEqual([]);
  expect([...linked.content.patches.keys()]).toEqual(['acme-2026-01']);
});

it.each([['product', 'patch', 'check', 'test'], ['bulletin']])(
  'goes for the declarations that completion offers, too: %s',
  (...words) => {
    const declared = SNIPPETS.filter(({ where }) => words.includes(where));
    expect(declared).toHaveLength(words.length);
    const text = declared.map((snippet) => accepted(snippet.text)).join('\n');
    const findings = lint(linkContent([{ file: 'first.detect', text }]));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  },
);
