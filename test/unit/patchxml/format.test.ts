import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { formatXml, formatXmlEdits } from '../../../server/src/patchxml/format/format.ts';
import { scanXml } from '../../../server/src/patchxml/scan.ts';
import type { XmlElement } from '../../../server/src/patchxml/document.ts';
import { asXml, meaning } from './as-xml.ts';
import { EVERYTHING } from './everything.ts';
import { mutations, random } from './mutations.ts';

/** The formatted text; a text that is refused fails the test. */
function formatted(text: string): string {
  const found = formatXml(text);
  if (typeof found !== 'string') throw new Error(found.map(({ message }) => message).join('\n'));
  return found;
}

/** All that a text says: what it means, its documentation, what is found in it, and each value, comment and text of it. */
function said(text: string): unknown {
  const linked = linkContent([{ file: 'a.patches.xml', text }]);
  const { root, comments } = scanXml(text);
  const values: string[] = [];
  const walk = ({ name, attributes, children }: XmlElement): void => {
    values.push(name, ...attributes.map((one) => text.slice(one.nameStart, one.valueEnd).replace(/\s*=\s*/, '=')));
    for (const child of children) {
      if (child.kind === 'element') walk(child);
      else if (child.raw.trim() !== '') values.push(child.raw);
    }
  };
  if (root) walk(root);
  const declared = [...linked.content.products.values(), ...linked.content.patches.values()];
  const documentation = declared.map((one) => one.documentation?.replaceAll(/\s+/g, ' '));
  // Messages show the text, with its blanks.
  const findings = lint(linked).map(
    ({ code, severity, message }) => `${severity} ${code} ${message.replaceAll(/`[^`]*`/g, '')}`,
  );
  return {
    meaning: meaning(linked.content),
    documentation,
    findings: findings.sort(),
    values,
    comments: comments.map((one) => one.text),
  };
}

describe('the formatter of patch definitions', () => {
  it('puts an element on each line, attributes below each other where one line is too short, and keeps the rest', () => {
    const ugly = `<?xml version="1.0"?>


<!-- top -->
<patches   xmlns = "urn:patchlab:patches:1" ><patch id="A"
 title='x "y"'  >


<fixes> <product   ref="acme" below="1.0" /> </fixes >  <!-- for whom -->


  <!-- About
     it. -->
<installed-when><file path="%ProgramFiles%\\Acme\\a long folder\\another long folder\\a.dll" property="version" at-least="1.0"/></installed-when></patch>
<check id="z">
</check></patches>`;
    expect(formatted(ugly)).toMatchInlineSnapshot(`
      "<?xml version="1.0"?>
      <!-- top -->
      <patches xmlns="urn:patchlab:patches:1">
        <patch id="A" title='x "y"'>
          <fixes><product ref="acme" below="1.0"/></fixes> <!-- for whom -->

          <!-- About
           it. -->
          <installed-when>
            <file path="%ProgramFiles%\\Acme\\a long folder\\another long folder\\a.dll" property="version" at-least="1.0"/>
          </installed-when>
        </patch>
        <check id="z"></check>
      </patches>
      "
    `);
  });

  it('leaves an element on its line where it fits', () => {
    const text = '<patches>\n  <check id="a"><not><file path="%windir%\\a" exists="true"/></not></check>\n</patches>\n';
    expect(formatted(text)).toBe(text);
  });

  it('keeps text, CDATA and what wants its blanks byte for byte', () => {
    const kept = [
      '<check id="a">  two  <b   c="1"/>\n words </check>',
      '<check id="a"> <![CDATA[ <b   c="1"/> ]]>   <c/></check>',
      '<check id="a" xml:space="preserve">  <b   c="1"/> </check>',
    ];
    for (const one of kept)
      expect(formatted(`<patches>\n${one}\n</patches>`)).toBe(`<patches>\n  ${one}\n</patches>\n`);
    const comment = '<!--  a\n   \tb -->';
    expect(formatted(`<patches>\n${comment}\n</patches>`)).toContain(comment);
  });

  it('breaks no line that a suppression counts for, and joins none with it', () => {
    const long = 'x'.repeat(60);
    const key = `<key path="HKLM\\SOFTWARE\\Wow6432Node\\${long}" value="${long}" equals="1"/>`;
    for (const body of [
      `${key} <!-- allow wow6432node: as it is -->`,
      `<!-- allow wow6432node: as it is -->\n${key}`,
      `<key value="A" equals="1"\n  path="HKLM\\SOFTWARE\\Wow6432Node\\A"/> <!-- allow wow6432node: as it is -->`,
    ]) {
      const text = `<patches>\n<check id="a">\n${body}\n</check>\n</patches>`;
      expect(said(text)).toMatchObject({ findings: [] });
      expect(said(formatted(text))).toEqual(said(text));
    }
  });

  it('keeps the line end that most lines have, and a byte order mark', () => {
    expect(formatted('\ufeff<patches>\r\n\r\n<check id="a"/>\n</patches>\r\n')).toBe(
      '\ufeff<patches>\r\n  <check id="a"/>\r\n</patches>\r\n',
    );
  });

  it.each([
    ['what is not well-formed', '<patches><check id="a"></patches>', 'xml-unclosed'],
    ['a document type', '<!DOCTYPE a><patches/>', 'xml-dtd'],
    ['two roots', '<patches/><patches/>', 'xml-two-roots'],
    ['an empty file', '', 'xml-two-roots'],
    ['a file that is too large', `<patches>${' '.repeat(2 ** 20)}</patches>`, 'xml-too-large'],
  ])('refuses %s', (_, text, code) => {
    expect(formatXmlEdits(text)).toMatchObject({ ok: false, findings: [{ code }] });
    expect(formatXml(text)).not.toBeTypeOf('string');
  });

  it('changes nothing in what the writer writes', () => {
    const xml = asXml(EVERYTHING);
    expect(formatted(xml)).toBe(xml);
  });

  it('changes nothing in the documentation and the samples', () => {
    const root = join(import.meta.dirname, '../../..');
    const page = readFileSync(join(root, 'docs/xml.md'), 'utf8');
    const shown = [...page.matchAll(/```xml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
    const whole = shown.filter((text) => scanXml(text).findings.length === 0);
    const samples = readdirSync(join(root, 'samples')).filter((name) => name.endsWith('.patches.xml'));
    expect(whole.length).toBeGreaterThan(5);
    for (const text of [...whole, ...samples.map((name) => readFileSync(join(root, 'samples', name), 'utf8'))])
      expect(formatted(text)).toBe(text);
  });
});

