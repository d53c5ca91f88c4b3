/** What building the tree works with, and the leaves that attributes become. */
import { didYouMean } from '../../syntax/suggest.ts';
import { lexer } from '../../syntax/tokens.ts';
import type { Leaf } from '../../syntax/tree.ts';
import type { XmlCode, XmlFinding } from '../codes.ts';
import { attributeOf, type XmlAttribute, type XmlElement } from '../document.ts';
import { valueOf } from '../entities.ts';
import type { Offsets } from '../offsets.ts';

/** One document on its way to a tree. */
export interface Building {
  readonly offsets: Offsets;
  readonly findings: XmlFinding[];
  /** What an element lacks or has too much of: said only where nothing else is wrong in it. */
  readonly contents: { readonly finding: XmlFinding; readonly element: XmlElement }[];
}

/** Reports something about an attribute's value, quotes included. */
export function reportValue(building: Building, attribute: XmlAttribute, code: XmlCode, message: string): undefined {
  building.findings.push({ code, message, start: attribute.valueStart, end: attribute.valueEnd });
  return undefined;
}

/** Reports something about an element, at its name. */
export function reportElement(building: Building, element: XmlElement, message: string): undefined {
  const { nameStart, name } = element;
  const finding: XmlFinding = { code: 'xml-content', message, start: nameStart, end: nameStart + name.length };
  building.contents.push({ finding, element });
  return undefined;
}

/** Where an element stands, in meant offsets. */
export const spanOf = ({ offsets }: Building, { start, end }: { readonly start: number; readonly end: number }) => ({
  start: offsets.toMeant(start),
  end: offsets.toMeant(end),
});

/** A leaf that is not written as such: the operator that an attribute's name stands for. */
export const leafAt = (startOffset: number, image: string, type = 'Word'): Leaf => ({
  image,
  startOffset,
  tokenType: { name: type },
});

/** An attribute's name as a leaf, with another image where a script spells it otherwise. */
export const nameLeaf = ({ offsets }: Building, { name, nameStart }: XmlAttribute, image = name): Leaf =>
  leafAt(offsets.toMeant(nameStart), image);

/** A value as a text of a script, in its quotes. */
export function quoted({ offsets }: Building, { valueStart, raw }: XmlAttribute): Leaf {
  return leafAt(offsets.toMeant(valueStart), `"${valueOf(raw).replaceAll('"', '""')}"`, 'Text');
}

/** The text in an attribute; undefined where there is none. */
export function textLeaf(building: Building, element: XmlElement, name: string): Leaf | undefined {
  const attribute = attributeOf(element, name);
  return attribute && quoted(building, attribute);
}

/** The one token that a value is as a whole; undefined where it is none or several. */
export function tokenOf(value: string): string | undefined {
  if (value === '' || value.length > 200) return undefined;
  // Most values are paths and other texts.
  if (/[\s\\"%$/]/.test(value)) return undefined;
  const { tokens, errors } = lexer.tokenize(value);
  const only = tokens[0];
  if (errors.length > 0 || only === undefined || tokens.length > 1 || only.image !== value) return undefined;
  return only.tokenType.name;
}

/** A value without the blanks around it, and where it begins in meant offsets. */
function trimmed({ offsets }: Building, { valueStart, raw }: XmlAttribute): { value: string; start: number } {
  const value = valueOf(raw);
  const before = value.length - value.trimStart().length;
  return { value: value.trim(), start: offsets.toMeant(valueStart) + 1 + before };
}

/** A plain word, which the model checks: a property, a state, a view. */
export function wordLeaf(building: Building, element: XmlElement, name: string): Leaf | undefined {
  const attribute = attributeOf(element, name);
  if (attribute === undefined) return undefined;
  const { value, start } = trimmed(building, attribute);
  return leafAt(start, value);
}

/** A name that is declared or referred to; undefined after a finding. */
export function nameValue(building: Building, element: XmlElement, name: string): Leaf | undefined {
  const attribute = attributeOf(element, name);
  if (attribute === undefined) return undefined;
  const { value, start } = trimmed(building, attribute);
  const token = tokenOf(value);
  if (token === 'Word' || token === 'Kb') {
    if (value !== valueOf(attribute.raw)) {
      reportValue(
        building,
        attribute,
        'xml-blank',
        `There are blanks around \`${value}\`. They do not count: remove them.`,
      );
    }
    return leafAt(start, value, token);
  }
  if (token?.endsWith('Keyword') === true) {
    return reportValue(
      building,
      attribute,
      'xml-value',
      `\`${value}\` is a word of the language and cannot be a name.`,
    );
  }
  const message = 'A name is letters and digits, its parts joined by `.`, `-` or `_`: `mozilla.firefox`, `KB5034441`.';
  return reportValue(building, attribute, 'xml-value', message);
}

const LITERALS = new Set(['Version', 'Int', 'Hex', 'Date', 'Size', 'Duration', 'Guid', 'Kb', 'Cve']);

/** A literal as a script has it; undefined where the value is none. */
export function literalOf(building: Building, attribute: XmlAttribute): Leaf | undefined {
  const { value, start } = trimmed(building, attribute);
  const token = tokenOf(value);
  if (token === undefined || !LITERALS.has(token)) return undefined;
  if (value !== valueOf(attribute.raw)) {
    reportValue(
      building,
      attribute,
      'xml-blank',
      `There are blanks around \`${value}\`. They do not count: remove them.`,
    );
  }
  return leafAt(start, value, token);
}

/** A literal of one of some kinds; undefined after a finding. */
export function literalValue(
  building: Building,
  element: XmlElement,
  name: string,
  wanted: { readonly kinds: readonly string[]; readonly what: string },
): Leaf | undefined {
  const attribute = attributeOf(element, name);
  if (attribute === undefined) return undefined;
  const leaf = literalOf(building, attribute);
  if (leaf !== undefined && wanted.kinds.includes(leaf.tokenType.name)) return leaf;
  return reportValue(building, attribute, 'xml-value', `Expected ${wanted.what} here.`);
}

/** `/…/flags`; undefined after a finding. */
export function regexLeaf(building: Building, element: XmlElement, name: string): Leaf | undefined {
  const attribute = attributeOf(element, name);
  if (attribute === undefined) return undefined;
  const { value, start } = trimmed(building, attribute);
  if (/^\/.+\/[a-z]*$/.test(value)) return leafAt(start, value, 'Regex');
  return reportValue(building, attribute, 'xml-value', 'A regular expression stands between slashes: `/^7-Zip/i`.');
}

/** Whether an attribute says `true`; anything but `true` and `false` is reported. */
export function isTrue(building: Building, element: XmlElement, name: string): boolean {
  const attribute = attributeOf(element, name);
  if (attribute === undefined) return false;
  const value = valueOf(attribute.raw).trim();
  if (value !== 'true' && value !== 'false') {
    reportValue(
      building,
      attribute,
      'xml-value',
      `\`${name}\` is \`true\` or \`false\`.${didYouMean(value, ['true', 'false'])}`,
    );
  }
  return value === 'true';
}
