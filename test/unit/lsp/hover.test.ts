import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { describeNamed } from '../../../server/src/lsp/hover.ts';
import { namedAt } from '../../../server/src/lsp/target.ts';
import { linkContent } from '../../../server/src/model/link.ts';

const EVIL = '<img src=x onerror=alert(1)> [click](command:run) **x** `y`';
const SOURCE = `# ${EVIL}
product acme.editor "${EVIL}" {
  vendor "Acme"
  each app in programs where app.name starts with "Acme"
  let location = app.location
  let version = file "\${location}\\a.exe" version
}
patch ACME-1 "First" fixes acme.editor { severity low  installed when version >= 1.0 }
`;
const { content } = linkContent([{ file: '/x.detect', text: SOURCE }]);
const document = TextDocument.create('file:///x.detect', 'detect', 1, SOURCE);

/** What is named at the last place of a text. */
function at(text: string): ReturnType<typeof namedAt> {
  return namedAt(document, SOURCE.lastIndexOf(text) + 1, content);
}

describe('what the cursor is on', () => {
  it('is a declaration, wherever it is used', () => {
    expect(at('acme.editor {')).toMatchObject({ kind: 'declaration', declared: { id: 'acme.editor' } });
  });

  it('is a name bound above, also where it is inserted into a text or asked for a member', () => {
    const start = SOURCE.indexOf('location = ');
    expect(at('location}')).toMatchObject({ kind: 'name', at: { start } });
    expect(at('app.location')).toMatchObject({ kind: 'name', name: { name: 'app' } });
  });

  it('is in a patch the name that its product binds', () => {
    expect(at('version >= 1.0')).toMatchObject({ kind: 'name', name: { origin: 'let of acme.editor' } });
  });

  it('is nothing in comments and plain texts', () => {
    expect(at('First')).toBeUndefined();
    expect(namedAt(document, 4, content)).toBeUndefined();
  });
});

describe('hover', () => {
  it('shows texts of content without letting them act', () => {
    const named = at('acme.editor {');
    const text = named ? describeNamed(named) : '';
    expect(text).toContain('Acme');
    expect(text).not.toMatch(/<img|\]\(|\*\*x|`/);
  });
});
