/** Texts with places for values. */

/** Puts values for `{0}`, `{1}`; what a value holds is never looked at again. */
export function filled(text: string, ...values: string[]): string {
  return text.replace(/\{(\d)\}/g, (_, index: string) => values[Number(index)] ?? '');
}
