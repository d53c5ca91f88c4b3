import type { InlayHint, SemanticTokens, SemanticTokensDelta, SignatureHelp } from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodedTokens } from '../../support/decoded-tokens.ts';
import { LspFixture } from '../../support/lsp-fixture.ts';

const SCRIPT = `# About it.
product acme "Acme" {
  vendor "A"
  on windows-10, windows >= 6.1
  each app in programs where app.name matches /^Acme (?<release>[\\d.]+)/
  let version = file "%ProgramFiles%\\\${app.name}\\a.exe" version else release
  installed when check at-least("\${app.location}\\a.exe", 1.0) and windows.build >= 100
}
check at-least(path, least) "At least" { file "\${path}" version >= least }
patch A-1 "First" fixes acme { severity low  released 2020-01-01 }
patch A-2 "Second" fixes acme { supersedes A-1  installed when service "s" is running }
patch A-3 fixes acme { supersedes A-2 }
`;

let lsp: LspFixture;
beforeAll(async () => {
  lsp = await LspFixture.start({ 'a.detect': SCRIPT });
});
afterAll(() => lsp.stop());

const decoded = (text: string, data: readonly number[]): readonly string[] =>
  decodedTokens(lsp.client.initialized?.capabilities.semanticTokensProvider?.legend, text, data);

describe('semantic tokens over stdio', () => {
  const textDocument = (): { uri: string } => ({ uri: lsp.uri('a.detect') });

  it('tell names by what they stand for, also inside texts', async () => {
    const { data } = await lsp.ask<SemanticTokens>('textDocument/semanticTokens/full', {
      textDocument: textDocument(),
    });
    const shown = decoded(SCRIPT, data);
    expect(shown.join('\n')).toMatchInlineSnapshot(`
      "comment # About it.
      keyword product
      class* acme
      string "Acme"
      property vendor
      string "A"
      keyword on
      enumMember! windows-10
      enumMember! windows
      operator >=
      number 6.1
      keyword each
      variable* app
      keyword in
      enumMember programs
      keyword where
      variable app
      property name
      keyword matches
      regexp /^Acme (?<release>[\\d.]+)/
      keyword let
      variable* version
      operator =
      keyword file
      string "
      macro %ProgramFiles%
      string \\\${
      variable app
      property name
      string }\\a.exe"
      property version
      keyword else
      variable release
      keyword installed
      keyword when
      keyword check
      function at-least
      string "\${
      variable app
      property location
      string }\\a.exe"
      number 1.0
      keyword and
      variable! windows
      property build
      operator >=
      number 100
      keyword check
      function* at-least
      parameter* path
      parameter* least
      string "At least"
      keyword file
      string "\${
      parameter path
      string }"
      property version
      operator >=
      parameter least
      keyword patch
      event* A-1
      string "First"
      keyword fixes
      class acme
      property severity
      enumMember low
      property released
      number 2020-01-01
      keyword patch
      event* A-2
      string "Second"
      keyword fixes
      class acme
      keyword supersedes
      event A-1
      keyword installed
      keyword when
      keyword service
      string "s"
      keyword is
      enumMember running
      keyword patch
      event* A-3
      keyword fixes
      class acme
      keyword supersedes
      event A-2"
    `);
  });

  it('cover a range alone', async () => {
    const range = { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } };
    const { data } = await lsp.ask<SemanticTokens>('textDocument/semanticTokens/range', {
      textDocument: textDocument(),
      range,
    });
    expect(decoded(SCRIPT, data)).toEqual(['property vendor', 'string "A"']);
  });

  it('give after a change what differs, which makes the new from the old', async () => {
    const { textDocument } = await lsp.open('b.detect', SCRIPT);
    const first = await lsp.ask<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });
    const text = SCRIPT.replace('severity low', 'severity low  cve CVE-2024-11477');
    await lsp.client.change(textDocument.uri, 2, text);
    const delta = await lsp.ask<SemanticTokensDelta>('textDocument/semanticTokens/full/delta', {
      textDocument,
      previousResultId: first.resultId,
    });
    const data = [...first.data];
    for (const { start, deleteCount, data: added = [] } of [...delta.edits].reverse())
      data.splice(start, deleteCount, ...added);
    const whole = await lsp.ask<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });
    expect(data).toEqual(whole.data);
    expect(delta.edits[0]?.data?.length).toBeLessThan(30);
    const unknown = { textDocument, previousResultId: 'none' };
    expect(await lsp.ask('textDocument/semanticTokens/full/delta', unknown)).toMatchObject({ data: whole.data });
    await lsp.close('b.detect');
  });
});

describe('signature help over stdio', () => {
  const help = async (marked: string): Promise<SignatureHelp | null> => {
    const cursor = await lsp.open('typed.detect', marked);
    const answer = await lsp.ask<SignatureHelp | null>('textDocument/signatureHelp', cursor);
    await lsp.close('typed.detect');
    return answer;
  };

  it('names the parameters of a check, and the one that is being written', async () => {
    const first = await help('product x { installed when check at-least(<|>');
    expect(first?.signatures).toEqual([
      {
        label: 'at-least(path, least)',
        parameters: [{ label: [9, 13] }, { label: [15, 20] }],
        documentation: 'At least',
      },
    ]);
    expect(first?.activeParameter).toBe(0);
    expect((await help('product x { installed when check at-least("a, b", <|>'))?.activeParameter).toBe(1);
  });

  it('is silent elsewhere', async () => {
    expect(await help('product x { installed when check at-least("a", 1.0) <|>')).toBeNull();
    expect(await help('check mine(a, <|>')).toBeNull();
  });
});

describe('inlay hints over stdio', () => {
  it('tell titles of ids, parameters of values, and how many patches supersede one', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const hints = await lsp.ask<InlayHint[]>('textDocument/inlayHint', {
      textDocument: { uri: lsp.uri('a.detect') },
      range,
    });
    const shown = hints.map(({ position, label }) => {
      const line = SCRIPT.split('\n')[position.line] ?? '';
      return `${line.slice(0, position.character)}⟨${typeof label === 'string' ? label : ''}⟩`.trim();
    });
    expect(shown).toEqual([
      'installed when check at-least(⟨path:⟩',
      'installed when check at-least("${app.location}\\a.exe", ⟨least:⟩',
      'patch A-1 "First"⟨superseded by 2⟩',
      'patch A-1 "First" fixes acme⟨Acme⟩',
      'patch A-2 "Second"⟨superseded by 1⟩',
      'patch A-2 "Second" fixes acme⟨Acme⟩',
      'patch A-2 "Second" fixes acme { supersedes A-1⟨First⟩',
      'patch A-3 fixes acme⟨Acme⟩',
      'patch A-3 fixes acme { supersedes A-2⟨Second⟩',
    ]);
  });
});
