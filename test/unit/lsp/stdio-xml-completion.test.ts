import { InsertTextFormat, type CompletionItem } from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LspFixture } from '../../support/lsp-fixture.ts';

const SCRIPT = `# What it is.
product acme.editor "Acme Editor" {
  vendor "Acme"
  each app in programs where app.name = "Acme"
  let home = key "HKLM\\SOFTWARE\\Acme\\R&D" value "HomeFolder"
  installed when service "AcmeUpdater" is running and hotfix KB5031356 is installed
}
patch ACME-1 "One" fixes acme.editor { installed when version >= 4.2.1  kb KB4012212 }
check fresh(path) { file "\${path}" exists }
`;
const XML = `<patches>
  <!-- About the second. -->
  <patch id="ACME-2" title="Two" kb="KB5000002"><fixes><product ref="acme.editor"/></fixes><installed-when>
    <name of="version" at-least="5.6.7"/>
    <service name="XmlService" is="running"/>
    <key path="HKLM\\SOFTWARE\\FromXml" value="XmlValue" equals="1"/>
  </installed-when></patch>
</patches>
`;

let lsp: LspFixture;
beforeAll(async () => {
  const completionItem = { snippetSupport: true };
  lsp = await LspFixture.start(
    { 'used.detect': SCRIPT, 'used.patches.xml': XML },
    { textDocument: { completion: { completionItem } } },
  );
});
afterAll(() => lsp.stop());

let count = 0;
async function offered(marked: string, triggerCharacter?: string): Promise<readonly CompletionItem[]> {
  const name = `typed${++count}.patches.xml`;
  const cursor = await lsp.open(name, marked);
  const context = triggerCharacter === undefined ? {} : { context: { triggerKind: 2, triggerCharacter } };
  const items = await lsp.ask<CompletionItem[]>('textDocument/completion', { ...cursor, ...context });
  await lsp.close(name);
  return items;
}
/** In the order in which an editor shows them. */
const labels = async (marked: string, trigger?: string): Promise<readonly string[]> =>
  [...(await offered(marked, trigger))]
    .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
    .map(({ label }) => label);
const patch = (inner: string): string =>
  `<patches>\n<patch id="P"><fixes><product ref="acme.editor"/></fixes>${inner}</patch>\n</patches>`;
const check = (inner: string): string => `<patches>\n<check id="c">${inner}</check>\n</patches>`;

