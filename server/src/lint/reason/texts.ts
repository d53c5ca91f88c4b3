/** Texts, one for each way in which they can begin, end and contain what atoms ask for. */
import { fold } from '../../evaluate/text.ts';
import type { Atom } from './atom.ts';

/** Beyond that many pieces one text stands for all, and whether it has them is left open. */
const MOST_PIECES = 6;

/** A character that no text at hand has. */
export function freshMark(texts: readonly string[]): string {
  const all = texts.join('');
  for (let code = 0x2460; ; code++) {
    const mark = String.fromCharCode(code);
    if (!all.includes(mark)) return mark;
  }
}

/**
 * Every combination of beginning, end and contents that some text has. With a mark between the pieces none is there by
 * chance; a text that begins with several of them begins with the longest.
 */
export function textsFitting(atoms: readonly Atom[]): readonly string[] {
  const pieces = (kind: 'contains' | 'starts-with' | 'ends-with'): readonly string[] => [
    ...new Set(atoms.flatMap(({ test }) => (test.kind === kind && test.text !== undefined ? [fold(test.text)] : []))),
  ];
  const contents = pieces('contains');
  const starts = ['', ...pieces('starts-with')];
  const ends = ['', ...pieces('ends-with')];
  const mark = freshMark([...contents, ...starts, ...ends, ...named(atoms)]);
  if (contents.length > MOST_PIECES || starts.length * ends.length > 2 ** MOST_PIECES) return [];
  const chosen = subsets(contents).map((some) => [mark, ...some.map((one) => `${one}${mark}`)].join(''));
  return starts.flatMap((start) => ends.flatMap((end) => chosen.map((middle) => `${start}${middle}${end}`)));
}

const named = (atoms: readonly Atom[]): readonly string[] =>
  atoms.flatMap(({ test }) => {
    const values =
      test.kind === 'range' ? test.bounds.map(({ value }) => value) : test.kind === 'one-of' ? test.values : [];
    return values.flatMap((value) => (value?.kind === 'text' ? [value.text] : []));
  });

const subsets = (all: readonly string[]): readonly (readonly string[])[] =>
  all.reduce<readonly (readonly string[])[]>((some, one) => [...some, ...some.map((set) => [...set, one])], [[]]);
