import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { definitionsOf } from '../../../server/src/model/symbols.ts';

const file = 'a.patches.xml';
const findings = (text: string) => lint(linkContent([{ file, text }]));
/** Findings as their code and the text that they are about. */
const found = (text: string) => findings(text).map(({ code, at }) => `${code}: ${text.slice(at.start, at.end)}`);
const check = (inner: string) => `<patches>\n<check id="a">${inner}</check>\n</patches>`;

describe('patch definitions', () => {
  it.each([
    ['<file path="%windir%\\a.exe" exist="true"/>', 'xml-attribute: exist'],
    ['<file exists="true"/>', 'xml-attribute: file'],
    ['<fil path="C:\\a"/>', 'xml-element: fil'],
    ['<file path="%windir%\\a.exe" exists="yes"/>', 'xml-value: "yes"'],
    ['<file path="%windir%\\a.exe"/>', 'xml-content: file'],
    ['<file path="%windir%\\a.exe" exists="true" is="absent"/>', 'xml-content: file'],
    ['<file path="%windir%\\a.exe" exists="true"/>text', 'xml-content: text'],
    ['<file path="%windir%\\a.exe" property="versoin" at-least="1.0"/>', 'unknown-property: versoin'],
    ['<name of="windows.buidl" at-least="1"/>', 'unknown-member: windows.buidl'],
    ['<name of="nothing" at-least="1"/>', 'unbound-name: nothing'],
    ['<key path="HKXX\\a" exists="true"/>', 'bad-path: "HKXX\\a"'],
    ['<check ref="b"/>', 'unknown-name: b'],
    ['<on><windows ref="windows-13"/></on>', 'unknown-windows: windows-13'],
    ['<text value="a" matches="/(/"/>', 'bad-regex: /(/'],
    ['<text value="a" matches="a"/>', 'xml-value: "a"'],
    ['<text value="a" contains="b" values="some"/>', 'xml-value: "some"'],
    ['<hotfix kb="KB12345678 " is="installed"/>', 'xml-blank: "KB12345678 "'],
    ['<not/>', 'xml-content: not'],
    ['<any name="f" pattern="%windir%\\*"><file path="%windir%\\a" exists="true"/></any>', 'xml-content: any'],
    ['<text value="1"><reaches otherwise="maybe"><row fixed="1.2"/></reaches></text>', 'xml-value: "maybe"'],
    ['<text value="1"><equals/></text>', 'xml-content: equals'],
    ['<msi is="installed"/>', 'xml-content: msi'],
  ])('find in %s exactly where it is', (inner, expected) => {
    expect(found(check(inner))).toContain(expected);
  });

  it('offer the nearest word for one that is not known', () => {
    const [one] = findings(check('<file path="%windir%\\a" property="version" atleast="1.0"/>'));
    expect(one?.message).toContain('Did you mean `at-least`?');
  });

  it('place what is inside a value exactly, however characters before it are spelled', () => {
    const text = check(`<text value='&lt;&#x41;"&quot;\${nothing}' equals="x"/>`);
    expect(found(text)).toEqual(['unbound-name: nothing']);
    const twice = check('<text value="&amp;&amp;" equals="x"/><text value="&gt;${other}" equals="&lt;"/>');
    expect(found(twice)).toEqual(['unbound-name: other']);
  });

  it('place a named group in a regular expression that must be spelled with references', () => {
    const text =
      '<patches><product id="p"><each name="k" in="keys" pattern="HKLM\\SOFTWARE\\&lt;*"><where><name of="k.name" matches="/&lt;(?&lt;unused>a)/"/></where></each></product></patches>';
    const { symbols } = linkContent([{ file, text }]);
    const group = symbols.definitions.find(({ name }) => name === 'unused');
    expect(group && text.slice(group.at.start, group.at.end)).toBe('unused');
    expect(found(text)).toContain('unused-capture: unused');
  });

  it('leave out a declaration with a mistake, and no other', () => {
    const patch = (id: string, more = '') =>
      `<patch id="${id}"${more}><fixes><windows ref="windows-10"/></fixes><note why="x"/></patch>`;
    const ids = (text: string) => [...linkContent([{ file, text }]).content.patches.keys()];
    expect(ids(`<patches>${patch('a')}${patch('b', ' c=1')}${patch('c')}</patches>`)).toEqual(['a', 'c']);
    expect(ids(`<patches>${patch('a')}<patch id="b"><fixes>${patch('c')}${patch('d')}</patches>`)).toEqual([
      'a',
      'c',
      'd',
    ]);
    expect(
      ids(`<patches>${patch('a')}<bulletin id="m">${patch('b')}${patch('c', ' c=1')}</bulletin></patches>`),
    ).toEqual(['a', 'b']);
    expect(ids(`<!DOCTYPE patches><patches>${patch('a')}</patches>`)).toEqual([]);
  });

  it('know the names of declarations that are left out, so that others do not complain of them', () => {
    const text = '<patches><check id="a"><fil/></check><check id="b"><check ref="a"/></check></patches>';
    expect(found(text)).toEqual(['xml-element: fil']);
  });

  it('take the comment above a declaration for its documentation', () => {
    const text =
      '<patches>\n  <!-- Why it is. -->\n  <check id="a"><file path="%windir%\\a" exists="true"/></check>\n</patches>';
    expect(linkContent([{ file, text }]).content.checks.get('a')?.documentation).toBe('Why it is.');
  });

  it('let a comment allow a rule on its line or the next', () => {
    const key = '<key path="HKLM\\SOFTWARE\\Wow6432Node\\A" exists="true"/>';
    expect(found(check(key)).map((one) => one.split(':')[0])).toEqual(['wow6432node']);
    expect(found(check(`\n<!-- allow wow6432node: the path is asked for as it is -->\n${key}`))).toEqual([]);
    expect(found(check(`\n<!-- allow wow6432node -->\n${key}`)).map((one) => one.split(':')[0])).toContain('bad-allow');
  });

  it('keep of the fixes only those that can be said in XML', () => {
    const pattern = '<any name="k" in="keys"><pattern text="HKLM\\SOFTWARE\\Wow6432Node\\*"/>';
    const wow = findings(check(`${pattern}<name of="k.x" exists="true"/></any>`));
    expect(wow.map(({ code, fix }) => [code, fix])).toEqual([['wow6432node', undefined]]);
    const text = check('<key path="HKEY_LOCAL_MACHINE\\SYSTEM\\A" exists="true"/>');
    const [long] = findings(text);
    const fix = long?.fix;
    expect(fix && found(text.slice(0, fix.at.start) + fix.text + text.slice(fix.at.end))).toEqual([]);
  });
});

