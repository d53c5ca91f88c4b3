/** Texts of markup. */

/** What markup says, in lower case and on one line: what a search looks at. */
export function plainText(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ')
    .toLowerCase();
}
