/** Every word of the language is explained, by an example that is right. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { languageWordAt } from '../../../../server/src/lsp/words/at.ts';
import { KEYWORDS, OPERATORS } from '../../../../server/src/lsp/words/keywords.ts';
import {
  COLLECTION_TEXTS,
  FILE,
  FOLDER,
  memberText,
  MSI,
  SERVICE,
  UPGRADE_CODE,
  WINDOWS,
} from '../../../../server/src/lsp/words/properties.ts';
import {
  CONVERSION_TEXTS,
  METADATA,
  metadataValueText,
  stateText,
  windowsText,
} from '../../../../server/src/lsp/words/values.ts';
import type { WordText } from '../../../../server/src/lsp/words/word.ts';
import { lint } from '../../../../server/src/lint/lint.ts';
import { linkContent } from '../../../../server/src/model/link.ts';
import * as vocabulary from '../../../../server/src/model/vocabulary.ts';
import { WINDOWS_NAMES } from '../../../../server/src/model/windows-names.ts';
import { lexer, RESERVED_WORDS } from '../../../../server/src/syntax/tokens.ts';
import { SAMPLES } from '../../samples/sample-files.ts';

const entries = (table: Readonly<Record<string, WordText>>, of = ''): (readonly [string, string, WordText])[] =>
  Object.entries(table).map(([word, text]) => [of + word, word, text]);

const missing = (what: string): never => {
  throw new Error(`${what} has no text`);
};

const MEMBERS = vocabulary.COLLECTIONS.flatMap((kind) =>
  vocabulary.ELEMENT_MEMBERS[kind].map(
    (member) => [`${kind}.${member}`, `x.${member}`, memberText(kind, member) ?? missing(`${kind}.${member}`)] as const,
  ),
);
const STATES = [
  ...vocabulary.SERVICE_STATES,
  ...vocabulary.SERVICE_STARTS,
  ...Object.values(vocabulary.WINDOWS_MEMBERS).flat(),
];
const ALL = [
  ...entries(KEYWORDS),
  ...entries(OPERATORS),
  ...entries(FILE, 'file '),
  ...entries(FOLDER, 'folder '),
  ...entries(SERVICE, 'service '),
  ...entries(MSI, 'msi '),
  ['upgrade-code', 'upgrade-code', UPGRADE_CODE] as const,
  ...Object.entries(WINDOWS).map(([word, text]) => [`windows.${word}`, `windows.${word}`, text] as const),
  ...MEMBERS,
  ...entries(COLLECTION_TEXTS),
  ...entries(METADATA),
  ...entries(CONVERSION_TEXTS, 'as '),
  ...[...new Set(STATES)].map((word) => [`is ${word}`, word, stateText(word) ?? missing(word)] as const),
  ...vocabulary.SEVERITIES.map((word) => [word, word, metadataValueText('severity', word) ?? missing(word)] as const),
  ...[...WINDOWS_NAMES.values()].map((name) => [name.id, name.id, windowsText(name)] as const),
];

/** Where an example can stand. */
function written({ stands, example }: WordText): string {
  switch (stands) {
    case 'file':
      return `${example}\n`;
    case 'product':
      return `product x.y {\n${example}\n}\n`;
    case 'patch':
      return `patch x.y fixes windows {\n${example}\n}\n`;
    case 'check':
      return `check x.y {\n${example}\n}\n`;
    case 'test':
      return `product acme { installed when file "%windir%\\a" exists }\npatch ACME-1 fixes acme { note "n" }\ntest "t" {\n${example}\n}\n`;
  }
}

