/**
 * Each capability as an editor meets it: what is asked and all of what the server answers, in `goldens/`, over the workspace
 * that lies there. `npx vitest run --project unit test/unit/lsp/stdio-goldens.test.ts -u` writes them anew.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  CodeLens,
  CompletionItem,
  CompletionList,
  DocumentDiagnosticReport,
  SemanticTokens,
  TypeHierarchyItem,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shownReply } from '../../support/golden.ts';
import { LspFixture, type Cursor } from '../../support/lsp-fixture.ts';

const GOLDENS = path.join(import.meta.dirname, 'goldens');
const WORKSPACE = path.join(GOLDENS, 'workspace');
const FILES = Object.fromEntries(
  readdirSync(WORKSPACE).map((name) => [name, readFileSync(path.join(WORKSPACE, name), 'utf8')]),
);
/** What XML has of these stands in goldens of its own. */
const SCRIPTS = Object.keys(FILES).filter((name) => name.endsWith('.detect'));
const OPTIONS = { tabSize: 2, insertSpaces: true };

/** One question: what is asked stands in the golden, in front of the answer. */
type Ask = (question: string, method: string, params: object) => Promise<unknown>;

let lsp: LspFixture;
let shown: (reply: unknown) => string;
beforeAll(async () => {
  const completionItem = { snippetSupport: true, insertReplaceSupport: true, labelDetailsSupport: true };
  lsp = await LspFixture.start(FILES, {
    workspace: { workspaceEdit: { documentChanges: true } },
    textDocument: { completion: { completionItem } },
    experimental: { commands: ['patchlab.showReferences'] },
  });
  shown = (reply) => shownReply(reply, [`${pathToFileURL(lsp.folder).href}/`, `${lsp.folder}/`]);
});
afterAll(() => lsp.stop());

/** The cursor where `<|>` stands in a part of a file that occurs once. */
function at(name: string, marked: string): Cursor {
  const text = lsp.text(name);
  const part = marked.replace('<|>', '');
  const offset = text.indexOf(part);
  if (offset < 0 || text.includes(part, offset + 1)) throw new Error(`${name} does not have \`${part}\` once`);
  return {
    textDocument: { uri: lsp.uri(name) },
    position: lsp.document(name).positionAt(offset + Math.max(marked.indexOf('<|>'), 0)),
  };
}

const of = (name: string): { textDocument: { uri: string } } => ({ textDocument: { uri: lsp.uri(name) } });

/** Asks at every place of a list, each under its own heading. */
async function atEach(ask: Ask, method: string, places: readonly (readonly [string, string])[]): Promise<void> {
  for (const [name, marked] of places) await ask(`${name}: ${marked}`, method, at(name, marked));
}

const whole = (name: string) => ({
  start: { line: 0, character: 0 },
  end: { line: lsp.text(name).split('\n').length, character: 0 },
});

const NAMES = [
  ['editor.detect', 'product acme.<|>editor "Acme'],
  ['patches.detect', '"First" fixes acme.<|>editor'],
  ['editor.detect', 'check at-<|>least("'],
  ['editor.detect', 'version else rel<|>ease'],
  ['patches.detect', '"${ho<|>me}\\part.dll"'],
  ['patches.detect', 'when pa<|>rt >= 2.0'],
  ['editor.detect', '{ f<|>.version >= 1.0 }'],
  ['patches.detect', '{ supersedes ACME-<|>2 '],
  ['patches.detect', 'bulletin ACME-<|>B'],
  ['more.patches.xml', 'ref="acme.<|>editor"'],
  ['more.patches.xml', 'path="${ho<|>me}'],
  ['editor.detect', 'one p<|>er home'],
] as const;