/** Places where blanks may stand, each with blanks or a comment put in. */
function mangled(text: string, next: () => number): string {
  const blanks = ['', ' ', '\n', '\r\n', '\n\n\n', '\t', '  \n '];
  const comments = [
    '<!-- c -->',
    '\n<!-- On its\n own. -->\n',
    '<!-- allow absolute-path: why -->',
    '\n<!-- allow wow6432node: why -->\n',
  ];
  const any = (): string => blanks[Math.floor(next() * blanks.length)] ?? '';
  const between = (): string =>
    next() < 0.15 ? any() + (comments[Math.floor(next() * comments.length)] ?? '') + any() : any();
  return text
    .replace(/<\?xml[^>]*>\s*/, '')
    .replaceAll(/>\s*</g, () => `>${between()}<`)
    .replaceAll(/ (?=[\w-]+=")/g, () => any() || ' ')
    .replaceAll(/="/g, () => (next() < 0.1 ? `${any()}=${any()}"` : '="'));
}

const SOURCES = [
  asXml(EVERYTHING),
  '<patches><check id="a" title="T"><key path="HKLM\\SOFTWARE\\Wow6432Node\\A" exists="true"/><file path="C:\\a" exists="true"/></check><check id="b"><check ref="a"/></check></patches>',
];

describe('formatting any patch definitions', { timeout: 120_000 }, () => {
  it('says the same before and after, and changes nothing a second time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SOURCES.keys()), fc.integer(), (source, seed) => {
        const text = mangled(SOURCES[source] ?? '', random(seed));
        const once = formatted(text);
        expect(said(once)).toEqual(said(text));
        expect(formatted(once)).toBe(once);
      }),
      { numRuns: 60 },
    );
  });

  it('harms no text that has a mistake in it', () => {
    let refused = 0;
    for (const text of mutations(asXml(EVERYTHING), 120, 7)) {
      const once = formatXml(text);
      if (typeof once !== 'string') {
        expect(once.length).toBeGreaterThan(0);
        refused++;
        continue;
      }
      expect(said(once)).toEqual(said(text));
      expect(formatXml(once)).toBe(once);
    }
    expect(refused).toBeGreaterThan(20);
    expect(refused).toBeLessThan(100);
  });
});