describe('what is said of the words of the language', () => {
  it.each(ALL)('%s has an example that is right and shows it', (_, word, text) => {
    const file = written(text);
    const errors = lint(linkContent([{ file: 'example.detect', text: file }])).filter(
      ({ severity }) => severity === 'error',
    );
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(lexer.tokenize(text.example).tokens.map(({ image }) => image)).toContain(word);
    expect(text.says).toMatch(/[.:]$/);
  });

  it('is said of every reserved word, property, collection, conversion and metadata word, as the reference has them', () => {
    expect(Object.keys(KEYWORDS).sort()).toEqual([...RESERVED_WORDS].sort());
    expect(Object.keys(WINDOWS)).toEqual(Object.keys(vocabulary.WINDOWS_MEMBERS));
    const reference = readFileSync(join(import.meta.dirname, '../../../../docs/language.md'), 'utf8');
    const said = ALL.map(([, word]) => word).filter((word) => !WINDOWS_NAMES.has(word) && !word.startsWith('x.'));
    const words = new Set(reference.split(/[^\w.<>=!-]+/).flatMap((word) => [word, `windows${word}`]));
    expect(said.filter((word) => !words.has(word))).toEqual([]);
  });
});

describe('a word at a place', () => {
  const content = linkContent(SAMPLES).content;
  const at = (marked: string): string | undefined => {
    const offset = marked.indexOf('<|>');
    const text = marked.replace('<|>', '');
    const document = TextDocument.create('file:///a.detect', 'detect', 1, text);
    const found = languageWordAt(document, offset, content);
    return found && `${text.slice(found.span.start, found.span.end)}: ${/\((.*?)\)/.exec(found.text)?.[1]}`;
  };

  it('is explained by what it is there', () => {
    expect(at('check c { file "%windir%\\a.exe" pro<|>duct = "x" }')).toBe('product: of a file');
    expect(at('<|>product a { }')).toBe('product: word of the language');
    expect(at('product a { vendor<|> "v" }')).toBe('vendor: metadata');
    expect(at('patch p fixes windows-10-<|>22h2 { note "n" }')).toBe('windows-10-22h2: Windows');
    expect(at('patch p fixes windows { severity cri<|>tical note "n" }')).toBe('critical: severity');
    expect(at('check c { service "A" start is dis<|>abled }')).toBe('disabled: state');
    expect(at('check c { service "A" sta<|>rt is disabled }')).toBe('start: of a service');
    expect(at('check c { windows.bui<|>ld >= 1 }')).toBe('windows.build: of Windows');
    expect(at('check c { wind<|>ows.build >= 1 }')).toBe('windows.build: the machine’s Windows');
    expect(at('check c { windows.build ><|>= 1 }')).toBe('>=: comparison');
    expect(at('product a { each app in pro<|>grams where app.name = "x" }')).toBe('programs: collection');
    expect(at('product a { each app in programs where app.na<|>me = "x" }')).toBe('name: of an element of programs');
    expect(at('product a { each app in programs where app.Com<|>ments = "x" }')).toBe(
      'Comments: of an element of programs',
    );
    expect(at('check c { key "HK<|>LM\\SOFTWARE" exists }')).toBe('HKLM: hive');
    expect(at('check c { file "%win<|>dir%\\a" exists }')).toBe('%windir%: folder');
    expect(at('check c { msi upgrade-<|>code {23170F69-40C1-2702-2407-000001000000} version > 1 }')).toBe(
      'upgrade-code: of a package',
    );
  });

  it('is nothing where it is a name, a text, or a part of a comment', () => {
    for (const marked of [
      'product a { each ap<|>p in programs where app.name = "x" }',
      'product a { each app in programs where ap<|>p.name = "x" }',
      'product val<|>ues { }',
      '# pro<|>duct',
      'check c { file "%windir%\\pro<|>duct" exists }',
      'product a { let version = file "%windir%\\a" version  installed when ver<|>sion > 1 }',
    ])
      expect([marked, at(marked)]).toEqual([marked, undefined]);
  });

  it('or a name is at every word of the samples', () => {
    const silent = SAMPLES.flatMap(({ text }) => {
      const document = TextDocument.create('file:///a.detect', 'detect', 1, text);
      return lexer
        .tokenize(text)
        .tokens.filter(({ tokenType }) => tokenType.name.endsWith('Keyword'))
        .filter(({ startOffset }) => languageWordAt(document, startOffset, content) === undefined)
        .map(({ image }) => image);
    });
    expect(silent).toEqual([]);
  });
});