/** By capability as the server announces it: the questions that belong into its golden. */
const CAPABILITIES: Readonly<Record<string, (ask: Ask) => Promise<void>>> = {
  completionProvider: async (ask) => {
    const places: readonly (readonly [string, string])[] = [
      ['patches.detect', 'fixes acme.<|>editor {\n  severity  critical'],
      ['patches.detect', '{ supersedes ACME-<|>2 '],
      ['editor.detect', 'where app.na<|>me'],
      ['editor.detect', 'any f in fi<|>les'],
      ['editor.detect', '%Program<|>Files%'],
      ['patches.detect', 'severity  <|>critical'],
    ];
    await atEach(ask, 'textDocument/completion', places);
  },
  'completionProvider.resolveProvider': async (ask) => {
    const cursor = at('patches.detect', 'fixes acme.<|>editor {\n  severity  critical');
    const answer = await lsp.ask<CompletionItem[] | CompletionList>('textDocument/completion', cursor);
    const items = Array.isArray(answer) ? answer : answer.items;
    const item = items.find(({ label }) => label === 'acme.editor');
    await ask('the item of a product', 'completionItem/resolve', item ?? {});
  },
  hoverProvider: (ask) => atEach(ask, 'textDocument/hover', NAMES),
  definitionProvider: (ask) => atEach(ask, 'textDocument/definition', NAMES),
  referencesProvider: async (ask) => {
    for (const [name, marked] of NAMES) {
      const context = { includeDeclaration: true };
      await ask(`${name}: ${marked}`, 'textDocument/references', { ...at(name, marked), context });
    }
    const context = { includeDeclaration: false };
    const cursor = at('editor.detect', 'product acme.<|>editor "Acme');
    await ask('without the declaration', 'textDocument/references', { ...cursor, context });
  },
  documentHighlightProvider: (ask) => atEach(ask, 'textDocument/documentHighlight', NAMES),
  'renameProvider.prepareProvider': (ask) => atEach(ask, 'textDocument/prepareRename', NAMES),
  renameProvider: async (ask) => {
    for (const [name, marked] of NAMES)
      await ask(`${name}: ${marked} to renamed`, 'textDocument/rename', { ...at(name, marked), newName: 'renamed' });
  },
  documentSymbolProvider: async (ask) => {
    for (const name of Object.keys(FILES)) await ask(name, 'textDocument/documentSymbol', of(name));
  },
  workspaceSymbolProvider: async (ask) => {
    for (const query of ['', 'acme-', 'first', 'aed', 'nothing of this'])
      await ask(query, 'workspace/symbol', { query });
  },
  diagnosticProvider: async (ask) => {
    for (const name of [...Object.keys(FILES), 'unknown.detect']) await ask(name, 'textDocument/diagnostic', of(name));
    const first = await lsp.ask<DocumentDiagnosticReport>('textDocument/diagnostic', of('wrong.detect'));
    const unchanged = { ...of('wrong.detect'), previousResultId: first.resultId };
    await ask('wrong.detect, asked again with its result id', 'textDocument/diagnostic', unchanged);
    const other = { ...of('wrong.detect'), previousResultId: 'another' };
    await ask('wrong.detect, asked again with another result id', 'textDocument/diagnostic', other);
  },
  'diagnosticProvider.workspaceDiagnostics': async (ask) => {
    await ask('all files', 'workspace/diagnostic', { previousResultIds: [] });
    const { items } = await lsp.ask<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
    const previousResultIds = items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
    previousResultIds.push({ uri: lsp.uri('gone.detect'), value: 'some' });
    await ask('all files again, and one that is gone', 'workspace/diagnostic', { previousResultIds });
  },
  foldingRangeProvider: async (ask) => {
    for (const name of Object.keys(FILES)) await ask(name, 'textDocument/foldingRange', of(name));
  },
  selectionRangeProvider: async (ask) => {
    for (const [name, marked] of NAMES) {
      const { textDocument, position } = at(name, marked);
      await ask(`${name}: ${marked}`, 'textDocument/selectionRange', { textDocument, positions: [position] });
    }
  },
  linkedEditingRangeProvider: (ask) =>
    atEach(ask, 'textDocument/linkedEditingRange', [
      ['more.patches.xml', '<pat<|>ch id'],
      ['more.patches.xml', '</pat<|>ch>'],
      ['more.patches.xml', 'id="<|>ACME-4"'],
      ['editor.detect', 'product <|>acme.editor "Acme'],
    ]),
  documentLinkProvider: async (ask) => {
    for (const name of SCRIPTS) await ask(name, 'textDocument/documentLink', of(name));
  },
  typeHierarchyProvider: async (ask) => {
    await atEach(ask, 'textDocument/prepareTypeHierarchy', NAMES);
    for (const name of ['ACME-1', 'ACME-2', 'ACME-4']) {
      const file = name === 'ACME-4' ? 'more.patches.xml' : 'patches.detect';
      const cursor = at(file, file === 'patches.detect' ? `patch ${name}<|> ` : `id="${name}<|>"`);
      const [item] = await lsp.ask<TypeHierarchyItem[]>('textDocument/prepareTypeHierarchy', cursor);
      await ask(`above ${name}`, 'typeHierarchy/supertypes', { item });
      await ask(`below ${name}`, 'typeHierarchy/subtypes', { item });
    }
  },
  codeLensProvider: async (ask) => {
    for (const name of ['editor.detect', 'patches.detect', 'more.patches.xml']) {
      await ask(name, 'textDocument/codeLens', of(name));
    }
  },
  'codeLensProvider.resolveProvider': async (ask) => {
    for (const name of ['editor.detect', 'patches.detect', 'more.patches.xml']) {
      const lenses = await lsp.ask<CodeLens[]>('textDocument/codeLens', of(name));
      for (const [index, lens] of lenses.entries()) await ask(`${name}, lens ${index + 1}`, 'codeLens/resolve', lens);
    }
  },
  semanticTokensProvider: async (ask) => {
    for (const name of SCRIPTS) await ask(name, 'textDocument/semanticTokens/full', of(name));
  },
  'semanticTokensProvider.range': async (ask) => {
    const range = { start: { line: 6, character: 2 }, end: { line: 9, character: 0 } };
    await ask('editor.detect, lines 7 to 9', 'textDocument/semanticTokens/range', { ...of('editor.detect'), range });
  },
  'semanticTokensProvider.full': async (ask) => {
    const name = 'tokens.detect';
    const { textDocument } = await lsp.open(name, 'patch T-1 fixes windows { note "n" }\n');
    const { resultId } = await lsp.ask<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });
    const delta = 'textDocument/semanticTokens/full/delta';
    await ask('nothing has changed', delta, { textDocument, previousResultId: resultId });
    await lsp.client.change(textDocument.uri, 2, 'patch T-1 "New" fixes windows { note "n" }\n');
    await ask('a title was put in', delta, { textDocument, previousResultId: String(Number(resultId) + 1) });
    await ask('from a result that is not known', delta, { textDocument, previousResultId: 'none' });
    await lsp.close(name);
  },
  signatureHelpProvider: (ask) =>
    atEach(ask, 'textDocument/signatureHelp', [
      ['editor.detect', 'check at-least(<|>"${home}'],
      ['editor.detect', 'core.dll", <|>1.2)'],
      ['editor.detect', 'core.dll", 1.2)<|>'],
      ['editor.detect', 'check at-least(<|>path'],
    ]),
  inlayHintProvider: async (ask) => {
    for (const name of ['editor.detect', 'patches.detect'])
      await ask(name, 'textDocument/inlayHint', { ...of(name), range: whole(name) });
    const range = { start: { line: 8, character: 0 }, end: { line: 10, character: 0 } };
    await ask('patches.detect, lines 9 and 10', 'textDocument/inlayHint', { ...of('patches.detect'), range });
  },
  documentFormattingProvider: async (ask) => {
    for (const name of ['wrong.detect', 'editor.detect'])
      await ask(name, 'textDocument/formatting', { ...of(name), options: OPTIONS });
  },
  documentRangeFormattingProvider: async (ask) => {
    const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
    const params = { ...of('wrong.detect'), options: OPTIONS, range };
    await ask('wrong.detect, its first line', 'textDocument/rangeFormatting', params);
  },
  documentOnTypeFormattingProvider: async (ask) => {
    const method = 'textDocument/onTypeFormatting';
    const brace = { ...at('wrong.detect', 'exists\n}<|>'), ch: '}', options: OPTIONS };
    await ask('wrong.detect, after the brace', method, brace);
    const line = { ...at('wrong.detect', '<|>}\npatch'), ch: '\n', options: OPTIONS };
    await ask('wrong.detect, after a new line', method, line);
    const inText = { ...at('editor.detect', '"${home}<|>\\core.dll'), ch: '}', options: OPTIONS };
    await ask('editor.detect, after a brace in a text', method, inText);
  },
  codeActionProvider: async (ask) => {
    const actions = async (what: string, range: object, only?: readonly string[]): Promise<void> => {
      const context = { diagnostics: [], ...(only ? { only } : {}) };
      await ask(what, 'textDocument/codeAction', { ...of('wrong.detect'), range, context });
    };
    const on = (marked: string): object => {
      const { position } = at('wrong.detect', marked);
      return { start: position, end: position };
    };
    await actions('wrong.detect: a hive', on('HKEY_LOCAL_<|>MACHINE'));
    await actions('wrong.detect: a product that is not known', on('acme.ed<|>tor'), ['quickfix']);
    await actions('wrong.detect: a bound name that is not known', on('when pr<|>at'), ['quickfix']);
    await actions('wrong.detect: a version', on('01<|>.0'), ['quickfix']);
    await actions('wrong.detect: fix all', whole('wrong.detect'), ['source.fixAll']);
    const start = at('wrong.detect', '<|>key "HKEY').position;
    const end = at('wrong.detect', 'view 64 exists<|>').position;
    await actions('wrong.detect: a condition that is selected', { start, end }, ['refactor']);
  },
};

