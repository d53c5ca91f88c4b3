/** References in XML texts: the five predefined entities and characters by number. Nothing else is ever expanded. */

/** XML 1.0 section 4.6. */
const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };

const REFERENCE = /&(?:(#x[0-9A-Fa-f]{1,8}|#\d{1,9}|[A-Za-z_][-.\w]*);)?/g;

/** A reference in a raw text that stands for nothing. */
export interface BadReference {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** What `lt`, `#10` or `#xA` stands for; undefined where it is no character of XML. */
export function referred(name: string): string | undefined {
  if (!name.startsWith('#')) return Object.hasOwn(PREDEFINED, name) ? PREDEFINED[name] : undefined;
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  const isCharacter =
    code === 9 || code === 10 || code === 13 || (code >= 0x20 && code < 0xd800) || (code >= 0xe000 && code < 0xfffe);
  return isCharacter || (code >= 0x10000 && code <= 0x10ffff) ? String.fromCodePoint(code) : undefined;
}

/** The references in a raw text that stand for nothing. */
export function badReferences(raw: string): readonly BadReference[] {
  return [...raw.matchAll(REFERENCE)].flatMap(({ 0: image, 1: name, index: start }): BadReference[] => {
    if (name !== undefined && referred(name) !== undefined) return [];
    const message =
      name === undefined
        ? 'A `&` begins a reference such as `&lt;`. Write `&amp;` where the character is meant.'
        : `\`${image}\` is not known: there are \`&lt;\`, \`&gt;\`, \`&amp;\`, \`&quot;\`, \`&apos;\` and \`&#number;\`.`;
    return [{ start, end: start + image.length, message }];
  });
}

/** A piece of a raw text whose meaning is of another length than its spelling. */
export interface Respelled {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What is spelled otherwise in an attribute's raw value: references and line ends (XML 1.0 section 3.3.3). */
export function respelledIn(raw: string): readonly Respelled[] {
  return [...raw.matchAll(/&(#x[0-9A-Fa-f]{1,8}|#\d{1,9}|[A-Za-z_][-.\w]*);|\r\n|[\t\r\n]/g)].map(
    ({ 0: image, 1: name, index: start }) => ({
      start,
      end: start + image.length,
      text: name === undefined ? ' ' : (referred(name) ?? image),
    }),
  );
}

/** An attribute's value: references resolved, line ends and tabs as blanks. */
export function valueOf(raw: string): string {
  if (!/[&\r\n\t]/.test(raw)) return raw;
  let value = '';
  let from = 0;
  for (const { start, end, text } of respelledIn(raw)) {
    value += raw.slice(from, start) + text;
    from = end;
  }
  return value + raw.slice(from);
}