describe('completion of elements in XML over stdio', () => {
  it('offers what the schema allows in an element, what is still needed first', async () => {
    expect((await labels('<patches>\n<patch id="P">\n  <<|>\n</patch>\n</patches>')).slice(0, 3)).toEqual([
      'fixes',
      'on',
      'let',
    ]);
    expect(await labels('<patches><patch id="P"><fixes><<|></fixes></patch></patches>')).toEqual([
      'product',
      'windows',
      '/fixes',
    ]);
    expect((await labels('<patches><product id="p"><let name="l"><|></let></product></patches>')).slice(0, 4)).toEqual([
      'key',
      'file',
      'folder',
      'service',
    ]);
    expect(await labels(check('<file path="x" property="version"><reaches><<|></reaches></file>'))).toEqual([
      'row',
      '/reaches',
    ]);
  });

  it('leaves out what stands there once already', async () => {
    const found = await labels(patch('<installed-when/><|>'));
    expect(found).not.toContain('fixes');
    expect(found).not.toContain('missing-when');
    expect(found).toContain('supersedes');
  });

  it('writes an element with the attributes that it needs, from the bracket on', async () => {
    const cursor = check('<fi<|>');
    const file = (await offered(cursor)).find(({ label }) => label === 'file');
    expect(file).toMatchObject({
      filterText: '<file',
      insertTextFormat: InsertTextFormat.Snippet,
      textEdit: { newText: '<file path="$1" exists="true"/>$0', range: { start: { line: 1, character: 14 } } },
    });
    const fixes = (await offered('<patches><patch id="P"><<|></patch></patches>')).find(
      ({ label }) => label === 'fixes',
    );
    expect(fixes?.textEdit?.newText).toBe('<fixes>$0</fixes>');
  });

  it('writes the name alone where the rest of the tag is there', async () => {
    const found = await offered(check('<fi<|> path="x" exists="true"/>'));
    expect(found.find(({ label }) => label === 'file')?.textEdit?.newText).toBe('<file');
  });

  it('closes the innermost element that is open', async () => {
    expect(await labels('<patches><check id="c"><not></<|>', '/')).toEqual(['/not']);
    const [item] = await offered('<patches><check id="c"><not/></<|></patches>');
    expect(item?.textEdit?.newText).toBe('</check>');
    expect((await offered('<patches></<|>>'))[0]?.textEdit?.newText).toBe('</patches');
  });

  it('begins an empty file, and offers whole elements, all of which are well-formed and link', async () => {
    const [file] = (await offered('<|>')).filter(({ kind }) => kind === 15);
    expect(file?.textEdit?.newText).toContain('<?xml version="1.0" encoding="utf-8"?>\n<patches xmlns=');
    const begun = await offered('<pa<|>');
    expect(begun.map(({ label }) => label)).toEqual(['patches', 'patches ...']);
    const places = ['<patches><|></patches>', '<patches><product id="p"><|></product></patches>', check('<|>')];
    let tried = 0;
    for (const marked of places) {
      for (const item of (await offered(marked)).filter(({ kind }) => kind === 15)) {
        tried++;
        const text = (item.textEdit?.newText ?? '')
          .replaceAll('\\\\', '\u0002')
          .replaceAll('\\$', '\u0001')
          .replaceAll(/\$\{\d+\|([^,|]+)[^}]*\}/g, '$1')
          .replaceAll(/\$\{\d+:([^{}]*)\}/g, '$1')
          .replaceAll(/\$\{?\d+\}?/g, 'path')
          .replaceAll('\u0001', '$')
          .replaceAll('\u0002', '\\');
        const name = `snippet${++count}.patches.xml`;
        await lsp.open(name, marked.replace('<|>', text));
        const { items } = await lsp.ask<{ items: { code: string; severity: number }[] }>('textDocument/diagnostic', {
          textDocument: { uri: lsp.uri(name) },
        });
        await lsp.close(name);
        const named = new Set(['unknown-name', 'unbound-name', 'xml-content']);
        expect(items.filter(({ code, severity }) => severity === 1 && !named.has(code))).toEqual([]);
      }
    }
    expect(tried).toBeGreaterThan(6);
  });

  it('is resolved with what the schema says', async () => {
    const item = (await offered(patch('<|>'))).find(({ label }) => label === 'supersedes');
    const resolved = await lsp.ask<CompletionItem>('completionItem/resolve', item ?? {});
    expect(resolved.documentation).toMatchObject({
      kind: 'markdown',
      value: expect.stringContaining('An older patch') as unknown,
    });
  });
});

describe('completion of attributes in XML over stdio', () => {
  it('offers what the element still needs first, and metadata last', async () => {
    expect((await labels(check('<key <|>'), ' '))[0]).toBe('path');
    const found = await labels('<patches><patch <|>></patch></patches>');
    expect(found.slice(0, 2)).toEqual(['id', 'title']);
    expect(found.slice(2)).toEqual(expect.arrayContaining(['severity', 'released', 'kb', 'cve']));
  });

  it('leaves out what is there, and a second expectation', async () => {
    const found = await labels(check('<file path="x" exists="true" <|>/>'));
    expect(found).toEqual(expect.arrayContaining(['view', 'property', 'if-present']));
    for (const out of ['path', 'exists', 'at-least', 'matches']) expect(found).not.toContain(out);
    const range = await labels(check('<file path="x" property="version" at-least="1.0" <|>/>'));
    expect(range).toContain('below');
    expect(range).not.toContain('exists');
  });

  it('writes quotes, and no second ones', async () => {
    const [item] = await offered(check('<hotfix k<|>'));
    expect(item).toMatchObject({ label: 'kb', textEdit: { newText: 'kb="$1"$0' }, detail: 'needed' });
    expect((await offered(check('<hotfix <|>="KB1"/>')))[0]?.textEdit?.newText).toBe('kb');
  });

  it('is resolved with what the schema says', async () => {
    const item = (await offered(check('<key <|>/>'))).find(({ label }) => label === 'view');
    const resolved = await lsp.ask<CompletionItem>('completionItem/resolve', item ?? {});
    expect(resolved.documentation).toMatchObject({ value: '**`view`** (a word): `32`, `64` or `both`.' });
  });
});

