import type { Diagnostic, Range, TextEdit } from 'vscode-languageserver/node';
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
  const name = `f${++count}.patches.xml`;
  const start = Math.max(marked.indexOf('<|'), 0);
  const text = marked.replace('<|', '').replace('|>', '');
  const end = marked.includes('|>') ? marked.indexOf('|>') - '<|'.length : start;
  await lsp.open(name, text);
  const uri = lsp.uri(name);
  const document = TextDocument.create(uri, 'patches-xml', 1, text);
  const range = { start: document.positionAt(start), end: document.positionAt(end) };
  const found = async (): Promise<Diagnostic[]> =>
    (await lsp.ask<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })).items;
  return { uri, document, range, found };
}

describe('formatting XML over stdio', () => {
  const options = { tabSize: 2, insertSpaces: true };
  const UGLY =
    '<patches>\n<!-- Why. -->\n<check   id="a" ><file path="%windir%\\a"   exists = "true"/>\n</check>\n<check id="b"   ><file   path="%windir%\\b" exists="true"/></check>\n</patches>\n';

  const applied = async (file: Opened, method: string, params: object): Promise<string> => {
    const edits = await lsp.ask<TextEdit[]>(`textDocument/${method}`, {
      textDocument: { uri: file.uri },
      options,
      ...params,
    });
    return TextDocument.applyEdits(file.document, edits);
  };

  it('formats the whole, keeps comments, and changes nothing the second time', async () => {
    const once = await applied(await open(UGLY), 'formatting', {});
    expect(once).toMatchInlineSnapshot(`
      "<patches>
        <!-- Why. -->
        <check id="a">
          <file path="%windir%\\a" exists="true"/>
        </check>
        <check id="b"><file path="%windir%\\b" exists="true"/></check>
      </patches>
      "
    `);
    expect(await applied(await open(once), 'formatting', {})).toBe(once);
  });

  it('formats a part and leaves the rest', async () => {
    const range = { start: { line: 1, character: 0 }, end: { line: 3, character: 8 } };
    const text = await applied(await open(UGLY), 'rangeFormatting', { range });
    expect(text).toContain('\n    <file path="%windir%\\a" exists="true"/>\n  </check>\n');
    expect(text).toContain(UGLY.split('\n')[4]);
  });

  it('formats the element that was closed, and the line that was left, but not the new line', async () => {
    const closed = await open(UGLY);
    const text = await applied(closed, 'onTypeFormatting', { ch: '>', position: { line: 3, character: 8 } });
    expect(text).toBe(
      '<patches>\n<!-- Why. -->\n  <check id="a">\n    <file path="%windir%\\a" exists="true"/>\n  </check>\n' +
        '<check id="b"   ><file   path="%windir%\\b" exists="true"/></check>\n</patches>\n',
    );
    const left = await open('<patches>\n  <check   id="c">\n    \n  </check>\n</patches>\n');
    const entered = await applied(left, 'onTypeFormatting', { ch: '\n', position: { line: 2, character: 4 } });
    expect(entered).toBe('<patches>\n  <check id="c">\n    \n  </check>\n</patches>\n');
  });

  it('leaves what is not well-formed, and braces, alone', async () => {
    const broken = await open('<patches>\n<check   id="a">\n</patches>\n');
    expect(await applied(broken, 'formatting', {})).toBe(broken.document.getText());
    const brace = await open('<patches>\n<check   id="a"><file path="${home}" exists="true"/></check>\n</patches>\n');
    const at = { ch: '}', position: brace.document.positionAt(brace.document.getText().indexOf('}') + 1) };
    expect(await applied(brace, 'onTypeFormatting', at)).toBe(brace.document.getText());
  });
});
