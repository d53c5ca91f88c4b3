import type { CodeAction, Diagnostic, Range, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LspFixture } from '../../support/lsp-fixture.ts';

let lsp: LspFixture;
let count = 0;
beforeAll(async () => {
  lsp = await LspFixture.start({
    'common.detect':
      'product acme.editor "Acme" { let home = "%ProgramFiles%\\A"  installed when file "${home}\\a.exe" exists }\n',
  });
});
afterAll(() => lsp.stop());

interface Opened {
  readonly uri: string;
  readonly document: TextDocument;
  readonly range: Range;
  readonly found: () => Promise<Diagnostic[]>;
}

/** Opens a text; what stands between `<|` and `|>` is selected. */
async function open(marked: string): Promise<Opened> {
  const name = `f${++count}.detect`;
  const start = Math.max(marked.indexOf('<|'), 0);
  const text = marked.replace('<|', '').replace('|>', '');
  const end = marked.includes('|>') ? marked.indexOf('|>') - '<|'.length : start;
  await lsp.open(name, text);
  const uri = lsp.uri(name);
  const document = TextDocument.create(uri, 'detect', 1, text);
  const range = { start: document.positionAt(start), end: document.positionAt(end) };
  const found = async (): Promise<Diagnostic[]> =>
    (await lsp.ask<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })).items;
  return { uri, document, range, found };
}

