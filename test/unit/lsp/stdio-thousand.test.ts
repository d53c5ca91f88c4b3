/** References and rename in a workspace of a thousand files, half scripts and half XML: exact, and nothing is found afterwards. */
import type { Location, TextEdit, WorkspaceDiagnosticReport, WorkspaceEdit } from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LspFixture } from '../../support/lsp-fixture.ts';

const MANY = 1000;

const SHARED = `# The product of all files.
product acme.suite "Acme Suite" {
  each app in programs where app.name matches /^Acme Suite (?<release>[\\d.]+)/
  let home = app.location
  let version = file "\${home}\\suite.exe" version else release
  installed when file "\${home}\\suite.exe" exists
  one per home
}
check part-at-least(place, least) "A part of at least a version" {
  file "\${place}" version >= least if present
}
patch S-0 "The first" fixes acme.suite { installed when version >= 1.0 }
`;

/** Every second file is XML; each supersedes what the one before declares, and uses what is shared. */
function fileOf(index: number): readonly [string, string] {
  const [id, before] = [`S-${index}`, `S-${index - 1}`];
  const text =
    index % 2 === 1
      ? `patch ${id} "Update ${index}" fixes Acme.Suite {
  supersedes ${before}
  installed when version >= 2.${index} and check part-at-least("\${home}\\part${index}.dll", 2.${index})
}
`
      : `<?xml version="1.0" encoding="utf-8"?>
<patches xmlns="urn:patchlab:patches:1">
  <patch id="${id}" title="Update ${index}">
    <fixes><product ref="acme.suite"/></fixes>
    <supersedes ref="${before}"/>
    <installed-when>
      <name of="version" at-least="2.${index}"/>
      <check ref="part-at-least">
        <argument><text value="\${home}\\part${index}.dll"/></argument>
        <argument><literal value="2.${index}"/></argument>
      </check>
    </installed-when>
  </patch>
</patches>
`;
  const name = `f${String(Math.floor(index / 100))}/u${index}.${index % 2 === 1 ? 'detect' : 'patches.xml'}`;
  return [name, index % 3 === 0 ? text.replaceAll('\n', '\r\n') : text];
}

const FILES: Readonly<Record<string, string>> = {
  'shared.detect': SHARED,
  ...Object.fromEntries(Array.from({ length: MANY - 1 }, (_, index) => fileOf(index + 1))),
};
const [SCRIPT, XML] = [fileOf(501)[0], fileOf(500)[0]];

/** What is renamed: how it stands in a script and in XML, and where a text has it, told without the server. */
const RENAMED = [
  { from: 'acme.suite', to: 'acme.office', inScript: 'Acme.Suite', inXml: 'acme.suite', places: /\bacme\.suite\b/gi },
  { from: 'part-at-least', to: 'new-enough', inScript: 'part-at', inXml: 'part-at', places: /\bpart-at-least\b/g },
  { from: 'home', to: 'located', inScript: 'home}', inXml: 'home}', places: /\bhome\b/g },
  {
    from: 'version',
    to: 'seen',
    inScript: 'version >=',
    inXml: 'version" at',
    places: /(?<=let |when |of=")version\b/g,
  },
  { from: 'S-500', to: 'S-half', inScript: 'S-500', inXml: 'S-500"', places: /\bS-500\b/g },
] as const;

let lsp: LspFixture;
beforeAll(async () => {
  lsp = await LspFixture.start(FILES);
});
afterAll(() => lsp.stop());

/** `file:line:character` of every match, in order. */
function placesOf(pattern: RegExp): readonly string[] {
  return Object.entries(FILES).flatMap(([name, text]) =>
    [...text.matchAll(pattern)].map(({ index }) => {
      const { line, character } = lsp.document(name).positionAt(index);
      return `${lsp.uri(name)}:${line}:${character}`;
    }),
  );
}

const sites = (all: readonly Location[]): readonly string[] =>
  all.map(({ uri, range: { start } }) => `${uri}:${start.line}:${start.character}`).sort();

async function renamed(file: string, word: string, newName: string): Promise<ReadonlyMap<string, TextEdit[]>> {
  const { changes = {} } = await lsp.ask<WorkspaceEdit>('textDocument/rename', { ...lsp.at(file, word), newName });
  return new Map(Object.entries(FILES).map(([name]) => [name, changes[lsp.uri(name)] ?? []]));
}

describe('a workspace of a thousand files, scripts and XML', () => {
  it('has nothing to complain about', async () => {
    expect(Object.keys(FILES)).toHaveLength(MANY);
    const { items } = await lsp.ask<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
    expect(items).toHaveLength(MANY);
    expect(items.flatMap((one) => (one.kind === 'full' ? one.items : []))).toEqual([]);
  });

  it.each(RENAMED)('finds `$from` at each of its places and no other, from both sides', async (thing) => {
    const expected = [...placesOf(thing.places)].sort();
    expect(expected.length).toBeGreaterThan(thing.from === 'S-500' ? 1 : MANY - 1);
    for (const [file, word] of [
      [SCRIPT, thing.inScript],
      [XML, thing.inXml],
    ] as const) {
      const context = { includeDeclaration: true };
      const found = await lsp.ask<Location[]>('textDocument/references', { ...lsp.at(file, word), context });
      expect(sites(found)).toEqual(expected);
    }
  });

  it.each(RENAMED)('has `$from` renamed in every file, from both sides, and nothing else changed', async (thing) => {
    for (const [file, word] of [
      [SCRIPT, thing.inScript],
      [XML, thing.inXml],
    ] as const) {
      const edits = await renamed(file, word, thing.to);
      for (const [name, text] of Object.entries(FILES))
        expect(lsp.edited(name, edits.get(name) ?? [])).toBe(text.replaceAll(thing.places, thing.to));
    }
  });

  it('has nothing to complain about after all of them, in a server that has just started', async () => {
    const texts = new Map(Object.entries(FILES));
    const all = new Map<string, TextEdit[]>();
    for (const { inXml, to } of RENAMED)
      for (const [name, edits] of await renamed(XML, inXml, to)) all.set(name, [...(all.get(name) ?? []), ...edits]);
    for (const [name, edits] of all) texts.set(name, lsp.edited(name, edits));
    expect([...texts.values()].join('')).not.toMatch(/acme\.suite|part-at-least|home|S-500\b/i);
    const fresh = await LspFixture.start(Object.fromEntries(texts));
    const { items } = await fresh.ask<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
    expect(items).toHaveLength(MANY);
    expect(items.flatMap((one) => (one.kind === 'full' ? one.items : []))).toEqual([]);
    await fresh.stop();
  });
});
