import type {
  CodeLens,
  Diagnostic,
  DocumentSymbol,
  FoldingRange,
  Hover,
  LinkedEditingRanges,
  Location,
  SelectionRange,
  SymbolInformation,
  TypeHierarchyItem,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LspFixture } from '../../support/lsp-fixture.ts';

const SCRIPT = `# In a script.
product acme "Acme" {
  let home = "%ProgramFiles%\\Acme"
  let version = file "\${home}\\acme.exe" version
}
patch A-1 "First" fixes acme { installed when version >= 1.0 }
patch A-3 "Third" fixes acme { supersedes A-2  installed when check fresh("\${home}\\a.exe") }
`;
const XML = `<?xml version="1.0" encoding="utf-8"?>
<patches xmlns="urn:patchlab:patches:1">
  <!-- In XML. -->
  <patch id="A-2" title="Second">
    <fixes><product ref="acme"/></fixes>
    <supersedes ref="A-1"/>
    <installed-when>
      <file path="\${home}\\a.dll" property="version" at-least="2.0"/>
    </installed-when>
  </patch>
  <check id="fresh">
    <parameter name="path"/>
    <file path="\${path}" exists="true"/>
  </check>
</patches>
`;

let lsp: LspFixture;
beforeAll(async () => {
  lsp = await LspFixture.start({ 'a.detect': SCRIPT, 'b.patches.xml': XML });
});
afterAll(() => lsp.stop());

const references = async (file: string, word: string): Promise<readonly string[]> =>
  lsp.shown(
    await lsp.ask<Location[]>('textDocument/references', {
      ...lsp.at(file, word),
      context: { includeDeclaration: true },
    }),
  );
const rename = async (file: string, word: string, newName: string): Promise<readonly string[]> => {
  const { changes = {} } = await lsp.ask<WorkspaceEdit>('textDocument/rename', { ...lsp.at(file, word), newName });
  return ['a.detect', 'b.patches.xml'].map((name) => lsp.edited(name, changes[lsp.uri(name)] ?? []));
};
const inXml = { textDocument: { uri: '' } };
beforeAll(() => {
  inXml.textDocument.uri = lsp.uri('b.patches.xml');
});

describe('names across scripts and XML', () => {
  it('has nothing to complain about in content that is divided between both', async () => {
    for (const name of ['a.detect', 'b.patches.xml']) {
      const { items } = await lsp.ask<{ items: Diagnostic[] }>('textDocument/diagnostic', {
        textDocument: { uri: lsp.uri(name) },
      });
      expect(items.filter(({ severity }) => severity === 1)).toEqual([]);
    }
  });

  it('are found from either side', async () => {
    const acme = ['a.detect:2: acme', 'a.detect:6: acme', 'a.detect:7: acme', 'b.patches.xml:5: acme'];
    expect(await references('a.detect', 'acme "')).toEqual(acme);
    expect(await references('b.patches.xml', 'acme"/')).toEqual(acme);
    expect(await references('b.patches.xml', 'A-2')).toEqual(['a.detect:7: A-2', 'b.patches.xml:4: A-2']);
    expect(await references('b.patches.xml', 'home}')).toEqual([
      'a.detect:3: home',
      'a.detect:4: home',
      'a.detect:7: home',
      'b.patches.xml:8: home',
    ]);
    expect(await references('b.patches.xml', 'path}')).toEqual(['b.patches.xml:12: path', 'b.patches.xml:13: path']);
  });

  it('are renamed in both', async () => {
    const both = [SCRIPT, XML];
    expect(await rename('a.detect', 'acme "', 'acme.editor')).toEqual([
      SCRIPT.replaceAll(/(?<=product |fixes )acme/g, 'acme.editor'),
      XML.replace('ref="acme"', 'ref="acme.editor"'),
    ]);
    expect(await rename('b.patches.xml', 'A-2', 'A-9')).toEqual(both.map((text) => text.replaceAll('A-2', 'A-9')));
    expect(await rename('b.patches.xml', 'home}', 'place')).toEqual(
      both.map((text) => text.replaceAll('home', 'place')),
    );
    expect(await rename('a.detect', 'fresh(', 'recent')).toEqual(
      both.map((text) => text.replaceAll('fresh', 'recent')),
    );
  });

  it('lead to their declaration, and say what it is', async () => {
    const found = await lsp.ask<Location>('textDocument/definition', lsp.at('b.patches.xml', 'acme"/'));
    expect(lsp.shown([found])).toEqual(['a.detect:2: acme']);
    const hover = await lsp.ask<Hover>('textDocument/hover', lsp.at('b.patches.xml', 'acme"/'));
    expect(JSON.stringify(hover.contents)).toContain('In a script');
    const back = await lsp.ask<Hover>('textDocument/hover', lsp.at('a.detect', 'A-2'));
    expect(JSON.stringify(back.contents)).toContain('In XML');
    const bound = await lsp.ask<Hover>('textDocument/hover', lsp.at('b.patches.xml', 'home}'));
    expect(JSON.stringify(bound.contents)).toContain('let of acme');
    const highlights = await lsp.ask<unknown[]>('textDocument/documentHighlight', lsp.at('b.patches.xml', 'path}'));
    expect(highlights).toHaveLength(2);
  });

  it('are listed in the workspace and counted above each declaration', async () => {
    const symbols = await lsp.ask<SymbolInformation[]>('workspace/symbol', { query: 'A-' });
    expect(symbols.map(({ name }) => name)).toEqual(['A-1', 'A-3', 'A-2']);
    const lenses = await lsp.ask<CodeLens[]>('textDocument/codeLens', inXml);
    const resolved = await Promise.all(lenses.map((lens) => lsp.ask<CodeLens>('codeLens/resolve', lens)));
    expect(resolved.map(({ command }) => command?.title)).toEqual(['1 reference', '1 reference']);
  });

  it('supersede each other', async () => {
    const items = await lsp.ask<TypeHierarchyItem[]>(
      'textDocument/prepareTypeHierarchy',
      lsp.at('b.patches.xml', 'A-2'),
    );
    const names = async (way: string): Promise<string[]> =>
      (await lsp.ask<TypeHierarchyItem[]>(`typeHierarchy/${way}`, { item: items[0] })).map(({ name }) => name);
    expect(await names('supertypes')).toEqual(['A-3']);
    expect(await names('subtypes')).toEqual(['A-1']);
  });
});

