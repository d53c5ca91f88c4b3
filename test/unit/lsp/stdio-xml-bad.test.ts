/** Bad XML, asked of the running server: a plain diagnostic for each, and an answer to whatever else is asked of it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LspFixture } from '../../support/lsp-fixture.ts';

let lsp: LspFixture;
beforeAll(async () => {
  lsp = await LspFixture.start({ 'good.detect': 'check good { file "%windir%\\g" exists }\n' });
});
afterAll(() => lsp.stop());

const PAGES = path.join(import.meta.dirname, '../../../docs/diagnostics');
const check = (id: string): string => `<check id="${id}"><file path="%windir%\\a" exists="true"/></check>`;
const ENTITIES = Array.from({ length: 30 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('');
const BOMB = `<!DOCTYPE patches [<!ENTITY a0 "ha">${ENTITIES}]>\n<patches><check id="&a30;"/></patches>`;
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
const OPTIONS = { tabSize: 2, insertSpaces: true };

/** What every editor asks of a file that is open. */
async function askAll(uri: string): Promise<void> {
  const at = { textDocument: { uri }, position: { line: 0, character: 20 } };
  const asked: readonly (readonly [string, object])[] = [
    ['textDocument/completion', at],
    ['textDocument/hover', at],
    ['textDocument/definition', at],
    ['textDocument/documentHighlight', at],
    ['textDocument/linkedEditingRange', at],
    ['textDocument/documentSymbol', at],
    ['textDocument/foldingRange', at],
    ['textDocument/selectionRange', { ...at, positions: [at.position] }],
    ['textDocument/semanticTokens/full', at],
    ['textDocument/inlayHint', { ...at, range: WHOLE }],
    ['textDocument/documentLink', at],
    ['textDocument/codeLens', at],
    ['textDocument/codeAction', { ...at, range: WHOLE, context: { diagnostics: [] } }],
    ['textDocument/formatting', { ...at, options: OPTIONS }],
    ['textDocument/onTypeFormatting', { ...at, ch: '>', options: OPTIONS }],
  ];
  for (const [method, params] of asked) await lsp.ask(method, params);
}

describe('bad XML over stdio', () => {
  it.each([
    ['entities that would expand to gigabytes', BOMB, ['xml-dtd']],
    ['a document type', '<!DOCTYPE patches SYSTEM "file:///c:/x"><patches/>', ['xml-dtd']],
    ['an entity that nothing declares', `<patches>${check('a&nbsp;b')}</patches>`, ['xml-entity']],
    [
      'ten thousand elements in each other',
      `<patches>${'<all>'.repeat(10_000)}${'</all>'.repeat(10_000)}</patches>`,
      ['xml-too-deep'],
    ],
    ['ten thousand open elements', `<patches>${'<all>'.repeat(10_000)}`, ['xml-too-deep', 'xml-unclosed']],
    ['an attribute that stands twice', '<patches><check id="a" id="b"/></patches>', ['xml-duplicate-attribute']],
    ['two roots', `<patches>${check('a')}</patches><patches/>`, ['xml-two-roots']],
    ['no root', '<!-- nothing -->', ['xml-two-roots']],
    ['a tag that is not closed', '<patches><check id="a"></patches>', ['xml-unclosed']],
    ['a tag without its end', '<patches><check id="a"', ['xml-syntax']],
    ['a declaration of another encoding', '<?xml version="1.0" encoding="utf-16"?><patches/>', ['xml-syntax']],
    ['a declaration that is not at the beginning', ' <?xml version="1.0"?><patches/>', ['xml-syntax']],
    ['NUL', `<patches>\u0000${check('a')}</patches>`, ['xml-syntax']],
    ['more than a mebibyte', `<patches>${' '.repeat(2 ** 20)}</patches>`, ['xml-too-large']],
    ['another root', '<project/>', ['xml-element']],
  ])('%s is found, has a page, and holds nothing up', async (title, text, codes) => {
    const name = `${title.replaceAll(' ', '-')}.patches.xml`;
    const { textDocument } = await lsp.open(name, text);
    const { items } = await lsp.ask<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument });
    const found = new Set(items.map(({ code }) => String(code)));
    expect([...found]).toEqual(expect.arrayContaining([...codes]));
    expect(items.length).toBeLessThan(110);
    for (const { code, message, severity } of items) {
      expect(existsSync(path.join(PAGES, `${String(code)}.md`))).toBe(true);
      expect([severity, message]).toEqual([severity, expect.stringMatching(/^[A-Z`][^]*[.!]$/)]);
    }
    await askAll(textDocument.uri);
    await lsp.close(name);
  });

  it.each([
    ['a byte order mark', `\ufeff<patches>${check('b1')}</patches>`],
    ['CRLF', `<patches>\r\n  ${check('b2')}\r\n</patches>\r\n`],
    ['a mebibyte less a little', `<patches>${' '.repeat(2 ** 20 - 400)}${check('b3')}</patches>`],
    [
      'sixty elements in each other',
      `<patches><check id="b4">${'<all>'.repeat(60)}<file path="%windir%\\a" exists="true"/>${'</all>'.repeat(60)}</check></patches>`,
    ],
  ])('%s is no mistake', async (title, text) => {
    const name = `${title.replaceAll(' ', '-')}.patches.xml`;
    const { textDocument } = await lsp.open(name, text);
    const { items } = await lsp.ask<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument });
    expect(items.filter(({ severity }) => severity === 1)).toEqual([]);
    await askAll(textDocument.uri);
    await lsp.close(name);
  });

  it('leaves other files as they were', async () => {
    await lsp.open('bomb.patches.xml', BOMB);
    const { items } = await lsp.ask<{ items: Diagnostic[] }>('textDocument/diagnostic', {
      textDocument: { uri: lsp.uri('good.detect') },
    });
    expect(items).toEqual([]);
  });
});
