/** Slips of one letter, for trying whoever reads words that an author mistypes. */

/** A word with a letter lost, doubled, taken for another, and with two swapped. */
export function slipsOf(word: string): readonly string[] {
  const at = Math.max(1, Math.floor(word.length / 2));
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
  const slips = [before + after, before + letter + letter + after, `${before}x${after}`];
  if (after !== '') slips.push(before + after.charAt(0) + letter + after.slice(1));
  return [...new Set(slips)].filter((slip) => slip !== word && slip !== '');
}

/** One of them, another for each word. */
export function slipOf(word: string, index: number): string {
  const slips = slipsOf(word);
  return slips[index % slips.length] ?? `${word}${word.slice(-1)}`;
}