describe('scripts and patch definitions together', () => {
  const script = {
    file: 'a.detect',
    text: 'product acme "Acme" { let version = file "%ProgramFiles%\\Acme\\a.exe" version }\npatch OLD fixes acme { superseded by NEW installed when version >= 1.0 }\n',
  };
  const xml = {
    file: 'b.patches.xml',
    text: '<patches><patch id="NEW"><fixes><product ref="acme"/></fixes><installed-when><name of="version" at-least="2.0"/></installed-when></patch></patches>',
  };

  it('refer to each other', () => {
    const { findings: all, content, symbols } = linkContent([script, xml]);
    expect(all).toEqual([]);
    expect(content.supersedence.map(({ newer, older }) => `${newer} ${older}`)).toEqual(['NEW OLD']);
    const text = (at: { file: string; start: number; end: number }) =>
      `${at.file} ${(at.file === xml.file ? xml : script).text.slice(at.start, at.end)}`;
    const version = symbols.references.find(({ name, at }) => name === 'version' && at.file === xml.file);
    expect(version && definitionsOf(symbols, version).map(({ at }) => text(at))).toEqual(['a.detect version']);
    const newer = symbols.references.find(({ kind }) => kind === 'patch');
    expect(newer && definitionsOf(symbols, newer).map(({ at }) => text(at))).toEqual(['b.patches.xml NEW']);
  });

  it('complain of a name that is in both', () => {
    const again = { file: 'c.patches.xml', text: '<patches><product id="ACME"/></patches>' };
    expect(linkContent([script, xml, again]).findings.map(({ code, at }) => [code, at.file])).toEqual([
      ['duplicate-name', 'c.patches.xml'],
    ]);
  });
});
