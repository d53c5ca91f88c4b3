/** Many small mistakes in a text, the same in each run. */

/** A generator of numbers from 0 to 1 (mulberry32), so that a failure can be repeated. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const PIECES = [
  '<',
  '>',
  '/',
  '"',
  "'",
  '&',
  '=',
  ' ',
  '\n',
  '\r\n',
  '<a>',
  '</a>',
  '</patch>',
  '<patch id="x">',
  '<!--',
  '-->',
];
const MORE = [
  '<![CDATA[',
  ']]>',
  '<?x?>',
  '<!DOCTYPE a>',
  '&lt;',
  '&x;',
  '&#65;',
  'id="y" ',
  '{',
  '${',
  '\\',
  '\u0000',
  '\ud800',
  '1.2',
];

/** Mutations of a text: something inserted, removed, doubled, replaced or cut off, once to three times. */
export function* mutations(text: string, count: number, seed = 1): Generator<string> {
  const next = random(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  const pieces = [...PIECES, ...MORE];
  for (let i = 0; i < count; i++) {
    let mutated = text;
    for (let times = 1 + below(3); times > 0; times--) {
      const at = below(mutated.length);
      const length = 1 + below(next() < 0.8 ? 4 : 200);
      const [before, cut, after] = [mutated.slice(0, at), mutated.slice(at, at + length), mutated.slice(at + length)];
      const piece = pieces[below(pieces.length)] ?? '';
      const kind = below(6);
      if (kind === 0) mutated = before + piece + cut + after;
      else if (kind === 1) mutated = before + after;
      else if (kind === 2) mutated = before + cut + cut + after;
      else if (kind === 3) mutated = before + piece + after;
      else if (kind === 4) mutated = before + mutated.slice(below(mutated.length)).slice(0, length) + cut + after;
      else mutated = next() < 0.1 ? before : before + cut.toUpperCase() + after;
    }
    yield mutated;
  }
}
