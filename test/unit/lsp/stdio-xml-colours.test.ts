import type { DocumentLink, InlayHint, SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodedTokens } from '../../support/decoded-tokens.ts';
import { LspFixture } from '../../support/lsp-fixture.ts';

const SCRIPT = `product acme "Acme" {
  each app in programs where app.name = "Acme"
  let home = app.location
  let version = file "\${home}\\acme.exe" version
}
patch A-1 "First" fixes acme { installed when version >= 1.0 }
`;
const XML = `<?xml version="1.0" encoding="utf-8"?>
<patches xmlns="urn:patchlab:patches:1">
  <!-- About it. -->
  <patch id="A-2" title="R&amp;D &lt;two&gt;" severity="critical" released="2024-06-19"
      cve="CVE-2024-1000, CVE-2024-1001" kb="KB5000001" url="https://example.invalid/a?b=1&amp;c=2">
    <fixes><product ref="acme" below="9.0"/></fixes>
    <on><windows ref="windows-10-22h2"/></on>
    <supersedes ref="A-1"/>
    <let name="dll"><text value="&lt;%windir%&gt;\${home}\\a.dll"/></let>
    <installed-when>
      <file path="\${dll}" view="64" property="version" at-least="2.0" if-present="true"/>
      <name of="app.name" matches="/^A &lt;(\\d+)/i"/>
      <service name="s" property="start" is="disabled"/>
      <key path="HKLM\\A" value="List" values="all" contains="x"/>
      <name of="version"><reaches otherwise="false"><row fixed="1.2.3" from="1.2.0"/></reaches></name>
      <check ref="fresh"><argument><name of="home"/></argument><argument><literal value="1.5"/></argument></check>
      <hotfix kb="KB5000002" is="installed"/>
    </installed-when>
  </patch>
  <check id="fresh" title="Fresh">
    <parameter name="path"/>
    <parameter name="least"/>
    <file path="\${path}" property="version">
      <at-least><name of="least"/></at-least>
    </file>
  </check>
  <patch id="A-3"><fixes><product ref="acme"/></fixes><supersedes ref="A-2"/><note why="none"/></patch>
</patches>
`;

let lsp: LspFixture;
beforeAll(async () => {
  lsp = await LspFixture.start({ 'a.detect': SCRIPT, 'b.patches.xml': XML });
});
afterAll(() => lsp.stop());

const document = (): { textDocument: { uri: string } } => ({ textDocument: { uri: lsp.uri('b.patches.xml') } });
const decoded = (text: string, data: readonly number[]): readonly string[] =>
  decodedTokens(lsp.client.initialized?.capabilities.semanticTokensProvider?.legend, text, data);