describe('completion of values in XML over stdio', () => {
  it.each([
    ['<key path="x" view="<|>"/>', ['32', '64', 'both']],
    ['<file path="x" property="ver<|>"/>', ['version', 'product-version']],
    ['<service name="s" property="start" is="<|>"/>', ['boot', 'disabled']],
    ['<service name="s" is="<|>"/>', ['running', 'absent']],
    ['<name of="windows.role" is="<|>"/>', ['domain-controller']],
    ['<any name="f" in="<|>"/>', ['files', 'keys']],
    ['<text value="x"><as to="<|>"/></text>', ['version', 'lowercase']],
    ['<file path="x" exists="<|>"/>', ['true']],
    ['<key path="x" value="l" values="<|>"/>', ['any', 'all']],
    ['<product ref="<|>"/>', ['acme.editor']],
    ['<check ref="<|>"/>', ['fresh']],
    ['<on><windows ref="<|>"/></on>', ['windows-10-22h2']],
    ['<service name="Acme<|>" is="running"/>', ['AcmeUpdater']],
    ['<key path="<|>" exists="true"/>', ['HKLM', 'HKLM\\SOFTWARE\\Acme\\R&D']],
    ['<any name="k" in="keys" pattern="<|>"/>', ['HKLM']],
    ['<any name="k" in="keys"><pattern text="<|>"/></any>', ['HKLM']],
    ['<key path="x" value="<|>" exists="true"/>', ['HomeFolder', 'DisplayName']],
    ['<hotfix kb="<|>" is="installed"/>', ['KB5031356', 'KB4012212']],
    ['<name of="windows.version" at-least="<|>"/>', ['4.2.1']],
    ['<file path="%<|>" exists="true"/>', ['ProgramFiles', 'windir']],
    ['<parameter name="dir"/><file path="${<|>" exists="true"/>', ['dir']],
    ['<parameter name="dir"/><name of="<|>" equals="x"/>', ['dir', 'windows']],
    ['<name of="windows.<|>" equals="x"/>', ['windows.build']],
    ['<any name="f" in="files" pattern="%windir%\\*"><name of="f.<|>"/></any>', ['f.version']],
    ['<file path="x<|>', []],
  ])('offers in %s what is meant there', async (inner, expected) => {
    expect(await labels(check(inner))).toEqual(expect.arrayContaining([...expected]));
  });

  it('offers names of both kinds of file, also while the value has no closing quote', async () => {
    const open = '<patches><patch id="P"><fixes><product ref="acme.editor"/></fixes><supersedes ref="ACME<|>';
    expect(await labels(open)).toEqual(['ACME-1', 'ACME-2']);
    const items = await offered(patch('<supersedes ref="<|>"/>'));
    const second = await lsp.ask<CompletionItem>(
      'completionItem/resolve',
      items.find(({ label }) => label === 'ACME-2') ?? {},
    );
    expect(JSON.stringify(second.documentation)).toContain('About the second');
  });

  it('offers what the fixed products bind, and ends insertions', async () => {
    expect(await labels(patch('<installed-when><name of="<|>"/></installed-when>'))).toEqual(
      expect.arrayContaining(['home', 'app', 'windows']),
    );
    const [home] = (await offered(patch('<let name="x"><text value="${ho<|>"/></let>'))).filter(
      ({ label }) => label === 'home',
    );
    expect(home?.textEdit?.newText).toBe('home}');
    expect(await labels(patch('<let name="own"><name of="<|>"/></let>'))).not.toContain('own');
    expect(
      await labels(patch('<let name="own"><text value="x"/></let><installed-when><name of="<|>"/></installed-when>')),
    ).toContain('own');
  });

  it('spells what XML wants spelled', async () => {
    const key = (await offered(check('<key path="HKLM\\SOFTWARE\\Acme<|>" exists="true"/>'))).find(({ label }) =>
      label.includes('&'),
    );
    expect(key?.textEdit?.newText).toBe('HKLM\\SOFTWARE\\Acme\\R&amp;D');
  });

  it('completes the last of several values', async () => {
    const [item] = await offered('<patches><patch id="P" kb="KB5031356, KB401<|>"/></patches>');
    expect(item).toMatchObject({ label: 'KB4012212', textEdit: { range: { start: { character: 38 } } } });
    expect(await labels('<patches><patch id="P" severity="<|>"/></patches>')).toContain('critical');
    expect(await labels('<patches xmlns="<|>"></patches>')).toEqual(['urn:patchlab:patches:1']);
  });
});

