import { InsertTextFormat, type CompletionItem } from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from '../../../server/src/syntax/parse.ts';
import { LspFixture } from '../../support/lsp-fixture.ts';

const USED = `# What it is.
product acme.editor "Acme Editor" {
  vendor "Acme"
  let home = key "HKLM\\SOFTWARE\\Acme\\Editor" value "HomeFolder"
  installed when service "AcmeUpdater" is running and hotfix KB5031356 is installed
}
patch ACME-1 fixes acme.editor { installed when version >= 4.2.1  kb KB4012212 }
`;

let lsp: LspFixture;
beforeAll(async () => {
  const many = Array.from({ length: 3000 }, (_, i) => `patch MANY-${i} fixes windows { note "n" }\n`).join('');
  const completion = {
    completionItem: { snippetSupport: true, insertReplaceSupport: true, labelDetailsSupport: true },
  };
  lsp = await LspFixture.start({ 'used.detect': USED, 'many.detect': many }, { textDocument: { completion } });
});
afterAll(() => lsp.stop());

let count = 0;
/** What is offered at `<|>`, whole or cut off. */
async function offered(marked: string): Promise<{ items: readonly CompletionItem[]; isIncomplete: boolean }> {
  const name = `typed${++count}.detect`;
  const cursor = await lsp.open(name, marked);
  const answer = await lsp.ask<CompletionItem[] | { items: CompletionItem[]; isIncomplete: boolean }>(
    'textDocument/completion',
    cursor,
  );
  await lsp.close(name);
  return Array.isArray(answer) ? { items: answer, isIncomplete: false } : answer;
}
const labels = async (marked: string): Promise<readonly string[]> =>
  (await offered(marked)).items.map(({ label }) => label);

