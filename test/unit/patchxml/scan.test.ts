import { describe, expect, it } from 'vitest';
import { elementsOf, type XmlElement } from '../../../server/src/patchxml/document.ts';
import { DEEPEST, scanXml } from '../../../server/src/patchxml/scan.ts';
import { LARGEST, readPatchXml } from '../../../server/src/patchxml/read.ts';

const found = (text: string) =>
  scanXml(text).findings.map(({ code, start, end }) => `${code}: ${text.slice(start, end)}`);

describe('the positioned scan', { timeout: 180_000 }, () => {
  it('knows where every tag, attribute, value, text and comment stands', () => {
    const text = '<?xml version="1.0"?>\r\n<!-- why --><a b="1" c = \'x "y" &lt;\'>one<d/>two<![CDATA[<e>]]></a >\n';
    const { root, comments, findings } = scanXml(text);
    expect(findings).toEqual([]);
    expect(comments.map(({ start, end }) => text.slice(start, end))).toEqual(['<!-- why -->']);
    const shown = (element: XmlElement): unknown => ({
      whole: text.slice(element.start, element.end),
      open: text.slice(element.start, element.openEnd),
      name: text.slice(element.nameStart, element.nameStart + element.name.length),
      close:
        element.closeNameStart === undefined ? '' : text.slice(element.closeNameStart).slice(0, element.name.length),
      attributes: element.attributes.map(({ name, nameStart, valueStart, valueEnd, raw }) => [
        text.slice(nameStart, nameStart + name.length),
        text.slice(valueStart, valueEnd),
        raw,
      ]),
      texts: element.children.flatMap((one) => (one.kind === 'text' ? [text.slice(one.start, one.end)] : [])),
    });
    expect(root && shown(root)).toEqual({
      whole: text.slice(text.indexOf('<a'), text.indexOf('</a >') + 5),
      open: '<a b="1" c = \'x "y" &lt;\'>',
      name: 'a',
      close: 'a',
      attributes: [
        ['b', '"1"', '1'],
        ['c', '\'x "y" &lt;\'', 'x "y" &lt;'],
      ],
      texts: ['one', 'two', '<![CDATA[<e>]]>'],
    });
  });

  it.each([
    ['<a x="1" x="2"/>', 'xml-duplicate-attribute: x'],
    ['<a/><b/>', 'xml-two-roots: <b'],
    ['', 'xml-two-roots: '],
    ['<a><b></a>', 'xml-unclosed: <b'],
    ['<a><b>', 'xml-unclosed: <a', 'xml-unclosed: <b'],
    ['<a></b></a>', 'xml-unclosed: </b'],
    ['<a>&nbsp;</a>', 'xml-entity: &nbsp;'],
    ['<a b="&#0;"/>', 'xml-entity: &#0;'],
    ['<a b="R&D"/>', 'xml-entity: &'],
    ['<a b=c/>', 'xml-syntax: b=c'],
    ['<a b/>', 'xml-syntax: b'],
    ['<a b="1"c="2"/>', 'xml-syntax: c'],
    ['<a b="1>\n</a>', 'xml-syntax: "1'],
    ['<a ?/>', 'xml-syntax: ?'],
    ['<a>1 < 2</a>', 'xml-syntax: <'],
    ['<a><!-- x -- y --></a>', 'xml-syntax: --'],
    ['<a/><!-- x', 'xml-syntax: <!--'],
    ['<a><![CDATA[x</a>', 'xml-unclosed: <a', 'xml-syntax: <![CDATA['],
    ['<a/>text', 'xml-syntax: text'],
    [' <?xml version="1.0"?><a/>', 'xml-syntax: <?xml version="1.0"?>'],
    ['<?xml version="1.0" encoding="utf-16"?><a/>', 'xml-syntax: <?xml version="1.0" encoding="utf-16"?>'],
    ['<a>\u0001</a>', 'xml-syntax: \u0001'],
    ['<a', 'xml-unclosed: <a', 'xml-syntax: <a'],
  ])('finds in %j one thing for each mistake', (text, ...expected) => {
    expect(found(text).toSorted()).toEqual(expected.toSorted());
  });

  it('refuses document types and expands nothing that one declares', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`);
    const bomb = `<!DOCTYPE a [<!ENTITY a0 "ha">${lines.join('')}]>\n<a b="&a20;"/>`;
    expect(found(bomb)).toEqual(['xml-dtd: <!DOCTYPE', 'xml-entity: &a20;']);
    expect(found('<!DOCTYPE a SYSTEM "file:///c:/windows/win.ini"><a/>')).toEqual(['xml-dtd: <!DOCTYPE']);
  });

  it('says once that elements stand too deep, and reads on behind them', () => {
    const text = `<a>${'<b>'.repeat(1000)}${'</b>'.repeat(1000)}<c/></a>`;
    const { root, findings } = scanXml(text);
    expect(findings.map(({ code }) => code)).toEqual(['xml-too-deep']);
    expect(root && elementsOf(root).map(({ name }) => name)).toEqual(['b', 'c']);
    expect(found(`${'<b>'.repeat(DEEPEST)}${'</b>'.repeat(DEEPEST)}`)).toEqual([]);
  });

  it('goes on behind a mistake with what follows it', () => {
    const { root } = scanXml('<a><b c="1><d e="2"/></b><f/></a>');
    expect(root && elementsOf(root).map(({ name }) => name)).toContain('f');
  });

  it('ends in time on a large text that is nothing but mistakes', () => {
    const wrong = [
      '<',
      '<a',
      '<a>',
      '</a>',
      '<a b="',
      "<a b='\n",
      '&',
      '<!--',
      '<![CDATA[',
      '<!DOCTYPE [',
      '<a b',
      '"',
      '<a/',
      '<?',
      ']]>',
      '<a ="',
      '<a><b></a>',
    ];
    for (const piece of wrong) {
      const text = piece.repeat(LARGEST / 4 / piece.length);
      const { findings } = readPatchXml(text);
      expect(findings.length).toBeGreaterThan(0);
      expect(findings.length).toBeLessThan(1000);
      readPatchXml(`<patches>${text.slice(20)}`);
      readPatchXml(`<patches><patch id="a">${text.slice(50)}</patch></patches>`);
    }
  });

  it('does not look into a text that is larger than the limit', () => {
    const { findings, file } = readPatchXml(`<patches>${' '.repeat(LARGEST)}</patches>`);
    expect(findings.map(({ code }) => code)).toEqual(['xml-too-large']);
    expect(file.declarations).toEqual([]);
  });
});