describe('completion in XML over stdio', () => {
  it('is silent in comments, CDATA and instructions, behind the root, and where a character means nothing', async () => {
    for (const marked of [
      '<patches><!-- <|> --></patches>',
      '<patches><!-- <|>',
      '<patches><![CDATA[ <|>',
      '<?xml <|>',
      '<patches/>\n<|>',
    ])
      expect(await labels(marked)).toEqual([]);
    expect(await labels(check(' <|>'), ' ')).toEqual([]);
    expect(await labels(check('<file path="a/<|>"/>'), '/')).toEqual([]);
    expect(await labels('<patches><unknown><|></unknown></patches>')).toEqual(['/unknown']);
  });

  it('gives plain text to an editor that takes no placeholders', async () => {
    const plain = await LspFixture.start({ 'a.patches.xml': '<patches></patches>' });
    const items = await plain.ask<CompletionItem[]>('textDocument/completion', {
      textDocument: { uri: plain.uri('a.patches.xml') },
      position: { line: 0, character: 9 },
    });
    expect(items.map(({ textEdit }) => textEdit?.newText)).toEqual([
      '</patches>',
      '<product',
      '<bulletin',
      '<patch',
      '<check',
    ]);
    await plain.stop();
  });
});

describe('names of the place in XML', () => {
  it('are in a bulletin those that its patches have from their products, also within texts', async () => {
    const bulletin = (inner: string): string =>
      `<patches>\n<bulletin id="B">${inner}<patch id="P"><fixes><product ref="acme.editor"/></fixes></patch></bulletin>\n</patches>`;
    expect(await labels(bulletin('<let name="part"><file path="${<|>}\\a.dll" property="version"/></let>'))).toContain(
      'home',
    );
    expect(await labels(bulletin('<installed-when><name of="<|>" exists="true"/></installed-when>'))).toContain('home');
  });

  it('are not the own one where another patch is superseded', async () => {
    expect(await labels('<patches><patch id="ACME-1"><supersedes ref="<|>"/></patch></patches>')).toEqual(['ACME-2']);
  });
});

describe('values that a closed XML file uses', () => {
  /** Offered in a script. */
  const inScript = async (marked: string): Promise<readonly string[]> => {
    const name = `typed${++count}.detect`;
    const cursor = await lsp.open(name, marked);
    const items = await lsp.ask<CompletionItem[]>('textDocument/completion', cursor);
    await lsp.close(name);
    return items.map(({ label }) => label);
  };

  it('are offered in another XML file', async () => {
    expect(await labels(check('<service name="<|>" is="running"/>'))).toContain('XmlService');
    expect(await labels(check('<key path="HKLM\\SOFTWARE\\Fr<|>" exists="true"/>'))).toEqual([
      'HKLM\\SOFTWARE\\FromXml',
    ]);
    expect(await labels(check('<key path="HKLM\\SOFTWARE\\FromXml" value="<|>" exists="true"/>'))).toContain(
      'XmlValue',
    );
    expect(await labels(check('<hotfix kb="<|>" is="installed"/>'))).toContain('KB5000002');
    expect(await labels(check('<name of="windows.version" at-least="<|>"/>'))).toContain('5.6.7');
  });

  it('are offered in a script', async () => {
    expect(await inScript('check c { service "Xml<|>')).toEqual(['XmlService']);
    expect(await inScript('check c { key "HKLM\\SOFTWARE\\Fr<|>')).toEqual(['HKLM\\SOFTWARE\\FromXml']);
    expect(await inScript('check c { key "HKLM\\X" value "<|>')).toContain('XmlValue');
    expect(await inScript('check c { hotfix <|>')).toContain('KB5000002');
    expect(await inScript('check c { windows.version >= <|>')).toContain('5.6.7');
  });
});