describe('completion over stdio', () => {
  it('offers services, keys, value names, KB ids and versions that the workspace uses', async () => {
    expect(await labels('product p { installed when service "<|>')).toEqual(
      expect.arrayContaining(['AcmeUpdater', 'Spooler']),
    );
    expect(await labels('product p { installed when service "acm<|>')).toEqual(['AcmeUpdater']);
    expect(await labels('product p { installed when key "HKLM\\SOFTWARE\\Ac<|>')).toEqual([
      'HKLM\\SOFTWARE\\Acme\\Editor',
    ]);
    expect(await labels('product p { installed when key "<|>')).toEqual(
      expect.arrayContaining(['HKLM', 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\']),
    );
    expect(await labels('product p { let v = key "HKLM\\X" value "<|>')).toEqual(
      expect.arrayContaining(['HomeFolder', 'Path']),
    );
    expect(await labels('product p { installed when hotfix <|>')).toEqual(['KB5031356', 'KB4012212']);
    expect(await labels('patch p fixes windows { kb KB5031356, <|>')).toContain('KB4012212');
    expect(await labels('patch p fixes acme.editor { installed when version >= <|>')).toContain('4.2.1');
    expect(await labels('patch p fixes windows { kb KB5031356 <|>')).not.toContain('KB4012212');
  });

  it('offers whole statements where they can begin, each of which parses as it is', async () => {
    const { items } = await offered('product p {\n  <|>\n}');
    const snippets = items.filter(({ insertTextFormat }) => insertTextFormat === InsertTextFormat.Snippet);
    expect(snippets.map(({ label }) => label)).toEqual([
      'each ... in programs',
      'each ... in keys',
      'let ... in programs',
      'let ... else',
      'variant ...',
      'installed when all { }',
    ]);
    const places: readonly (readonly [string, string])[] = [
      ['', ''],
      ['product p { ', ' }'],
      ['patch p fixes windows { ', ' }'],
      ['check c { ', ' }'],
      ['check c { windows.version ', ' }'],
    ];
    const broken: string[] = [];
    let tried = 0;
    for (const [before, after] of places) {
      for (const { label, insertTextFormat, textEdit } of (await offered(`${before}<|>${after}`)).items) {
        if (insertTextFormat !== InsertTextFormat.Snippet || !textEdit) continue;
        tried++;
        const text = before + plain(textEdit.newText) + after;
        if (parse(text).errors.length > 0) broken.push(`${label}: ${text} ${parse(text).errors[0]?.message ?? ''}`);
      }
    }
    expect(broken).toEqual([]);
    expect(tried).toBeGreaterThan(15);
  });

  it('offers no block where `all` says how a list is compared, and no statement where a status is named', async () => {
    expect(await labels('check c { key "HKLM\\A" value "B" <|>')).not.toContain('all { }');
    expect(await labels('test "t" { expect acme.editor <|>')).not.toContain('note "..."');
  });

  it('says what an item stands for when it is looked at', async () => {
    const { items } = await offered('patch p fixes <|>');
    const item = items.find(({ label }) => label === 'acme.editor');
    expect(item?.documentation).toBeUndefined();
    const resolved = await lsp.ask<CompletionItem>('completionItem/resolve', item ?? {});
    expect(JSON.stringify(resolved.documentation)).toContain('What it is');
    const keyword = { label: 'each' };
    expect(await lsp.ask('completionItem/resolve', keyword)).toEqual(keyword);
  });

  it('explains words of the language when they are looked at', async () => {
    const said = async (marked: string, label: string): Promise<string> => {
      const item = (await offered(marked)).items.find((one) => one.label === label);
      const resolved = await lsp.ask<CompletionItem>('completionItem/resolve', item ?? {});
      return JSON.stringify(resolved.documentation ?? null);
    };
    expect(await said('product p { <|> }', 'each')).toContain('one element of a collection');
    expect(await said('product p { <|> }', 'vendor')).toContain('Who makes it');
    expect(await said('product p { each x in <|> }', 'programs')).toContain('Uninstall entries');
    expect(await said('product p { let v = key "HKLM\\A" as <|> }', 'folder')).toContain('The folder of a path');
    expect(await said('patch p fixes <|>', 'windows-10-22h2')).toContain('build 19045');
    expect(await said('patch p fixes windows { severity <|> }', 'critical')).toContain('gravest');
    expect(await said('check c { windows.<|> }', 'windows.build')).toContain('build alone');
  });

  it('cuts a long list off, and finds what was cut once more is typed', async () => {
    const first = await offered('patch p fixes windows { supersedes <|>');
    expect(first.isIncomplete).toBe(true);
    expect(first.items.length).toBeLessThan(600);
    const more = await offered('patch p fixes windows { supersedes MANY-29<|>');
    expect(more.items.map(({ label }) => label)).toContain('MANY-2999');
  });
});

describe('completion for different editors and fast hands', () => {
  it('keeps the rest of a word or replaces it, as the editor wants', async () => {
    const { items } = await offered('patch p fixes acme.<|>edtor { note "n" }');
    const item = items.find(({ label }) => label === 'acme.editor');
    expect(item?.labelDetails).toEqual({ description: 'Acme Editor' });
    expect(item?.textEdit).toEqual({
      newText: 'acme.editor',
      insert: { start: { line: 0, character: 14 }, end: { line: 0, character: 19 } },
      replace: { start: { line: 0, character: 14 }, end: { line: 0, character: 24 } },
    });
  });

  it('has no places to fill in for an editor that does not know them, and replaces up to the cursor', async () => {
    const simple = await LspFixture.start({ 'used.detect': USED });
    const cursor = await simple.open('typed.detect', '<|>');
    const items = await simple.ask<CompletionItem[]>('textDocument/completion', cursor);
    expect(items.map(({ label }) => label)).toEqual(['product', 'bulletin', 'patch', 'check', 'test']);
    expect(items.filter(({ textEdit }) => !textEdit || !('range' in textEdit))).toEqual([]);
    expect(items.filter(({ labelDetails }) => labelDetails)).toEqual([]);
    await simple.stop();
  });

  it('answers though the next letters are typed already', async () => {
    const { textDocument } = await lsp.open('fast.detect', 'patch p "P" f');
    const asked = lsp.ask<CompletionItem[]>('textDocument/completion', {
      textDocument,
      position: { line: 0, character: 13 },
    });
    await lsp.client.change(textDocument.uri, 2, 'patch p "P" fi');
    await lsp.client.change(textDocument.uri, 3, 'patch p "P" fix');
    expect((await asked).map(({ label }) => label)).toContain('fixes');
    await lsp.close('fast.detect');
  });
});

/** A snippet with its placeholders as they stand. */
function plain(snippet: string): string {
  return snippet
    .replaceAll(/\$\{\d+\|([^,|]+)[^}]*\}/g, '$1')
    .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll(/\$\d+/g, '')
    .replaceAll(/\\([$\\}])/g, '$1');
}
