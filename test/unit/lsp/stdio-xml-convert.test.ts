import type { CodeAction, Location } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkContent } from '../../../server/src/model/link.ts';
import { LspFixture } from '../../support/lsp-fixture.ts';
import { meaning } from '../patchxml/as-xml.ts';

const SCRIPT = `# A product.
product acme "Acme" {
  let home = "%ProgramFiles%\\Acme"
  let version = file "\${home}\\acme.exe" version
}

# The first.
patch A-1 "First" fixes acme {
  # What counts.
  installed when version >= 1.0
}

patch A-2 fixes acme { supersedes A-1  note "n" }
`;
const XML = `<?xml version="1.0" encoding="utf-8"?>
<patches xmlns="urn:patchlab:patches:1">
  <!-- The third. -->
  <patch id="A-3" title="R&amp;D">
    <fixes><product ref="acme"/></fixes>
    <supersedes ref="A-2"/>
    <installed-when><file path="\${home}\\a.dll" exists="true"/></installed-when>
  </patch>
  <check id="c"><file path="%windir%\\c" exists="true"/></check>
</patches>
`;
const ABILITIES = { workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] } } };

let lsp: LspFixture;
beforeAll(async () => {
  lsp = await LspFixture.start(
    { 'a.detect': SCRIPT, 'a.patches.xml': XML, 'only.detect': 'check lone { file "%windir%\\l" exists }\n' },
    ABILITIES,
  );
});
afterAll(() => lsp.stop());

async function converting(name: string, word: string, from = lsp): Promise<CodeAction | undefined> {
  const { textDocument, position } = from.at(name, word);
  const found = await from.ask<CodeAction[]>('textDocument/codeAction', {
    textDocument,
    range: { start: position, end: position },
    context: { diagnostics: [], only: ['refactor.rewrite'] },
  });
  return found[0];
}

/** All files after an action, by their names. */
function applied(action: CodeAction | undefined, files: readonly string[]): Readonly<Record<string, string>> {
  const texts = new Map(files.map((name) => [lsp.uri(name), lsp.text(name)]));
  for (const change of action?.edit?.documentChanges ?? []) {
    if ('kind' in change) {
      if (change.kind === 'create') texts.set(change.uri, texts.get(change.uri) ?? '');
      continue;
    }
    const { textDocument, edits } = change;
    const before = TextDocument.create(textDocument.uri, 'detect', 0, texts.get(textDocument.uri) ?? '');
    texts.set(textDocument.uri, TextDocument.applyEdits(before, edits as never));
  }
  return Object.fromEntries([...texts].map(([uri, text]) => [uri.slice(uri.lastIndexOf('/') + 1), text]));
}
const contentOf = (files: Readonly<Record<string, string>>): unknown => {
  const { content, findings } = linkContent(Object.entries(files).map(([file, text]) => ({ file, text })));
  const { products, patches, checks, supersedence } = meaning(content) as Record<string, [string, unknown][]>;
  const sorted = (map: [string, unknown][] = []): unknown => map.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const documentation = [...content.patches.values()].map(({ id, documentation: said }) => `${id}: ${said ?? ''}`);
  const edges = content.supersedence.map(({ newer, older }) => `${newer} ${older}`);
  expect(supersedence).toHaveLength(edges.length);
  return {
    products: sorted(products),
    patches: sorted(patches),
    checks: sorted(checks),
    findings,
    documentation: documentation.sort(),
    edges: edges.sort(),
  };
};
const BOTH = ['a.detect', 'a.patches.xml'];

