import { setTimeout as sleep } from 'node:timers/promises';
import type {
  CodeLens,
  Diagnostic,
  DocumentDiagnosticReport,
  DocumentLink,
  FoldingRange,
  SelectionRange,
  TypeHierarchyItem,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LspFixture } from '../../support/lsp-fixture.ts';

const CHAIN = `# One comment.

# The documentation
# of the product.
product acme "Acme" {
  homepage "https://acme.example/"
  installed when any {
    file "%ProgramFiles%\\Acme\\acme.exe" exists
    key "HKLM\\SOFTWARE\\Acme" exists
  }
}
patch A-1 "First" fixes acme { released 2020-01-01  installed when hotfix KB5031356 is installed }
patch A-2 "Second" fixes acme { supersedes A-1  cve CVE-2024-11477  note "n" }
patch A-3 "Third" fixes acme { supersedes A-2  note "n" }
test "recorded" {
  machine "machines/ws01.snapshot.json", "\\\\192.0.2.1\\share\\x.snapshot.json", "//192.0.2.1/x", "file://host/x"
}
`;

let lsp: LspFixture;
beforeAll(async () => {
  lsp = await LspFixture.start({
    'chain.detect': CHAIN,
    'wrong.detect': 'patch W-1 fixes nothing.known { note "n" }\n',
    'right.detect': 'product right { installed when file "%windir%\\r.exe" exists }\n',
  });
});
afterAll(() => lsp.stop());

describe('pulled diagnostics over stdio', () => {
  const pull = (name: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    lsp.ask('textDocument/diagnostic', { textDocument: { uri: lsp.uri(name) }, previousResultId });

  it('gives what is found in a file, and says when nothing has changed', async () => {
    const first = await pull('wrong.detect');
    expect(first).toMatchObject({ kind: 'full', items: [{ code: 'unknown-name', source: 'patchlab' }] });
    expect(await pull('wrong.detect', first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    expect(await pull('gone.detect')).toMatchObject({ kind: 'full', items: [] });
  });

  it('gives another id as soon as another file changes what is found', async () => {
    const first = await pull('wrong.detect');
    await lsp.open('declares.detect', 'product nothing.known { installed when file "%windir%\\n.exe" exists }\n');
    expect(await pull('wrong.detect', first.resultId)).toMatchObject({ kind: 'full', items: [] });
    await lsp.close('declares.detect');
    expect(await pull('wrong.detect', first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
  });

  it('covers the workspace, each file with its own id', async () => {
    const ask = (previousResultIds: object[]): Promise<WorkspaceDiagnosticReport> =>
      lsp.ask('workspace/diagnostic', { previousResultIds });
    const { items } = await ask([]);
    const counts = items.map((item) => [item.uri.split('/').at(-1), item.kind === 'full' && item.items.length]);
    expect(counts).toEqual([
      ['chain.detect', expect.any(Number)],
      ['right.detect', 0],
      ['wrong.detect', 1],
    ]);
    const again = await ask(items.map(({ uri, resultId }) => ({ uri, value: resultId })));
    expect(again.items.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    const gone = await ask([{ uri: lsp.uri('gone.detect'), value: 'x' }]);
    expect(gone.items.at(-1)).toMatchObject({ uri: lsp.uri('gone.detect'), kind: 'full', items: [] });
  });

  it('replaces pushing where the editor pulls, and pushes to one that would rather be told', async () => {
    const capabilities = { textDocument: { diagnostic: {} } };
    const puller = await LspFixture.start({ 'wrong.detect': 'patch W fixes no.one { note "n" }\n' }, capabilities);
    const told: unknown[] = [];
    puller.client.connection.onNotification('textDocument/publishDiagnostics', (params: object) => {
      told.push(params);
    });
    const { uri } = (await puller.open('wrong.detect', 'patch W fixes no.two { note "n" }\n')).textDocument;
    const report = await puller.ask<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } });
    expect(report.items).toHaveLength(1);
    expect(puller.client.initialized?.capabilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: true });
    expect(told).toEqual([]);
    await puller.stop();
    const told2 = await LspFixture.start({}, { ...capabilities, initializationOptions: { diagnostics: 'push' } });
    const pushed = (await told2.open('wrong.detect', 'patch W fixes no.two { note "n" }\n')).textDocument.uri;
    expect(await told2.client.diagnostics(pushed, (said) => said.length > 0)).toHaveLength(1);
    expect(told2.client.initialized?.capabilities.diagnosticProvider).toBeUndefined();
    await told2.stop();
  });
});

describe('folding over stdio', () => {
  it('folds blocks down to their closing line, and comments of several lines', async () => {
    const folds = await lsp.ask<FoldingRange[]>('textDocument/foldingRange', {
      textDocument: { uri: lsp.uri('chain.detect') },
    });
    expect(folds).toEqual([
      { startLine: 2, endLine: 3, kind: 'comment' },
      { startLine: 4, endLine: 9 },
      { startLine: 6, endLine: 8 },
      { startLine: 14, endLine: 15 },
    ]);
  });

  it('answers for a text whose braces do not match', async () => {
    const { textDocument } = await lsp.open('broken.detect', '} product x {\n{\n\n\n}\n"\n');
    expect(await lsp.ask('textDocument/foldingRange', { textDocument })).toEqual([{ startLine: 1, endLine: 3 }]);
    await lsp.close('broken.detect');
  });
});

describe('selection ranges over stdio', () => {
  it('grow from a step of a path to the whole file', async () => {
    const { textDocument, position } = lsp.at('chain.detect', 'acme.exe');
    const [innermost] = await lsp.ask<SelectionRange[]>('textDocument/selectionRange', {
      textDocument,
      positions: [position],
    });
    const texts: string[] = [];
    for (let one = innermost; one; one = one.parent) texts.push(lsp.covered('chain.detect', one.range));
    expect(texts.map((text) => text.replaceAll(/\s+/g, ' ').slice(0, 60))).toEqual([
      'acme.exe',
      '%ProgramFiles%\\Acme\\acme.exe',
      '"%ProgramFiles%\\Acme\\acme.exe"',
      'file "%ProgramFiles%\\Acme\\acme.exe"',
      'file "%ProgramFiles%\\Acme\\acme.exe" exists',
      'any { file "%ProgramFiles%\\Acme\\acme.exe" exists key "HKLM\\S',
      'installed when any { file "%ProgramFiles%\\Acme\\acme.exe" exi',
      'product acme "Acme" { homepage "https://acme.example/" insta',
      '# One comment. # The documentation # of the product. product',
    ]);
  });
});

describe('document links over stdio', () => {
  it('lead to KB and CVE pages, web addresses and recordings, and never to another host’s files', async () => {
    const links = await lsp.ask<DocumentLink[]>('textDocument/documentLink', {
      textDocument: { uri: lsp.uri('chain.detect') },
    });
    expect(links.map(({ range, target }) => [lsp.covered('chain.detect', range), target])).toEqual([
      ['https://acme.example/', 'https://acme.example/'],
      ['KB5031356', 'https://support.microsoft.com/help/5031356'],
      ['CVE-2024-11477', 'https://www.cve.org/CVERecord?id=CVE-2024-11477'],
      ['machines/ws01.snapshot.json', lsp.uri('machines/ws01.snapshot.json')],
    ]);
  });
});

describe('type hierarchy over stdio', () => {
  it('has above a patch those that supersede it, and below it those that it supersedes', async () => {
    const prepared = await lsp.ask<TypeHierarchyItem[]>(
      'textDocument/prepareTypeHierarchy',
      lsp.at('chain.detect', 'A-2'),
    );
    const item = prepared[0];
    expect(item).toMatchObject({ name: 'A-2', detail: 'Second' });
    const names = async (way: string): Promise<string[]> =>
      (await lsp.ask<TypeHierarchyItem[]>(`typeHierarchy/${way}`, { item })).map(({ name }) => name);
    expect(await names('supertypes')).toEqual(['A-3']);
    expect(await names('subtypes')).toEqual(['A-1']);
    expect(await lsp.ask('textDocument/prepareTypeHierarchy', lsp.at('chain.detect', 'acme'))).toBeNull();
  });
});

describe('code lenses over stdio', () => {
  it('count the uses of each declaration when they are resolved', async () => {
    const lenses = await lsp.ask<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: lsp.uri('chain.detect') },
    });
    const resolved = await Promise.all(lenses.map((lens) => lsp.ask<CodeLens>('codeLens/resolve', lens)));
    expect(resolved.map(({ range, command }) => [lsp.covered('chain.detect', range), command?.title])).toEqual([
      ['acme', '3 references'],
      ['A-1', '1 reference'],
      ['A-2', '1 reference'],
      ['A-3', '0 references'],
    ]);
    expect(new Set(resolved.map(({ command }) => command?.command))).toEqual(new Set(['']));
  });

  it('lead to the uses in an editor that has the command, where there are any', async () => {
    const experimental = { commands: ['patchlab.showReferences'] };
    const able = await LspFixture.start({ 'chain.detect': CHAIN }, { experimental });
    const textDocument = { uri: able.uri('chain.detect') };
    const lenses = await able.ask<CodeLens[]>('textDocument/codeLens', { textDocument });
    const resolved = await Promise.all(lenses.map((lens) => able.ask<CodeLens>('codeLens/resolve', lens)));
    const [acme, , , last] = resolved.map(({ command }) => command);
    expect(acme).toEqual({
      title: '3 references',
      command: 'patchlab.showReferences',
      arguments: [{ uri: textDocument.uri, position: { line: 4, character: 8 } }],
    });
    expect(last).toEqual({ title: '0 references', command: '' });
    const place = acme?.arguments?.[0] as { position: object };
    const context = { includeDeclaration: false };
    const found = await able.ask('textDocument/references', { textDocument, position: place.position, context });
    expect(found).toHaveLength(3);
    await able.stop();
  });
});

