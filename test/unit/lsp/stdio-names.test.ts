import { CancellationTokenSource } from 'vscode-languageserver/node';
import type { Location, Range, SymbolInformation, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LspFixture } from '../../support/lsp-fixture.ts';

const PRODUCTS = `# The editor.
product acme.editor "Acme Editor" {
  each app in programs where app.name matches /^Acme (?<release>[\\d.]+)/
  let home = app.location else "C:\\Acme"
  let version = file "\${home}\\acme.exe" version else release
  installed when any f in files "\${home}\\*.dll" { f.version >= 1.0 } and file "\${home}\\acme.exe" exists
  one per home
}

product acme.viewer "Acme Viewer" {
  let home = key "HKLM\\SOFTWARE\\Acme" value "Path"
  installed when check newer-than("\${home}\\view.exe", 1.0)
}

check newer-than(path, least) {
  file "\${path}" version >= least if present
}
`;
const PATCHES = `patch ACME-1 "First" fixes acme.editor { installed when version >= 1.0 }
patch ACME-2 "Second" fixes ACME.Editor, acme.viewer {
  supersedes ACME-1
  installed when file "\${home}\\fix.dll" exists
}
bulletin ACME-B "Both" {
  let part = file "\${home}\\part.dll" version
  patch ACME-3 fixes acme.editor { installed when part >= 2.0 }
  patch ACME-4 fixes acme.editor { installed when part >= 3.0  supersedes ACME-3 }
}
test "finds" { expect ACME-1 for acme.editor missing }
`;
const MANY = 1000;

let lsp: LspFixture;

beforeAll(async () => {
  const files: Record<string, string> = { 'products.detect': PRODUCTS, 'patches.detect': PATCHES };
  for (let i = 0; i < MANY; i++) {
    files[`many/f${i}.detect`] =
      `patch MANY-${i} fixes acme.many { supersedes MANY-${i + 1}  installed when place = "${i}" }\n`;
  }
  files['many.detect'] =
    `product acme.many "Many" { let place = "x" }\npatch MANY-${MANY} fixes acme.many { note "n" }\n`;
  lsp = await LspFixture.start(files);
});
afterAll(() => lsp.stop());

const references = (file: string, word: string, nth = 0): Promise<Location[]> =>
  lsp.ask('textDocument/references', { ...lsp.at(file, word, nth), context: { includeDeclaration: true } });
const rename = (file: string, word: string, newName: string): Promise<WorkspaceEdit> =>
  lsp.ask('textDocument/rename', { ...lsp.at(file, word), newName });

describe('references over stdio', () => {
  it('finds a product in all files, whatever the case, and in tests', async () => {
    expect(lsp.shown(await references('patches.detect', 'acme.editor'))).toEqual([
      'patches.detect:11: acme.editor',
      'patches.detect:1: acme.editor',
      'patches.detect:2: ACME.Editor',
      'patches.detect:8: acme.editor',
      'patches.detect:9: acme.editor',
      'products.detect:2: acme.editor',
    ]);
  });

  it('leaves the declaration out when it is asked to', async () => {
    const params = { ...lsp.at('patches.detect', 'ACME-3'), context: { includeDeclaration: false } };
    expect(lsp.shown(await lsp.ask('textDocument/references', params))).toEqual(['patches.detect:9: ACME-3']);
  });

  it('finds a let in texts, in `one per`, in the patches of its product, and in products that share those patches', async () => {
    expect(lsp.shown(await references('products.detect', 'home'))).toEqual([
      'patches.detect:4: home',
      'patches.detect:7: home',
      'products.detect:11: home',
      'products.detect:12: home',
      'products.detect:4: home',
      'products.detect:5: home',
      'products.detect:6: home',
      'products.detect:6: home',
      'products.detect:7: home',
    ]);
  });

  it('keeps captures, parameters, elements of a quantifier and what a bulletin shares to themselves', async () => {
    const of = async (file: string, word: string): Promise<readonly string[]> =>
      lsp.shown(await references(file, word));
    expect(await of('products.detect', 'release')).toEqual([
      'products.detect:3: release',
      'products.detect:5: release',
    ]);
    expect(await of('products.detect', 'least')).toEqual(['products.detect:15: least', 'products.detect:16: least']);
    expect(await of('products.detect', 'f in files')).toEqual(['products.detect:6: f', 'products.detect:6: f']);
    expect(await of('patches.detect', 'part >= 2.0')).toEqual([
      'patches.detect:7: part',
      'patches.detect:8: part',
      'patches.detect:9: part',
    ]);
  });

  it('finds every use in a thousand files', async () => {
    expect(await references('many.detect', 'acme.many')).toHaveLength(MANY + 2);
    expect(await references('many.detect', 'place')).toHaveLength(MANY + 1);
  });

  it('is nothing on a word of the language', async () => {
    expect(await references('products.detect', 'each')).toEqual([]);
  });
});

describe('definition over stdio', () => {
  const definition = async (file: string, word: string, nth = 0): Promise<readonly string[]> => {
    const found = await lsp.ask<Location | Location[] | null>('textDocument/definition', lsp.at(file, word, nth));
    return found === null ? [] : lsp.shown(Array.isArray(found) ? found : [found]);
  };

  it('leads across files, into texts, to what a bulletin shares, and to each product that binds a name', async () => {
    expect(await definition('patches.detect', 'ACME.Editor')).toEqual(['products.detect:2: acme.editor']);
    expect(await definition('products.detect', 'home}')).toEqual(['products.detect:4: home']);
    expect(await definition('patches.detect', 'part >= 3.0')).toEqual(['patches.detect:7: part']);
    expect(await definition('patches.detect', 'home}')).toEqual([
      'products.detect:11: home',
      'products.detect:4: home',
    ]);
    expect(await definition('products.detect', 'each')).toEqual([]);
  });
});

