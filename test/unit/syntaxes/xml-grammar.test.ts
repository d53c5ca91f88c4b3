/** What patch definitions look like before the server has said anything, and what the editor does while one types. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { XML_SAMPLES } from '../samples/sample-files.ts';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { xmlFolds } from '../../../server/src/lsp/xml/folding.ts';
import { elementsOf, type XmlElement } from '../../../server/src/patchxml/document.ts';
import { scanXml } from '../../../server/src/patchxml/scan.ts';
import { tokenizeXml, xmlScopesAt } from './tokenize.ts';

const scopes = (source: string): readonly string[] => tokenizeXml(source).map(({ text, scope }) => `${scope} ${text}`);

describe('the grammar of patch definitions', () => {
  it('tells tags, attributes, texts, insertions, folders and references apart', () => {
    expect(scopes('<file path="%windir%\\${home}&lt;100%%" exists=\'true\'/>')).toEqual([
      'punctuation.definition.tag.begin <',
      'entity.name.tag file',
      'entity.other.attribute-name path',
      'punctuation.separator.key-value =',
      'string.quoted.double "',
      'variable.other.constant.folder %windir%',
      'string.quoted.double \\',
      'punctuation.section.embedded.begin ${',
      'variable.other home',
      'punctuation.section.embedded.end }',
      'constant.character.entity &lt;',
      'string.quoted.double 100',
      'constant.character.escape %%',
      'string.quoted.double "',
      'entity.other.attribute-name exists',
      'punctuation.separator.key-value =',
      "string.quoted.single '",
      'string.quoted.single true',
      "string.quoted.single '",
      'punctuation.definition.tag.end />',
    ]);
  });

  it('knows comments, suppressions, CDATA, and what is not read', () => {
    expect(scopes('<!-- why\n<a/> -->')).toEqual([
      'comment.block <!--',
      'comment.block  why',
      'comment.block <a/> ',
      'comment.block -->',
    ]);
    expect(scopes('<!-- allow long-hive: why -->')).toContain('entity.name.function.rule long-hive');
    expect(scopes('<![CDATA[ <a> ]]>')).toContain('string.unquoted.cdata  <a> ');
    expect(scopes('<!DOCTYPE a>')[0]).toBe('invalid.illegal.doctype <!DOCTYPE');
  });

  it('goes on behind a text or a tag that is not closed', () => {
    expect(scopes('<a b="c\n<d/>')).toContain('entity.name.tag d');
    expect(scopes('<a b\n<d/>')).toContain('entity.name.tag d');
  });

  it('names every element of the samples', () => {
    for (const { text } of XML_SAMPLES) {
      const tags = tokenizeXml(text).filter(({ scope }) => scope === 'entity.name.tag');
      expect(tags.filter(({ text: name }) => name === 'patch').length).toBe(text.match(/<\/?patch\b/g)?.length);
    }
  });
});

describe('the language configuration of patch definitions', () => {
  interface Rule {
    readonly beforeText: string;
    readonly afterText?: string;
    readonly action: { readonly indent: string };
  }
  const { onEnterRules } = JSON.parse(readFileSync('syntaxes/patches-xml.language-configuration.json', 'utf8')) as {
    onEnterRules: readonly Rule[];
  };
  const indentAt = (before: string, after = ''): string | undefined =>
    onEnterRules.find(
      (rule) => new RegExp(rule.beforeText).test(before) && new RegExp(rule.afterText ?? '').test(after),
    )?.action.indent;

  it('indents behind a tag that is open, and nowhere else', () => {
    expect(indentAt('  <patch id="a > b">')).toBe('indent');
    expect(indentAt('<fixes>', '</fixes>')).toBe('indentOutdent');
    for (const line of ['<file path="a/b"/>', '</patch>', '<!-- why -->', '<patch id="x"', '<a></a>'])
      expect([line, indentAt(line)]).toEqual([line, undefined]);
  });
});

describe('every piece of the XML samples', () => {
  it('is coloured as what the scanner reads there', () => {
    const wrong: string[] = [];
    let seen = 0;
    const visit = (element: XmlElement, text: string, shown: (offset: number) => readonly string[]): void => {
      const has = (offset: number, scope: RegExp): void => {
        seen++;
        if (!shown(offset).some((one) => scope.test(one))) wrong.push(`${offset}: ${text.slice(offset, offset + 20)}`);
      };
      has(element.nameStart, /^entity\.name\.tag/);
      if (element.closeNameStart !== undefined) has(element.closeNameStart, /^entity\.name\.tag/);
      for (const { nameStart, valueStart, valueEnd } of element.attributes) {
        has(nameStart, /^entity\.other\.attribute-name/);
        for (let at = valueStart; at < valueEnd; at++) has(at, /^string\.quoted/);
      }
      for (const inner of elementsOf(element)) visit(inner, text, shown);
    };
    for (const { text } of XML_SAMPLES) {
      const { root, comments } = scanXml(text);
      const shown = xmlScopesAt(text);
      if (root) visit(root, text, shown);
      for (const { start } of comments)
        if (!shown(start).some((one) => one.startsWith('comment'))) wrong.push(`comment ${start}`);
    }
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThan(100);
  });

  it('leaves nothing open where the file ends', () => {
    for (const { text } of XML_SAMPLES) {
      const last = tokenizeXml(`${text}<end/>`).at(-3);
      expect(last).toEqual({ text: '<', scope: 'punctuation.definition.tag.begin' });
    }
  });
});

describe('regions of patch definitions', () => {
  it('fold between the same marks in the server as in the language configuration', () => {
    const { folding } = JSON.parse(readFileSync('syntaxes/patches-xml.language-configuration.json', 'utf8')) as {
      folding: { markers: { start: string; end: string } };
    };
    const text =
      '<patches>\n  <!-- #region old -->\n  <patch id="A"/>\n  <!-- #endregion -->\n  <!-- region -->\n</patches>';
    const { start, end } = folding.markers;
    const marks = text
      .split('\n')
      .map((line) => (new RegExp(start).test(line) ? '(' : new RegExp(end).test(line) ? ')' : ''));
    expect(marks).toEqual(['', '(', '', ')', '', '']);
    expect(xmlFolds(TextDocument.create('file:///a.patches.xml', 'patches-xml', 1, text))).toEqual([
      { startLine: 0, endLine: 4 },
      { startLine: 1, endLine: 3, kind: 'region' },
    ]);
  });
});
