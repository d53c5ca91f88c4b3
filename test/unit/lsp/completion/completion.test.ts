import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { complete } from '../../../../server/src/lsp/completion/completion.ts';
import { linkContent } from '../../../../server/src/model/link.ts';
import { RESERVED_WORDS } from '../../../../server/src/syntax/tokens.ts';

const CONTENT = linkContent([
  {
    file: 'other.detect',
    text: [
      'product acme.editor "Acme Editor" {',
      '  each app in programs where app.name matches /^Acme (?<release>[0-9]+)/',
      '  let location = app.location',
      '  let version = file "${location}\\editor.exe" version',
      '}',
      'patch ACME-1 "First" fixes acme.editor { installed when version >= 1.0 }',
      'check is-old(path, least) { file "${path}" version < least }',
    ].join('\n'),
  },
]).content;

/** The labels offered at `<|>`. */
function labels(source: string, trigger?: string): readonly string[] {
  const offset = source.indexOf('<|>');
  const document = TextDocument.create('file:///x.detect', 'detect', 1, source.replace('<|>', ''));
  return complete(document, { offset, content: CONTENT, trigger }).map((item) => item.label);
}

/** What the document is after the item with this label was taken. */
function taken(source: string, label: string): string {
  const offset = source.indexOf('<|>');
  const document = TextDocument.create('file:///x.detect', 'detect', 1, source.replace('<|>', ''));
  const item = complete(document, { offset, content: CONTENT }).find((one) => one.label === label);
  if (!item?.textEdit || !('range' in item.textEdit)) throw new Error(`${label} is not offered`);
  return TextDocument.applyEdits(document, [{ range: item.textEdit.range, newText: item.textEdit.newText }]);
}

describe('completion by the grammar', () => {
  it('offers the words that begin a declaration at the top of a file, and nothing that cannot', () => {
    const offered = labels('<|>');
    expect(offered).toEqual(expect.arrayContaining(['product', 'bulletin', 'patch', 'check', 'test']));
    expect(offered).not.toContain('when');
  });

  it('offers the statements of a product in a product', () => {
    const offered = labels('product p {\n  <|>\n}');
    expect(offered).toEqual(expect.arrayContaining(['each', 'let', 'on', 'installed', 'one', 'variant', 'vendor']));
    expect(offered).not.toContain('supersedes');
    expect(offered).not.toContain('severity');
  });

  it('offers the statements of a patch in a patch, also where the patch stands in a bulletin', () => {
    for (const source of ['patch P {\n  <|>\n}', 'bulletin B {\n  patch P fixes acme.editor {\n    <|>\n  }\n}']) {
      const offered = labels(source);
      expect(offered).toEqual(expect.arrayContaining(['fixes', 'supersedes', 'missing', 'note', 'severity']));
      expect(offered).not.toContain('each');
    }
  });

  it('offers after the name of a `let` that it is a value or looked up, the collections, and their members', () => {
    expect(labels('product p { let s <|> }')).toEqual(['in']);
    expect(labels('product p { let s in <|> }')).toEqual(expect.arrayContaining(['programs', 'keys', 'files']));
    expect(labels('product p { let s in programs where s.<|> }')).toEqual(
      expect.arrayContaining(['s.name', 's.location']),
    );
  });

  it('offers `when` after `installed`, and only that', () => {
    expect(labels('product p { installed <|> }')).toEqual(['when']);
  });

  it('goes on after a statement that was left unfinished', () => {
    const offered = labels('product p {\n  let a =\n  installed <|>\n}');
    expect(offered).toEqual(['when']);
  });

  it('says nothing in comments and regular expressions', () => {
    expect(labels('product p { # a <|>\n}')).toEqual([]);
    expect(labels('product p { installed when x matches /^a<|>')).toEqual([]);
  });

  it('does not ask for attention after a brace or a quote in code', () => {
    expect(labels('product p {<|>', '{')).toEqual([]);
  });

  it('can offer every reserved word somewhere', () => {
    const sources = [
      '<|>',
      'product p { <|> }',
      'patch P { <|> }',
      'patch P <|>',
      'product p { one <|> }',
      'product p { each a <|> }',
      'product p { each a in programs <|> }',
      'product p { installed <|> }',
      'patch P { missing <|> }',
      'patch P { supersedes Q <|> }',
      'patch P { superseded <|> }',
      'patch P { warn when <|> }',
      'product p { installed when <|> }',
      'product p { installed when x <|> }',
      'product p { installed when x exists <|> }',
      'product p { installed when x exists if <|> }',
      'product p { installed when x is <|> }',
      'product p { installed when x is one <|> }',
      'product p { installed when x starts <|> }',
      'product p { installed when x older <|> }',
      'product p { installed when x reaches { 1.0 <|> } }',
      'product p { installed when x reaches { otherwise <|> } }',
      'product p { installed when key "HKLM\\A" <|> }',
      'product p { let a = 1 <|> }',
      'product p { installed when x replacing "a" <|> }',
      'test "t" { <|> }',
      'test "t" { expect acme.editor <|> }',
    ];
    const offered = new Set(sources.flatMap((source) => labels(source)));
    expect(RESERVED_WORDS.filter((word) => !offered.has(word))).toEqual([]);
  });
});

