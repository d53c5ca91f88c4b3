/** What a machine calls its things, as literals of the language. Whatever stands in it, it stays one text. */

/** Line ends cannot be written in a text; other control characters and marks that turn the text around could not be seen. */
const UNWRITABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/;

/** Half a character. */
const LONE_SURROGATE = /\p{Cs}/u;

/** Longer ones make no sensible content. */
const LONGEST = 1000;

/** Whether a text can be written so that a person sees all of it. */
export const isWritable = (text: string): boolean =>
  text.length <= LONGEST && !UNWRITABLE.test(text) && !LONE_SURROGATE.test(text);

/** A text that is compared with or looked up: nothing in it is inserted or expanded. */
export const textLiteral = (text: string): string =>
  `"${text
    .replaceAll('"', '""')
    .replaceAll('${', () => '$${')
    .replaceAll('%', '%%')}"`;

/** A title or another text in which nothing is inserted. */
export const plainLiteral = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A key's path: its wildcards are characters of its names. */
export const keyLiteral = (path: string): string => textLiteral(path.replace(/[*?]/g, '$&$&'));

/** A path that begins with a folder of the machine, where one is its beginning. */
export function pathLiteral(path: string, folders: readonly KnownFolder[]): string {
  const lower = path.toLowerCase();
  const found = folders
    .filter(({ path: folder }) => lower === folder.toLowerCase() || lower.startsWith(`${folder.toLowerCase()}\\`))
    .toSorted((one, other) => other.path.length - one.path.length)[0];
  if (!found) return textLiteral(path);
  return `"%${found.name}%${textLiteral(path.slice(found.path.length)).slice(1)}`;
}

/** A folder that content calls by name: `ProgramFiles`, and where it is on the machine, without a backslash at its end. */
export interface KnownFolder {
  readonly name: string;
  readonly path: string;
}

/** A version as the language writes it, or undefined. A bare number is none: `= 24` compares numbers. */
export const versionLiteral = (text: string): string | undefined =>
  /^\d{1,9}(\.\d{1,9}){1,5}$/.test(text) ? text : undefined;

/** A regular expression's part that matches a text as it is. */
export const regexLiteral = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