const actions = ({ uri, range }: Opened, only?: string[]): Promise<CodeAction[]> =>
  lsp.ask('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [], only } });

/** The text after an action, and what is found in it then. */
async function after(
  { uri, document, found }: Opened,
  action: CodeAction | undefined,
): Promise<{ text: string; codes: unknown[] }> {
  const text = TextDocument.applyEdits(document, action?.edit?.changes?.[uri] ?? []);
  await lsp.client.change(uri, 2, text);
  const codes = (await found()).map(({ code }) => code);
  await lsp.client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  return { text, codes };
}

const KEY = 'product p {\n  installed when key "<|>HKEY_LOCAL_MACHINE\\SOFTWARE\\P" exists\n}\n';

describe('quick fixes over stdio', () => {
  it('apply the fix of a finding, which is not found again', async () => {
    const file = await open(KEY.replace('<|>', '<||>'));
    const fix = (await actions(file, ['quickfix'])).find(({ isPreferred }) => isPreferred);
    expect(fix).toMatchObject({ title: 'Write `HKLM`', kind: 'quickfix', diagnostics: [{ code: 'long-hive' }] });
    const { text, codes } = await after(file, fix);
    expect(text).toContain('"HKLM\\SOFTWARE\\P"');
    expect(codes).not.toContain('long-hive');
  });

  it('put a proposed name in place of the part that it is about', async () => {
    const cases = [
      ['patch X fixes acme.edtor<||> { note "n" }\n', 'acme.editor'],
      // As it is declared, whatever the case of what was typed.
      [
        'patch MIXED-1 fixes acme.editor { note "n" }\npatch X fixes acme.editor { supersedes mixed-1l<||>  note "n" }\n',
        'supersedes MIXED-1 ',
      ],
      ['patch X fixes acme.editor { installed when file "${hme<||>}\\x" exists }\n', '${home}'],
      [
        'product q { each app in programs where app<||>.name = "q"  each f in files "%windir%\\*" where f.versoin<||> > 1.0 }\n',
        'f.version',
      ],
      ['product q { on windws-10<||>  installed when file "%windir%\\q" exists }\n', 'windows-10'],
      ['product q { installed when file "%windir%\\q" versin<||> = 1.0 }\n', 'version'],
    ] as const;
    for (const [marked, wanted] of cases) {
      const at = marked.lastIndexOf('<||>');
      const file = await open(marked.slice(0, at).replaceAll('<||>', '') + '<||>' + marked.slice(at + 4));
      const fix = (await actions(file)).find(({ title }) => title.startsWith('Change to'));
      const { text, codes } = await after(file, fix);
      expect(text).toContain(wanted);
      expect(codes.filter((code) => String(code).startsWith('un'))).toEqual([]);
    }
  });

  it('silence a rule at the end of its line, or above where a comment stands there', async () => {
    const plain = await open(KEY.replace('<|>', '<||>'));
    const silence = (one: CodeAction): boolean => one.title === 'Allow `long-hive` here';
    const first = await after(plain, (await actions(plain)).find(silence));
    expect(first.text).toContain('exists # allow long-hive:\n');
    // A reason is asked for, and without one nothing is silent.
    expect(first.codes).toEqual(expect.arrayContaining(['bad-allow', 'long-hive']));
    const commented = await open(KEY.replace('<|>', '<||>').replace('exists', 'exists # why'));
    const second = await after(commented, (await actions(commented)).find(silence));
    expect(second.text).toContain('  # allow long-hive:\n  installed');
    expect(second.codes).toContain('bad-allow');
  });

  it('never silence an error', async () => {
    const file = await open('patch X fixes not.there<||> { note "n" }\n');
    expect((await actions(file)).filter(({ title }) => title.startsWith('Allow'))).toEqual([]);
  });
});

describe('fix all over stdio', () => {
  it('makes every safe fix of a file at once', async () => {
    const file = await open(
      'product p {\n  installed when all {\n    key "HKEY_LOCAL_MACHINE\\SOFTWARE\\P" exists\n    key "HKEY_CURRENT_USER\\P" exists\n  }\n}\n',
    );
    const [all, ...others] = await actions(file, ['source.fixAll']);
    expect(others).toEqual([]);
    const { text, codes } = await after(file, all);
    expect(text).toBe(
      'product p {\n  installed when all {\n    key "HKLM\\SOFTWARE\\P" exists\n    key "HKCU\\P" exists\n  }\n}\n',
    );
    expect(codes).not.toContain('long-hive');
  });

  it('is not offered where there is nothing to fix', async () => {
    expect(await actions(await open('product p { installed when file "%windir%\\p" exists }\n'), ['source'])).toEqual(
      [],
    );
  });
});

describe('extracting a named check over stdio', () => {
  const extract = async (file: Opened): Promise<CodeAction | undefined> => (await actions(file, ['refactor']))[0];

  it('takes what is bound outside as parameters, and leaves nothing new to find', async () => {
    const file = await open(`# About it.
product extracted {
  each app in programs where app.name = "P"
  let home = app.location
  installed when <|all {
    file "\${home}\\p.exe" version >= 1.0
    any f in files "\${app.location}\\*.dll" where f.version > 1.0 { f.company = app.publisher }
  }|> and windows.build > 1
  one per home
}
`);
    const before = (await file.found()).map(({ code }) => code);
    const { text, codes } = await after(file, await extract(file));
    expect(text).toMatchInlineSnapshot(`
      "check new-check(home, location, publisher) {
        all {
          file "\${home}\\p.exe" version >= 1.0
          any f in files "\${location}\\*.dll" where f.version > 1.0 { f.company = publisher }
        }
      }

      # About it.
      product extracted {
        each app in programs where app.name = "P"
        let home = app.location
        installed when check new-check(home, app.location, app.publisher) and windows.build > 1
        one per home
      }
      "
    `);
    expect(codes).toEqual(before);
  });

  it('needs no parameters where nothing is bound outside', async () => {
    const file = await open('product p { installed when <|file "%windir%\\p" exists|> and windows.build > 1 }\n');
    const { text } = await after(file, await extract(file));
    expect(text).toBe(
      'check new-check {\n  file "%windir%\\p" exists\n}\n\nproduct p { installed when check new-check and windows.build > 1 }\n',
    );
  });

  it('is not offered for half a condition, for none, and where a value of an element would have to go with it', async () => {
    const texts = [
      'product p { installed when <|file "%windir%\\p"|> exists }\n',
      'product p { <|installed when file "%windir%\\p" exists|> }\n',
      'product p { installed when <||>file "%windir%\\p" exists }\n',
      'product p { each k in keys "HKLM\\P\\*"  installed when <|k value "X" = "1"|> }\n',
      'product p { each k in programs where <|k.name matches /^P (?<found>\\d+)/|>  let version = found }\n',
    ];
    for (const text of texts) expect(await extract(await open(text))).toBeUndefined();
  });
});

describe('formatting over stdio', () => {
  const options = { tabSize: 2, insertSpaces: true };
  const UGLY =
    'product   p{\ninstalled when   file "%windir%\\\\p"   exists # why\n}\nproduct q{installed when file "%windir%\\\\q"   exists}\n';

  const applied = async (file: Opened, method: string, params: object): Promise<string> => {
    const edits = await lsp.ask<TextEdit[]>(`textDocument/${method}`, {
      textDocument: { uri: file.uri },
      options,
      ...params,
    });
    return TextDocument.applyEdits(file.document, edits);
  };

  it('formats the whole, keeps comments, and changes nothing the second time', async () => {
    const file = await open(UGLY);
    const once = await applied(file, 'formatting', {});
    expect(once).toMatchInlineSnapshot(`
      "product p {
        installed when file "%windir%\\\\p" exists  # why
      }

      product q { installed when file "%windir%\\\\q" exists }
      "
    `);
    expect(await applied(await open(once), 'formatting', {})).toBe(once);
  });

  it('formats a part and leaves the rest', async () => {
    const file = await open(UGLY);
    const range = { start: { line: 0, character: 0 }, end: { line: 2, character: 1 } };
    const text = await applied(file, 'rangeFormatting', { range });
    expect(text).toContain('  installed when file');
    expect(text).toContain(UGLY.split('\n')[3]);
  });

  it('formats the block that was closed, and the line that was left, but not the new line', async () => {
    const closed = await open('product   a{\ninstalled when file "%windir%\\\\a"   exists\n}\nproduct   b {\n');
    const text = await applied(closed, 'onTypeFormatting', { ch: '}', position: { line: 2, character: 1 } });
    expect(text).toBe('product a {\n  installed when file "%windir%\\\\a" exists\n}\nproduct   b {\n');
    const left = await open('product c {\n  installed   when file "%windir%\\\\c" exists\n  \n}\n');
    const entered = await applied(left, 'onTypeFormatting', { ch: '\n', position: { line: 2, character: 2 } });
    expect(entered).toBe('product c {\n  installed when file "%windir%\\\\c" exists\n  \n}\n');
  });
});