describe('completion of names', () => {
  it('offers the products of other files after fixes, and Windows names', () => {
    const offered = labels('patch P fixes <|>');
    expect(offered).toContain('acme.editor');
    expect(offered).toContain('windows-10-22h2');
    expect(offered).not.toContain('ACME-1');
  });

  it('replaces a name as a whole, with its dots and hyphens', () => {
    expect(taken('patch P fixes acme.e<|>', 'acme.editor')).toBe('patch P fixes acme.editor');
    expect(taken('patch P fixes windows-10-2<|>', 'windows-10-22h2')).toBe('patch P fixes windows-10-22h2');
  });

  it('offers patches after supersedes and checks after check', () => {
    expect(labels('patch P { supersedes <|> }')).toContain('ACME-1');
    expect(labels('patch P { installed when check <|> }')).toContain('is-old');
  });

  it('offers what is bound above, and not what is bound below or is being bound', () => {
    const source =
      'product p {\n  each app in programs\n  let here = app.location\n  let next = <|>\n  let later = here\n}';
    const offered = labels(source);
    expect(offered).toEqual(expect.arrayContaining(['app', 'here', 'windows']));
    expect(offered).not.toContain('next');
    expect(offered).not.toContain('later');
  });

  it('offers in a patch the names that its product binds', () => {
    const offered = labels('patch P fixes acme.editor { installed when <|> }');
    expect(offered).toEqual(expect.arrayContaining(['version', 'location', 'app']));
  });

  it('offers the members of an element by its collection', () => {
    const offered = labels('product p { each s in services where s.<|> }');
    expect(offered).toEqual(expect.arrayContaining(['s.start', 's.state', 's.path']));
    expect(offered).not.toContain('s.publisher');
    expect(labels('product p { on windows installed when windows.<|> }')).toContain('windows.build');
  });

  it('forgets an element when its block has ended', () => {
    const source = 'product p { installed when all { any f in files "C:\\*" { f exists } <|> } }';
    expect(labels(source)).not.toContain('f');
  });

  it('offers the parameters of a check', () => {
    expect(labels('check c(dir, least) { <|> }')).toEqual(expect.arrayContaining(['dir', 'least']));
  });
});

describe('completion of properties, states and metadata', () => {
  it('offers the properties of the thing before', () => {
    expect(labels('product p { let v = file "C:\\a.exe" <|> }')).toContain('product-version');
    expect(labels('product p { let v = file "C:\\a.exe" view 32 <|> }')).toContain('sha256');
    expect(labels('product p { let v = service "A" <|> }')).toContain('start');
    expect(labels('product p { let v = service "A" <|> }')).not.toContain('sha256');
  });

  it('offers the states that can be', () => {
    expect(labels('product p { installed when service "A" is <|> }')).toContain('running');
    expect(labels('product p { installed when service "A" start is not <|> }')).toContain('disabled');
    expect(labels('product p { installed when windows.role is <|> }')).toContain('domain-controller');
  });

  it('offers the values of metadata', () => {
    expect(labels('patch P { severity <|> }')).toContain('critical');
    expect(labels('patch P { severity <|> }')).not.toContain('released');
    expect(labels('product p { arch x86, <|> }')).toContain('arm64');
  });

  it('offers collections, views and conversions', () => {
    expect(labels('product p { each a in <|> }')).toContain('programs');
    expect(labels('product p { each a in programs view <|> }')).toContain('both');
    expect(labels('product p { let a = b as <|> }')).toContain('program');
  });
});

