/** Elements to be written, and their text. */

/** An element without text: values stand in attributes. */
export interface OutElement {
  readonly name: string;
  /** Those with an undefined value are left out. */
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly (OutElement | OutComment | OutText)[];
}
/** Text, alone in its element. */
export interface OutText {
  readonly text: string;
}
/** A comment, on lines of its own. */
export interface OutComment {
  readonly comment: string;
  /** It is not about what follows: an empty line stands between. */
  readonly apart?: true;
}

export const element = (
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  children: readonly (OutElement | OutComment | OutText)[] = [],
): OutElement => ({ name, attributes, children });

const WIDTH = 120;
const ESCAPED: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' },
};

/** Without characters that XML has not: each becomes U+FFFD. */
const allowed = (text: string): string =>
  text.replace(
    /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '\ufffd',
  );

/** An attribute's value as it is spelled between double quotes. */
export const escaped = (value: string): string =>
  allowed(value.replace(/[&<"\t\n\r]/g, (char) => ESCAPED[char] ?? char));

/** The text of an element, indented by two blanks a level; attributes go below each other where one line is too short. */
export function render(one: OutElement | OutComment | OutText, indent = ''): string {
  if ('text' in one) return escaped(one.text);
  if ('comment' in one) {
    const lines = allowed(one.comment)
      .replace(/-(?=-|$)/g, '- ')
      .split('\n');
    return `${indent}<!-- ${lines.join(`\n${indent}     `)} -->\n${one.apart ? '\n' : ''}`;
  }
  const attributes = Object.entries(one.attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${escaped(value)}"`],
  );
  const end = one.children.length === 0 ? '/>' : '>';
  const flat = `${indent}<${[one.name, ...attributes].join(' ')}${end}`;
  const fits = flat.length <= WIDTH || attributes.length < 2;
  const open = fits
    ? flat
    : `${indent}<${one.name}\n${attributes.map((text) => `${indent}    ${text}`).join('\n')}${end}`;
  if (one.children.length === 0) return `${open}\n`;
  if (one.children.every((child) => 'text' in child)) {
    return `${open}${one.children.map((child) => render(child)).join('')}</${one.name}>\n`;
  }
  return `${open}\n${one.children.map((child) => render(child, `${indent}  `)).join('')}${indent}</${one.name}>\n`;
}

/** A whole file. */
export const renderFile = (root: OutElement): string => `<?xml version="1.0" encoding="utf-8"?>\n${render(root)}`;
