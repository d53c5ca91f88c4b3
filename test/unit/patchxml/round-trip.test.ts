import { describe, expect, it } from 'vitest';
import { linkContent } from '../../../server/src/model/link.ts';
import { lint } from '../../../server/src/lint/lint.ts';
import { SAMPLES, XML_SAMPLES } from '../samples/sample-files.ts';
import { asXml, meaning } from './as-xml.ts';
import { EVERYTHING } from './everything.ts';

const errors = (file: string, text: string) =>
  lint(linkContent([{ file, text }]))
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, at }) => `${code}: ${message} ${text.slice(at.start, at.end)}`);

describe('patch definitions', () => {
  it('say everything that scripts say about products, patches, bulletins and checks, and mean the same', () => {
    expect(errors('a.detect', EVERYTHING)).toEqual([]);
    const xml = asXml(EVERYTHING);
    expect(errors('a.patches.xml', xml)).toEqual([]);
    const fromScript = linkContent([{ file: 'a.detect', text: EVERYTHING }]).content;
    const fromXml = linkContent([{ file: 'a.patches.xml', text: xml }]).content;
    expect(fromScript.checks.size + fromScript.products.size + fromScript.patches.size).toBe(10);
    expect(meaning(fromXml)).toEqual(meaning(fromScript));
  });

  it('mean the same as each sample that they are written from', () => {
    const scripts = [...SAMPLES.map(({ file, text }) => ({ file: `${file}.detect`, text })), ...XML_SAMPLES];
    const written = SAMPLES.map(({ file, text }) => ({ file: `${file}.patches.xml`, text: asXml(text) }));
    const definitions = [...written, ...XML_SAMPLES];
    const linked = linkContent(definitions);
    expect(linked.findings.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    expect(meaning(linked.content)).toEqual(meaning(linkContent(scripts).content));
  });

  it('mean the same in both kinds of file together, whichever declaration stands in which', () => {
    const divided = SAMPLES.map(({ file, text }, index) =>
      index % 2 === 0 ? { file: `${file}.detect`, text } : { file: `${file}.patches.xml`, text: asXml(text) },
    );
    const linked = linkContent([...divided, ...XML_SAMPLES]);
    expect(linked.findings).toEqual([]);
    const scripts = [...SAMPLES.map(({ file, text }) => ({ file: `${file}.detect`, text })), ...XML_SAMPLES];
    expect(meaning(linked.content)).toEqual(meaning(linkContent(scripts).content));
  });
});