describe('completion inside a text', () => {
  it('offers names to insert and closes the insertion', () => {
    const source = 'product p { let dir = "a" let v = file "${<|>" version }';
    expect(labels(source, '{')).toContain('dir');
    expect(taken(source, 'dir')).toBe('product p { let dir = "a" let v = file "${dir}" version }');
  });

  it('offers folders after an opening percent sign and not after a closing one', () => {
    expect(taken('product p { let v = file "%Prog<|>', 'ProgramFiles')).toBe(
      'product p { let v = file "%ProgramFiles%',
    );
    expect(labels('product p { let v = file "%windir%<|>', '%')).toEqual([]);
  });

  it('offers hives where a key begins', () => {
    expect(labels('product p { installed when key "<|>', '"')).toContain('HKLM');
    expect(labels('product p { each k in keys "HKLM\\A", "<|>', '"')).toContain('HKLM');
    expect(labels('product p { installed when file "<|>', '"')).toEqual([]);
  });
});

describe('names that a patch has from what it fixes', () => {
  const BULLETIN = (inner: string): string =>
    `bulletin B {\n  let part = file "\${<|>}\\part.dll" version\n  ${inner}\n}\nproduct next { }\n`;

  it('are offered in a bulletin above its patches, those that all of their products bind', () => {
    expect(labels(BULLETIN('patch P fixes acme.editor { note "n" }'))).toEqual([
      'app',
      'release',
      'location',
      'version',
    ]);
    expect(labels(BULLETIN('patch P fixes acme.editor\n  patch Q fixes windows'))).toEqual(['location', 'version']);
    expect(labels(BULLETIN('patch P { note "n" }'))).toEqual([]);
    expect(labels('bulletin B { installed when <|>\n  patch P fixes acme.editor }')).toContain('location');
  });

  it('are those of the patch that the place is in, and of no other of its bulletin', () => {
    const two = (inner: string): string =>
      `bulletin B {\n  patch P fixes windows { on windows-10, server-2019 note "n" }\n  patch Q fixes acme.editor { ${inner} }\n}`;
    expect(labels(two('installed when file "${<|>'))).toEqual(['app', 'release', 'location', 'version']);
    expect(
      labels('bulletin B {\n  patch P fixes acme.editor { note "n" }\n  patch Q fixes windows { installed when <|>'),
    ).not.toContain('app');
  });

  it('are of Windows its version and folder', () => {
    expect(labels('patch P fixes windows-10, server-2019 { installed when file "${<|>')).toEqual([
      'version',
      'location',
    ]);
  });
});

describe('what can be superseded', () => {
  it('is neither the patch itself, nor its bulletin, nor what the list has', () => {
    const all = CONTENT.patches.size + CONTENT.bulletins.size;
    expect(all).toBe(1);
    expect(labels('patch ACME-2 { supersedes <|>')).toContain('ACME-1');
    expect(labels('patch acme-1 { supersedes <|>')).not.toContain('ACME-1');
    expect(labels('patch ACME-2 { superseded by ACME-1, <|>')).not.toContain('ACME-1');
    expect(labels('bulletin ACME-1 { patch Q { supersedes <|>')).not.toContain('ACME-1');
  });
});

describe('what is offered first', () => {
  /** The labels in the order in which an editor shows them. */
  function shown(source: string): readonly string[] {
    const offset = source.indexOf('<|>');
    const document = TextDocument.create('file:///x.detect', 'detect', 1, source.replace('<|>', ''));
    const items = complete(document, { offset, content: CONTENT });
    return items
      .toSorted((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
      .map(({ label }) => label);
  }

  it('is what carries on what was begun, then new statements, metadata last', () => {
    expect(shown('product p { each app in programs <|> }').slice(0, 2)).toEqual(['view', 'where']);
    expect(shown('product p { let v = key "HKLM\\A" value "B" <|> }').slice(0, 5)).toEqual([
      ...['as', 'else', 'matching', 'replacing', 'when'],
    ]);
    const statements = shown('product p {\n  <|>\n}');
    expect(statements.slice(0, 6)).toEqual(['each', 'installed', 'let', 'on', 'one', 'variant']);
    expect(statements.slice(-4)).toEqual(['arch', 'family', 'homepage', 'vendor']);
  });

  it('is a product where a Windows fits as well', () => {
    expect(shown('patch P fixes <|>')[0]).toBe('acme.editor');
  });
});