describe('converting a declaration over stdio', () => {
  it('moves a patch of a script with its comments into the XML beside it, and means the same', async () => {
    const action = await converting('a.detect', 'A-1 "');
    expect(action).toMatchObject({ title: 'Convert this patch to XML', kind: 'refactor.rewrite.patchlab' });
    const after = applied(action, BOTH);
    expect(after['a.detect']).toBe(SCRIPT.replace(/# The first[^]*?\n}\n\n/, ''));
    expect(after['a.patches.xml']).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="utf-8"?>
      <patches xmlns="urn:patchlab:patches:1">
        <!-- The third. -->
        <patch id="A-3" title="R&amp;D">
          <fixes><product ref="acme"/></fixes>
          <supersedes ref="A-2"/>
          <installed-when><file path="\${home}\\a.dll" exists="true"/></installed-when>
        </patch>
        <check id="c"><file path="%windir%\\c" exists="true"/></check>
        <!-- The first. -->
        <patch id="A-1" title="First">
          <fixes>
            <product ref="acme"/>
          </fixes>
          <!-- What counts. -->
          <installed-when>
            <name of="version" at-least="1.0"/>
          </installed-when>
        </patch>
      </patches>
      "
    `);
    expect(contentOf(after)).toEqual(contentOf({ 'a.detect': SCRIPT, 'a.patches.xml': XML }));
  });

  it('moves a patch of XML with its comment into the script beside it, and means the same', async () => {
    const action = await converting('a.patches.xml', 'A-3');
    expect(action?.title).toBe('Convert this patch to a script');
    const after = applied(action, BOTH);
    expect(after['a.patches.xml']).not.toContain('third');
    expect(after['a.patches.xml']).not.toContain('A-3');
    expect(after['a.detect']?.slice(SCRIPT.length)).toMatchInlineSnapshot(`
      "
      # The third.
      patch A-3 "R&D" fixes acme {
        supersedes A-2
        installed when file "\${home}\\a.dll" exists
      }
      "
    `);
    expect(contentOf(after)).toEqual(contentOf({ 'a.detect': SCRIPT, 'a.patches.xml': XML }));
  });

  it('moves products and checks as well, and who refers to them still does', async () => {
    const product = applied(await converting('a.detect', 'acme "'), BOTH);
    expect(contentOf(product)).toEqual(contentOf({ 'a.detect': SCRIPT, 'a.patches.xml': XML }));
    for (const [name, text] of Object.entries(product)) await lsp.open(name, text);
    const found = await lsp.ask<Location>('textDocument/definition', lsp.at('a.detect', 'acme {', 1));
    expect(lsp.shown([found])[0]).toMatch(/^a\.patches\.xml:\d+: acme$/);
    for (const name of BOTH) await lsp.open(name, name === 'a.detect' ? SCRIPT : XML);
    const check = applied(await converting('a.patches.xml', 'c"><file'), BOTH);
    expect(contentOf(check)).toEqual(contentOf({ 'a.detect': SCRIPT, 'a.patches.xml': XML }));
  });

  it('begins a file where there is none beside it', async () => {
    const action = await converting('only.detect', 'lone');
    expect(action?.edit?.documentChanges?.[0]).toEqual({
      kind: 'create',
      uri: lsp.uri('only.patches.xml'),
      options: { ignoreIfExists: true },
    });
    const after = applied(action, ['only.detect']);
    expect(after['only.detect']).toBe('');
    expect(after['only.patches.xml']).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n<patches xmlns="urn:patchlab:patches:1">\n  <check id="lone">\n    <file path="%windir%\\l" exists="true"/>\n  </check>\n</patches>\n',
    );
  });

  it('is offered at the head of a declaration that has no mistake, alone', async () => {
    expect(await converting('a.detect', 'version >=')).toBeUndefined();
    expect(await converting('a.patches.xml', 'a.dll')).toBeUndefined();
    await lsp.open('bad.detect', 'patch B-1 fixes acme { installed when }\ntest "t" { expect A-1 installed }\n');
    expect(await converting('bad.detect', 'B-1')).toBeUndefined();
    expect(await converting('bad.detect', 'test')).toBeUndefined();
    await lsp.open('bad.patches.xml', '<patches><patch id="B-2"><fixes/></patch></patches>');
    expect(await converting('bad.patches.xml', 'B-2')).toBeUndefined();
  });

  it('is not offered by an editor that cannot change several files', async () => {
    const plain = await LspFixture.start({ 'a.detect': SCRIPT });
    expect(await converting('a.detect', 'A-1', plain)).toBeUndefined();
    await plain.stop();
  });
});