describe('the shape of XML', () => {
  it('is outlined and folded', async () => {
    const symbols = await lsp.ask<DocumentSymbol[]>('textDocument/documentSymbol', inXml);
    expect(symbols.map(({ name, detail }) => [name, detail])).toEqual([
      ['A-2', 'Second'],
      ['fresh', ''],
    ]);
    const folds = await lsp.ask<FoldingRange[]>('textDocument/foldingRange', inXml);
    expect(folds.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
      [1, 13],
      [3, 8],
      [6, 7],
      [10, 12],
    ]);
  });

  it('is selected from a value outwards', async () => {
    const { textDocument, position } = lsp.at('b.patches.xml', 'home}');
    const [innermost] = await lsp.ask<SelectionRange[]>('textDocument/selectionRange', {
      textDocument,
      positions: [position],
    });
    const texts: string[] = [];
    for (let one = innermost; one; one = one.parent) texts.push(lsp.covered('b.patches.xml', one.range));
    expect(texts.slice(0, 5).map((text) => text.trim())).toEqual([
      '${home}\\a.dll',
      'path="${home}\\a.dll"',
      '<file path="${home}\\a.dll" property="version" at-least="2.0"/>',
      '<file path="${home}\\a.dll" property="version" at-least="2.0"/>',
      '<installed-when>\n      <file path="${home}\\a.dll" property="version" at-least="2.0"/>\n    </installed-when>',
    ]);
    expect(texts.at(-1)).toBe(XML);
  });

  it('is edited at both ends of an element', async () => {
    const ask = (word: string, nth = 0): Promise<LinkedEditingRanges | null> =>
      lsp.ask('textDocument/linkedEditingRange', lsp.at('b.patches.xml', word, nth));
    const fromStart = await ask('check id');
    expect(fromStart?.ranges.map((range) => [range.start.line, lsp.covered('b.patches.xml', range)])).toEqual([
      [10, 'check'],
      [13, 'check'],
    ]);
    expect(await ask('check>')).toEqual(fromStart);
    expect(await ask('fresh')).toBeNull();
    expect(await ask('parameter')).toBeNull();
  });

  it('says what elements and attributes are for, where no name is', async () => {
    const shown = async (word: string, nth = 0): Promise<unknown> => {
      const hover = await lsp.ask<Hover | null>('textDocument/hover', lsp.at('b.patches.xml', word, nth));
      return hover && [lsp.covered('b.patches.xml', hover.range ?? fail()), hover.contents];
    };
    const markdown = (value: string): unknown => ({ kind: 'markdown', value });
    expect(await shown('supersedes ')).toEqual([
      'supersedes',
      markdown('**`<supersedes>`** An older patch or bulletin.'),
    ]);
    expect(await shown('installed-when>', 1)).toMatchObject(['installed-when', {}]);
    expect(await shown('at-least')).toEqual([
      'at-least="2.0"',
      markdown(
        '**`at-least`** (a literal): `>=` a version, number, date, size or other literal; anything else is a text.',
      ),
    ]);
    expect(await shown('Second')).toMatchObject(['title="Second"', {}]);
    expect(await shown('encoding')).toBeNull();
  });
});

function fail(): never {
  throw new Error('no range');
}