describe('semantic tokens in XML over stdio', () => {
  it('tell values by what they stand for, also inside texts, and leave tags alone', async () => {
    const { data } = await lsp.ask<SemanticTokens>('textDocument/semanticTokens/full', document());
    expect(decoded(XML, data).join('\n')).toMatchInlineSnapshot(`
      "event* A-2
      string R&amp;D &lt;two&gt;
      enumMember critical
      number 2024-06-19
      number CVE-2024-1000
      number CVE-2024-1001
      number KB5000001
      string https://example.invalid/a?b=1&amp;c=2
      class acme
      number 9.0
      enumMember! windows-10-22h2
      event A-1
      variable* dll
      string &lt;
      macro %windir%
      string &gt;\${
      variable home
      string }\\a.dll
      string \${
      variable dll
      string }
      number 64
      property version
      number 2.0
      variable app
      property name
      regexp /^A &lt;(\\d+)/i
      string s
      property start
      enumMember disabled
      string HKLM\\A
      string List
      enumMember all
      string x
      variable version
      enumMember false
      number 1.2.3
      number 1.2.0
      function fresh
      variable home
      number 1.5
      number KB5000002
      enumMember installed
      function* fresh
      string Fresh
      parameter* path
      parameter* least
      string \${
      parameter path
      string }
      property version
      parameter least
      event* A-3
      class acme
      event A-2
      string none"
    `);
  });

  it('cover a range alone', async () => {
    const range = { start: { line: 7, character: 0 }, end: { line: 8, character: 0 } };
    const { data } = await lsp.ask<SemanticTokens>('textDocument/semanticTokens/range', { ...document(), range });
    expect(decoded(XML, data)).toEqual(['event A-1']);
  });

  it('give after a change what differs, which makes the new from the old', async () => {
    const { textDocument } = await lsp.open('c.patches.xml', XML);
    const first = await lsp.ask<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });
    const changed = XML.replace('at-least="2.0"', 'at-least="\n2.0"');
    await lsp.client.change(textDocument.uri, 2, changed);
    const delta = await lsp.ask<SemanticTokensDelta>('textDocument/semanticTokens/full/delta', {
      textDocument,
      previousResultId: first.resultId,
    });
    const whole = await lsp.ask<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });
    const data = [...first.data];
    for (const { start, deleteCount, data: added } of delta.edits.toReversed())
      data.splice(start, deleteCount, ...(added ?? []));
    expect(data).toEqual(whole.data);
    expect(delta.edits).toHaveLength(1);
    expect(decoded(changed, data)).toEqual(decoded(XML, first.data));
    await lsp.close('c.patches.xml');
  });

  it('are none that go over a line end', async () => {
    const text = '<patches><patch id="X" title="one\ntwo"><note why="a\r\n  b"/></patch></patches>';
    const { textDocument } = await lsp.open('d.patches.xml', text);
    const { data } = await lsp.ask<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });
    expect(decoded(text, data)).toEqual(['event* X', 'string one', 'string two', 'string a', 'string   b']);
    await lsp.close('d.patches.xml');
  });
});

describe('inlay hints in XML over stdio', () => {
  it('say behind the quotes what an id stands for, and before an argument which parameter it is for', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const hints = await lsp.ask<InlayHint[]>('textDocument/inlayHint', { ...document(), range });
    const lines = XML.split('\n');
    const shown = hints.map(({ position: { line, character }, label }) => {
      const text = lines[line] ?? '';
      return `${text.slice(Math.max(character - 12, 0), character)}|${label as string}|${text.slice(character, character + 6)}`;
    });
    expect(shown).toMatchInlineSnapshot(`
      [
        "&lt;two&gt;"|superseded by 1| sever",
        "t ref="acme"|Acme| below",
        "es ref="A-1"|First|/>",
        ""><argument>|path:|<name ",
        "t><argument>|least:|<liter",
        "t ref="acme"|Acme|/></fi",
        "es ref="A-2"|R&D <two>|/><not",
      ]
    `);
  });

  it('cover a range alone', async () => {
    const range = { start: { line: 7, character: 0 }, end: { line: 7, character: 80 } };
    const hints = await lsp.ask<InlayHint[]>('textDocument/inlayHint', { ...document(), range });
    expect(hints.map(({ label }) => label)).toEqual(['First']);
  });
});

describe('document links in XML over stdio', () => {
  it('lead from KB and CVE ids and web addresses to their pages', async () => {
    const links = await lsp.ask<DocumentLink[]>('textDocument/documentLink', document());
    expect(links.map(({ range, target }) => [lsp.covered('b.patches.xml', range), target])).toEqual([
      ['CVE-2024-1000', 'https://www.cve.org/CVERecord?id=CVE-2024-1000'],
      ['CVE-2024-1001', 'https://www.cve.org/CVERecord?id=CVE-2024-1001'],
      ['KB5000001', 'https://support.microsoft.com/help/5000001'],
      ['https://example.invalid/a?b=1&amp;c=2', 'https://example.invalid/a?b=1&c=2'],
      ['KB5000002', 'https://support.microsoft.com/help/5000002'],
    ]);
  });
});