describe('an edit of another file over stdio', () => {
  it('lets an editor that can ask for lenses and hints again, and not one that cannot', async () => {
    const workspace = { codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true } };
    const able = await LspFixture.start({ 'chain.detect': CHAIN }, { workspace });
    const asked: string[] = [];
    const both = new Promise<void>((resolve) => {
      for (const method of ['workspace/codeLens/refresh', 'workspace/inlayHint/refresh'])
        able.client.connection.onRequest(method, () => {
          asked.push(method);
          if (new Set(asked).size === 2) resolve();
          return null;
        });
    });
    const count = async (): Promise<string | undefined> => {
      const textDocument = { uri: able.uri('chain.detect') };
      const [lens] = await able.ask<CodeLens[]>('textDocument/codeLens', { textDocument });
      return (await able.ask<CodeLens>('codeLens/resolve', lens ?? {})).command?.title;
    };
    expect(await count()).toBe('3 references');
    await able.open('more.detect', 'patch A-4 fixes acme { note "n" }\n');
    await both;
    expect(await count()).toBe('4 references');
    await able.stop();
    const unable = await LspFixture.start({ 'chain.detect': CHAIN });
    const stray: string[] = [];
    for (const method of ['workspace/codeLens/refresh', 'workspace/inlayHint/refresh'])
      unable.client.connection.onRequest(method, () => stray.push(method));
    await unable.open('more.detect', 'patch A-4 fixes acme { note "n" }\n');
    await sleep(700);
    expect(stray).toEqual([]);
    await unable.stop();
  });
});
