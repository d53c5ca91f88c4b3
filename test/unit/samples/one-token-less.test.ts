import { describe, expect, it } from 'vitest';
import type { Content, Declared } from '../../../server/src/model/content.ts';
import { linkFiles } from '../../../server/src/model/link.ts';
import { lowerFile } from '../../../server/src/model/lower/file.ts';
import { DAMAGED_CHECK } from '../../../server/src/model/lower/patch.ts';
import { lexer } from '../../../server/src/syntax/tokens.ts';
import { CONTENT, SAMPLES } from './sample-files.ts';

const lowered = CONTENT.map(({ file, text }) => lowerFile(file, text));
const whole = linkFiles(lowered).content;

const definitionsOf = ({ products, patches, bulletins, checks }: Content): readonly (Declared & { kind: string })[] =>
  [products, patches, bulletins, checks].flatMap((map) => [...map.values()]);

/** A definition's meaning: all but its places and, in a patch, what linking says of others. */
function meaning(definition: object): string {
  return JSON.stringify(definition, (key, value: unknown) => (key === 'at' || key === 'nameAt' ? undefined : value));
}

const isUndecided = (definition: object): boolean => meaning(definition).includes(DAMAGED_CHECK);

describe.each(SAMPLES)('with any one token of $file deleted', ({ file, text }) => {
  const index = SAMPLES.findIndex((sample) => sample.file === file);
  const { tokens } = lexer.tokenize(text);
  const definitions = definitionsOf(whole);

  it('every definition that does not contain it still links, and means what it meant or is undecided', () => {
    const lost: string[] = [];
    const changed: string[] = [];
    for (const { startOffset, image } of tokens) {
      const shorter = text.slice(0, startOffset) + text.slice(startOffset + image.length);
      const { content } = linkFiles(lowered.with(index, lowerFile(file, shorter)));
      const found = new Map(definitionsOf(content).map((definition) => [definition.id, definition]));
      for (const definition of definitions) {
        const { at, id } = definition;
        if (at.file === file && at.start <= startOffset && startOffset < at.end) continue;
        const there = found.get(id);
        const place = `${id} without \`${image}\` at ${startOffset}`;
        if (there === undefined) lost.push(place);
        else if (meaning(there) !== meaning(definition) && !isUndecided(there) && there.kind !== 'patch')
          changed.push(place);
      }
    }
    expect(lost).toEqual([]);
    expect(changed).toEqual([]);
  });

  it('no definition judges by the half that a syntax error left of it', () => {
    const judging: string[] = [];
    for (const { startOffset, image } of tokens) {
      const less = lowerFile(file, text.slice(0, startOffset) + text.slice(startOffset + image.length));
      if (less.syntax.length === 0) continue;
      const { content } = linkFiles(lowered.with(index, less));
      const found = new Map(definitionsOf(content).map((definition) => [definition.id, definition]));
      for (const definition of definitions) {
        const { at, id, kind } = definition;
        const inside = at.file === file && at.start <= startOffset && startOffset < at.end;
        const there = found.get(id);
        if (!inside || kind === 'bulletin' || there === undefined || isUndecided(there)) continue;
        if (meaning(there) !== meaning(definition)) judging.push(`${id} without \`${image}\` at ${startOffset}`);
      }
    }
    expect(judging).toEqual([]);
  });
});
