import { describe, expect, it } from 'vitest';
import { SNIPPETS } from '../../../../server/src/lsp/completion/snippets.ts';
import { lint } from '../../../../server/src/lint/lint.ts';
import { linkContent } from '../../../../server/src/model/link.ts';
import { parse } from '../../../../server/src/syntax/parse.ts';
import { format } from '../../../../server/src/syntax/printer.ts';

/** What is in the file when every placeholder is accepted as it is. */
function accepted(snippet: string): string {
  const part = /\\([\\$}])|\$\{\d+\|([^,|]*)[^}]*\|\}|\$\{\d+:((?:[^}\\]|\\.)*)\}|\$\d+/g;
  return snippet.replace(
    part,
    (_, character?: string, choice?: string, words?: string) =>
      character ?? choice ?? words?.replace(/\\([\\$}])/g, '$1') ?? '',
  );
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

  it.each(SNIPPETS.map((snippet) => [snippet.label, snippet] as const))(
    '%s lints without an error once its names are those of content',
    (_, { text, where }) => {
      const content = [
        'product vendor.name { installed when file "%windir%\\a.exe" exists  let version = file "%windir%\\a.exe" version }',
        'patch KNOWN-1 fixes vendor.name { note "n" }',
        '',
      ];
      // What can only be named by who writes: values of a `let`, and what a test is about.
      const named = accepted(text)
        .replace('= first else second', '= "a" else "b"')
        .replace('expect ID', 'expect KNOWN-1');
      const declares = where === 'product' ? content.slice(2) : content;
      const files = [
        { file: 'content.detect', text: declares.join('\n') },
        { file: 'snippet.detect', text: around(where, named) },
      ];
      const errors = lint(linkContent(files)).filter(({ severity }) => severity === 'error');
      expect(errors.map(({ message }) => message)).toEqual([]);
    },
  );
});
