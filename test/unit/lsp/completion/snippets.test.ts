import { describe, expect, it } from 'vitest';
import { SNIPPETS } from '../../../../server/src/lsp/completion/snippets.ts';
import { parse } from '../../../../server/src/syntax/parse.ts';
import { format } from '../../../../server/src/syntax/printer.ts';

/** What is in the file when every placeholder is accepted as it is. */
function accepted(snippet: string): string {
  return snippet
    .replace(/(?<!\\)\$\{\d+\|([^,|]*)[^}]*\|\}/g, '$1')
    .replace(/(?<!\\)\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/(?<!\\)\$\d/g, '')
    .replace(/\\([$\\}])/g, '$1');
}

/** Where a statement or a condition can stand. */
function around(where: string, text: string): string {
  const indented = text.replaceAll('\n', '\n  ');
  if (['product', 'patch', 'bulletin', 'check', 'test'].includes(where)) return text;
  if (where === 'missing' || where === 'note') return `patch p fixes windows {\n  ${indented}\n}\n`;
  if (where === 'all' || where === 'any') return `check c {\n  ${indented}\n}\n`;
  if (where === 'reaches') return `check c {\n  windows.version ${indented}\n}\n`;
  return `product a {\n  ${indented}\n}\n`;
}

describe('snippets', () => {
  it.each(SNIPPETS.map((snippet) => [snippet.label, snippet] as const))(
    '%s is whole, and as the printer prints it',
    (_, { text, where }) => {
      const written = around(where, accepted(text)).replace(/\{\n\s*\n(\s*)\}/g, '{}');
      expect(parse(written).errors).toEqual([]);
      expect(format(written)).toBe(written);
    },
  );
});
