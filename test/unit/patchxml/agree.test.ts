import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disagreement, readValues } from '../../../server/src/patchxml/agree.ts';
import { elementsOf, type XmlElement } from '../../../server/src/patchxml/document.ts';
import { valueOf } from '../../../server/src/patchxml/entities.ts';
import { scanXml } from '../../../server/src/patchxml/scan.ts';
import { escaped } from '../../../server/src/patchxml/write/element.ts';
import { asXml } from './as-xml.ts';
import { EVERYTHING } from './everything.ts';
import { mutations } from './mutations.ts';

interface Shape {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: readonly Shape[];
}

const name = fc.constantFrom('a', 'patch', 'x-y', 'n:s', 'é', '_1');
const value = fc.string({
  unit: fc.constantFrom('a', ' ', '<', '&', '"', "'", '\n', '\r\n', '\t', '>', 'é', '😀', '\\', '${x}', ']]>'),
});
const attributes = fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: 4 });
const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.record({
    name,
    attributes,
    children: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie('shape'), { maxLength: 3 })),
  }),
}));

/** Written in one of the ways that XML allows. */
function write({ name: tag, attributes: pairs, children }: Shape, style: number): string {
  const blank = [' ', '\n  ', '\r\n\t'][style % 3] ?? ' ';
  const quote = style % 2 === 0 ? '"' : "'";
  const spelled = (text: string) =>
    style % 2 === 0 ? escaped(text) : escaped(text).replaceAll('&quot;', '"').replaceAll("'", '&#39;');
  const written = pairs.map(
    ([key, text]) => `${blank}${key}${style % 5 === 0 ? ' = ' : '='}${quote}${spelled(text)}${quote}`,
  );
  const inner = children
    .map((child) => `${style % 3 === 1 ? '\n<!-- x > -->' : ''}${write(child, style + 1)}`)
    .join(style % 4 === 0 ? 't &amp; t' : '');
  if (inner === '' && style % 2 === 0) return `<${tag}${written.join('')}/>`;
  return `<${tag}${written.join('')}>${inner}</${tag}${style % 7 === 0 ? ' ' : ''}>`;
}

const read = (element: XmlElement): Shape => ({
  name: element.name,
  attributes: element.attributes.map(({ name: key, raw }) => [key, valueOf(raw)] as const),
  children: elementsOf(element).map(read),
});

describe('the two readers', { timeout: 180_000 }, () => {
  it('both read from any document what was written into it', () => {
    fc.assert(
      fc.property(shape, fc.nat(1000), (written, style) => {
        const text = `<?xml version="1.0" encoding="utf-8"?>\n${write(written, style)}\n`;
        const { root, findings } = scanXml(text);
        expect(findings).toEqual([]);
        expect(root && read(root)).toEqual(written);
        expect(root && disagreement(text, root)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  it('agree on every mutation of a file that the scan finds nothing wrong with', () => {
    const text = asXml(EVERYTHING);
    let clean = 0;
    for (const mutated of mutations(text, 3000)) {
      const { root, findings } = scanXml(mutated);
      if (root === undefined || findings.length > 0) continue;
      clean++;
      expect(disagreement(mutated, root), mutated).toBeUndefined();
    }
    expect(clean).toBeGreaterThan(200);
  });

  it('are told apart where fast-xml-parser refuses or renames what a name could do harm with', () => {
    for (const text of ['<a __proto__="1"/>', '<constructor/>', '<a hasOwnProperty="1"/>', '<toString/>']) {
      const { root } = scanXml(text);
      expect(root && disagreement(text, root)?.code).toBe('xml-syntax');
    }
    expect(readValues('<a b="&#49;.0"/>')).toEqual([{ name: 'a', attributes: { b: '1.0' }, children: [] }]);
  });
});