describe('what the server answers, over stdio', () => {
  it.each(Object.entries(CAPABILITIES))('%s is as in its golden', async (capability, run) => {
    const parts: string[] = [];
    const ask: Ask = async (question, method, params) => {
      const reply = await lsp.ask(method, params).then(
        (answer) => shown(answer),
        (error: unknown) => `refused: ${error instanceof Error ? error.message : String(error)}`,
      );
      parts.push(`# ${method}: ${question.replaceAll('\n', '\\n')}\n${reply}\n`);
    };
    await run(ask);
    await expect(parts.join('\n')).toMatchFileSnapshot(path.join(GOLDENS, `${capability}.golden`));
  });

  it('is in a golden for every capability that the server announces', async () => {
    const { capabilities } = lsp.client.initialized ?? {};
    await expect(`${shown(capabilities)}\n`).toMatchFileSnapshot(path.join(GOLDENS, 'capabilities.golden'));
    const announced = Object.entries(capabilities ?? {}).flatMap(([name, value]) => {
      const parts = typeof value === 'object' ? Object.entries(value as object) : [];
      const flags = parts.filter(([key, one]) => one === true && key !== 'interFileDependencies').map(([key]) => key);
      return name.endsWith('Provider') ? [name, ...flags.map((key) => `${name}.${key}`)] : [];
    });
    expect(announced.filter((name) => !(name in CAPABILITIES))).toEqual([]);
    const missing = Object.keys(CAPABILITIES).filter((name) => !existsSync(path.join(GOLDENS, `${name}.golden`)));
    expect(missing).toEqual([]);
  });
});