describe('highlight over stdio', () => {
  it('tells where a name is bound from where it is used', async () => {
    const found = await lsp.ask<{ range: Range; kind: number }[]>(
      'textDocument/documentHighlight',
      lsp.at('products.detect', 'release'),
    );
    expect(found.map(({ range, kind }) => [range.start.line, lsp.covered('products.detect', range), kind])).toEqual([
      [2, 'release', 3],
      [4, 'release', 2],
    ]);
  });
});

describe('rename over stdio', () => {
  it('changes a product, a patch, a check, a capture and a parameter wherever they stand', async () => {
    const edits = async (file: string, word: string, newName: string): Promise<string> => {
      const { changes = {} } = await rename(file, word, newName);
      return lsp.edited(file, changes[lsp.uri(file)] ?? []);
    };
    expect(await edits('patches.detect', 'acme.editor', 'acme.writer')).toBe(
      PATCHES.replaceAll(/acme\.editor/gi, 'acme.writer'),
    );
    expect(await edits('patches.detect', 'ACME-1', 'ACME-0')).toBe(PATCHES.replaceAll('ACME-1', 'ACME-0'));
    expect(await edits('products.detect', 'newer-than', 'at-least')).toBe(
      PRODUCTS.replaceAll('newer-than', 'at-least'),
    );
    expect(await edits('products.detect', 'release', 'found')).toBe(PRODUCTS.replaceAll('release', 'found'));
    expect(await edits('products.detect', 'least', 'lowest')).toBe(PRODUCTS.replaceAll('least', 'lowest'));
  });

  it('changes a let in every product and patch that means it, in both files', async () => {
    const { changes = {} } = await rename('patches.detect', 'home', 'place');
    const after = (file: string): string => lsp.edited(file, changes[lsp.uri(file)] ?? []);
    expect(after('products.detect')).toBe(PRODUCTS.replaceAll('home', 'place'));
    expect(after('patches.detect')).toBe(PATCHES.replaceAll('home', 'place'));
  });

  it('changes a thousand files at once', async () => {
    const { changes = {} } = await rename('many.detect', 'acme.many', 'acme.few');
    expect(Object.keys(changes)).toHaveLength(MANY + 1);
    expect(
      Object.values(changes)
        .flat()
        .every(({ newText }: TextEdit) => newText === 'acme.few'),
    ).toBe(true);
  });

  it('prepares with the name alone, and says why something cannot be renamed', async () => {
    const prepared = await lsp.ask<{ range: Range; placeholder: string }>(
      'textDocument/prepareRename',
      lsp.at('products.detect', 'app.location'),
    );
    expect(prepared.placeholder).toBe('app');
    expect(lsp.covered('products.detect', prepared.range)).toBe('app');
    await expect(lsp.ask('textDocument/prepareRename', lsp.at('products.detect', 'each'))).rejects.toThrow(
      'Only names',
    );
  });

  it.each([
    ['acme.editor', 'acme.viewer', 'There is a product'],
    ['acme.editor', 'ACME-1', 'There is a patch'],
    ['acme.editor', 'windows-10', 'name of a Windows'],
    ['acme.editor', 'where', 'word of the language'],
    ['acme.editor', 'two words', 'is no name'],
    ['acme.editor', '', 'is no name'],
    ['release', 'home', 'already'],
    ['release', 'a-b', 'has no `-`'],
    ['home', 'windows', 'machine’s Windows'],
    ['home', 'a.b', 'no dot'],
  ])('refuses `%s` as `%s`', async (word, newName, reason) => {
    await expect(rename('products.detect', word, newName)).rejects.toThrow(reason);
  });

  it('refuses a name that a patch using it has already', async () => {
    const cursor = await lsp.open(
      'own.detect',
      'product own { let <|>mine = "a" }\npatch OWN-1 fixes own { let other = mine  installed when other = "b" }\n',
    );
    await expect(lsp.ask('textDocument/rename', { ...cursor, newName: 'other' })).rejects.toThrow('already');
    await lsp.close('own.detect');
  });
});

describe('workspace symbols over stdio', () => {
  it('finds declarations by a part of name or title, the closest first', async () => {
    const found = await lsp.ask<SymbolInformation[]>('workspace/symbol', { query: 'acme-' });
    expect(found.map(({ name }) => name)).toEqual(['ACME-1', 'ACME-2', 'ACME-3', 'ACME-4', 'ACME-B']);
    const titled = await lsp.ask<SymbolInformation[]>('workspace/symbol', { query: 'viewer' });
    expect(titled.map(({ name, containerName }) => [name, containerName])).toEqual([['acme.viewer', 'Acme Viewer']]);
    expect(await lsp.ask('workspace/symbol', { query: '' })).toHaveLength(500);
  });
});

describe('a request that is cancelled', () => {
  it('is answered as cancelled, and the next is answered as ever', async () => {
    const files = Array.from({ length: MANY }, (_, i) => [`f${i}.detect`, `patch F-${i} fixes windows { note "n" }\n`]);
    // It still reads the files when both messages arrive.
    const busy = await LspFixture.start(Object.fromEntries(files) as Record<string, string>);
    const source = new CancellationTokenSource();
    const asked = busy.client.connection.sendRequest('workspace/symbol', { query: '' }, source.token);
    source.cancel();
    await expect(asked).rejects.toMatchObject({ code: -32800 });
    expect(await busy.ask('workspace/symbol', { query: 'F-99' })).not.toEqual([]);
    await busy.stop();
  });
});
