import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scriptToXml } from '../../../server/src/convert/script.ts';
import { xmlToScript } from '../../../server/src/convert/xml.ts';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { meaning } from '../patchxml/as-xml.ts';
import { EVERYTHING } from '../patchxml/everything.ts';
import { SAMPLES, XML_SAMPLES } from '../samples/sample-files.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { format } from '../../../server/src/syntax/printer.ts';

const there = (text: string): string => scriptToXml('a.detect', text).text;
const back = (text: string): string => xmlToScript('a.patches.xml', text).text;
const linked = (file: string, text: string) => linkContent([{ file, text }]).content;
const documentation = (file: string, text: string): unknown => {
  const { products, patches, bulletins, checks } = linked(file, text);
  return [...products.values(), ...patches.values(), ...bulletins.values(), ...checks.values()].map((one) => [
    one.id,
    one.documentation,
  ]);
};

describe('converting between scripts and patch definitions', () => {
  it('says everything in both and means the same, there and back', () => {
    const xml = there(EVERYTHING);
    const script = back(xml);
    expect(parse(script).errors).toEqual([]);
    expect(meaning(linked('b.detect', script))).toEqual(meaning(linked('a.detect', EVERYTHING)));
    expect(documentation('b.detect', script)).toEqual(documentation('a.detect', EVERYTHING));
    expect(format(script)).toBe(script);
    expect(back(there(script))).toBe(script);
  });

  it('means the same for each sample, together', () => {
    const scripts = [...SAMPLES.map(({ file, text }) => ({ file: `${file}.detect`, text })), ...XML_SAMPLES];
    const twice = [
      ...SAMPLES.map(({ file, text }) => ({ file: `${file}.detect`, text: back(there(text)) })),
      ...XML_SAMPLES.map(({ file, text }) => ({ file: `${file}.detect`, text: back(text) })),
    ];
    expect(linkContent(twice).findings).toEqual([]);
    expect(meaning(linkContent(twice).content)).toEqual(meaning(linkContent(scripts).content));
  });

  it('keeps every comment, each before the statement that it is about', () => {
    const script = `# About it.
product acme "Acme" {
  # Where.
  let home = "%ProgramFiles%\\Acme"  # as installed
  installed when all {
    # Both.
    file "\${home}\\a.exe" exists
    file "\${home}\\b.exe" exists
  }
  # The end.
}

# A heading that is about nothing.

patch A-1 fixes acme { note "n" }
`;
    const xml = there(script);
    expect(xml).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="utf-8"?>
      <patches xmlns="urn:patchlab:patches:1">
        <!-- About it. -->
        <product id="acme" title="Acme">
          <!-- Where. -->
          <!-- as installed -->
          <let name="home">
            <text value="%ProgramFiles%\\Acme"/>
          </let>
          <installed-when>
            <!-- Both. -->
            <file path="\${home}\\a.exe" exists="true"/>
            <file path="\${home}\\b.exe" exists="true"/>
          </installed-when>
          <!-- The end. -->
        </product>
        <!-- A heading that is about nothing. -->

        <patch id="A-1">
          <fixes>
            <product ref="acme"/>
          </fixes>
          <note why="n"/>
        </patch>
      </patches>
      "
    `);
    expect(back(xml)).toMatchInlineSnapshot(`
      "# About it.
      product acme "Acme" {
        # Where.
        # as installed
        let home = "%ProgramFiles%\\Acme"
        installed when all {
          # Both.
          file "\${home}\\a.exe" exists
          file "\${home}\\b.exe" exists
        }
        # The end.
      }

      # A heading that is about nothing.

      patch A-1 fixes acme {
        note "n"
      }
      "
    `);
  });

  it('keeps suppressions where they count', () => {
    const script = `check a {
  # allow absolute-path: as it is there
  file "C:\\a" exists
  any {
    file "C:\\b" exists  # allow absolute-path: this, too
    on windows-10
  }
}
# About it.
# allow no-one-per: by hand
product p {
  each app in programs
  let location = file "C:\\x" company  # allow absolute-path: once more
  installed when file "\${location}\\x" exists
}
`;
    const codes = (file: string, text: string): readonly string[] =>
      lint(linkContent([{ file, text }])).map(({ code }) => code);
    expect(codes('a.detect', script)).toEqual([]);
    const xml = there(script);
    expect(codes('a.patches.xml', xml)).toEqual([]);
    expect(codes('b.detect', back(xml))).toEqual([]);
    expect(documentation('b.detect', back(xml))).toEqual(documentation('a.detect', script));
  });

  it('lists what is wrong, and converts the rest', () => {
    const { text, findings } = xmlToScript(
      'a.patches.xml',
      '<patches><check id="a"><fil/></check><check id="b"><file path="%windir%\\b" exists="true"/></check></patches>',
    );
    expect(findings.map(({ code }) => code)).toEqual(['xml-element']);
    expect(text).toContain('check b {\n  file "%windir%\\b" exists\n}\n');
    expect(scriptToXml('a.detect', 'test "t" { expect a installed }\n').findings.map(({ code }) => code)).toEqual([
      'convert-lost',
    ]);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.nat(there(EVERYTHING).length), (end) => {
        back(there(EVERYTHING).slice(0, end));
        there(EVERYTHING.slice(0, end));
      }),
      { numRuns: 100 },
    );
  });
});
