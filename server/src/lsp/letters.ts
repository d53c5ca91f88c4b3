/** Finding by letters: `sz24` is in `SZ-2024-07`. */

/** Whether a text has all these letters in their order, both in lower case. */
export function hasInOrder(text: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}
