import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import { anything, damaged, Draw, SEED } from './cases.ts';
import * as one from './one-text.ts';
import { CATALOGUE, FILES, SCRIPTS, XML, XML_FILE } from './sources.ts';

/** What no text may take. An idle machine needs a few milliseconds. */
const LONGEST = 10_000;
/** What all texts together may leave behind: caches have limits. */
const MOST_MEMORY = 64 * 1024 * 1024;

let cases = 0;
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Looks at one text; a failure says how to see it again. */
function look(name: string, text: string, at: (text: string) => void): void {
  cases++;
  const began = performance.now();
  try {
    at(text);
    if (performance.now() - began > LONGEST) throw new Error(`it took ${Math.round(performance.now() - began)} ms`);
  } catch (error) {
    throw new Error(`${name} of PATCHLAB_SEED=${SEED}: ${String(error)}\n${JSON.stringify(text)}`, { cause: error });
  }
}

/** A number of cases that are drawn, each from its number alone. */
function drawn(name: string, count: number, run: (draw: Draw, label: string) => void): void {
  for (let number = 0; number < count; number++) run(new Draw(number), `${name} ${number}`);
}

describe('whatever a text is', { timeout: 300_000 }, () => {
  it('a script that is cut off anywhere', () => {
    for (const [index, text] of FILES.entries())
      for (let end = index; end < text.length; end += 29)
        look(`file ${index} to ${end}`, text.slice(0, end), (cut) => one.script(cut, 0.9));
    for (const [index, text] of SCRIPTS.entries())
      for (let end = 0; end < text.length; end += 7)
        look(`declaration ${index} to ${end}`, text.slice(0, end), (cut) => one.script(cut, 1));
  });

  it('a declaration with damage', () => {
    drawn('declaration', 8000, (draw, label) => {
      look(label, damaged(draw, SCRIPTS, 'script'), (text) => one.script(text, draw.below(1000) / 1000));
    });
  });

  it('a whole script with damage', () => {
    drawn('script', 400, (draw, label) => {
      look(label, damaged(draw, FILES, 'script'), (text) => one.script(text, draw.below(1000) / 1000));
    });
  });

  it('a script of any characters and words', () => {
    drawn('words', 3000, (draw, label) => {
      look(label, anything(draw, 'script'), (text) => one.script(text, draw.below(1000) / 1000));
    });
  });

  it('patch definitions that are cut off anywhere', () => {
    for (let end = 0; end < XML_FILE.length; end += 31) look(`XML to ${end}`, XML_FILE.slice(0, end), one.xml);
  });

  it('patch definitions with damage', () => {
    drawn('patch', 6000, (draw, label) => look(label, damaged(draw, XML, 'xml'), one.xml));
    drawn('definitions', 200, (draw, label) => look(label, damaged(draw, [XML_FILE], 'xml'), one.xml));
  });

  it('patch definitions of any characters and markup', () => {
    drawn('markup', 3000, (draw, label) => look(label, anything(draw, 'xml'), one.xml));
  });

  it('a catalogue of 2001 that is cut off or has damage', () => {
    for (let end = 0; end < CATALOGUE.length; end += 47)
      look(`catalogue to ${end}`, CATALOGUE.slice(0, end), one.catalogue);
    drawn('catalogue', 1200, (draw, label) => look(label, damaged(draw, [CATALOGUE], 'xml'), one.catalogue));
  });

  it('is looked at more than twenty thousand times, and nothing is left behind', () => {
    expect(cases).toBeGreaterThan(20_000);
    collect();
    const before = process.memoryUsage().heapUsed;
    drawn('again', 1500, (draw) => one.script(damaged(draw, SCRIPTS, 'script'), 0.5));
    drawn('again', 1500, (draw) => one.xml(damaged(draw, XML, 'xml')));
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(MOST_MEMORY);
  });

  afterAll(() => {
    console.info(`${cases} texts, PATCHLAB_SEED=${SEED}`);
  });
});
