/** Distinguished names (RFC 4514), as far as telling which lies below which. */

/** Whether a name is another or lies below it. Case and blanks around the separators do not matter; escapes do. */
export function isBelow(dn: string, base: string): boolean {
  const [parts, above] = [partsOf(dn), partsOf(base)];
  const from = parts.length - above.length;
  return from >= 0 && above.every((part, at) => part === parts[from + at]);
}

/** The parts of a name, each in one form: attribute and value in lower case, escapes resolved. */
export function partsOf(dn: string): readonly string[] {
  const parts = dn.match(/(?:\\[^]|[^\\,;])+/g) ?? [];
  return parts.map((part) => {
    const equals = part.indexOf('=');
    const attribute = part.slice(0, equals).trim().toLowerCase();
    return `${attribute}=${valueOf(part.slice(equals + 1)).toLowerCase()}`;
  });
}

/** RFC 4514 3: a character after a backslash is itself, two hexadecimal digits are a byte of UTF-8. */
function valueOf(text: string): string {
  const kept = text.replace(/^ +/, '').replace(/(?<!\\) +$/, '');
  return kept.replace(/(?:\\[0-9A-Fa-f]{2})+|\\([^])/g, (escaped: string, character: string | undefined) =>
    character === undefined ? Buffer.from(escaped.replaceAll('\\', ''), 'hex').toString('utf8') : character,
  );
}
