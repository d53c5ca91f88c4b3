/**
 * The second reader: fast-xml-parser reads the values of a text that the positioned scan found nothing wrong with. Where
 * the two do not read the same, nobody can say what the file means, and it is refused.
 */
import { XMLParser } from 'fast-xml-parser';
import type { XmlFinding } from './codes.ts';
import { elementsOf, type XmlElement } from './document.ts';
import { valueOf } from './entities.ts';
import { DEEPEST } from './scan.ts';

// Versions and KB ids stay texts, and references stay as they are written: they are resolved in one place only.
const parser = new XMLParser({
  preserveOrder: true,
  captureMetaData: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  allowBooleanAttributes: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: false,
  maxNestedTags: DEEPEST + 1,
});

/** One element as the second reader sees it. */
export interface ReadElement {
  readonly name: string;
  /** Decoded, by name. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly ReadElement[];
}

/** The root elements that fast-xml-parser reads, or why it refuses. Only for texts that the scan found well-formed. */
export function readValues(text: string): readonly ReadElement[] | { readonly why: string } {
  try {
    return elementsIn(parser.parse(text));
  } catch (error) {
    return { why: error instanceof Error ? error.message : 'it cannot be read' };
  }
}

function elementsIn(nodes: unknown): readonly ReadElement[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: unknown): ReadElement[] => {
    if (typeof node !== 'object' || node === null) return [];
    const name = Object.keys(node).find((key) => key !== ':@');
    if (name === undefined || name === '#text') return [];
    const entries: readonly [string, unknown][] = Object.entries(node);
    const children = entries.find(([key]) => key === name)?.[1];
    const attributes = entries.find(([key]) => key === ':@')?.[1] ?? {};
    const decoded = Object.entries(attributes).map(([key, value]) => [key, valueOf(String(value))] as const);
    return [{ name, attributes: Object.fromEntries(decoded), children: elementsIn(children) }];
  });
}

/** The first place where the two readers do not read the same. */
export function disagreement(text: string, root: XmlElement): XmlFinding | undefined {
  const read = readValues(text);
  if ('why' in read) return finding(root, `the second reader refuses the file: ${read.why}`);
  const [only, second] = read;
  if (only === undefined || second !== undefined) return finding(root, 'the second reader finds another root element');
  return compare(root, only);
}

function compare(scanned: XmlElement, read: ReadElement): XmlFinding | undefined {
  if (scanned.name !== read.name) return finding(scanned, `the second reader calls it \`${read.name}\``);
  const names = Object.keys(read.attributes);
  if (names.length !== scanned.attributes.length) return finding(scanned, 'the second reader counts other attributes');
  for (const { name, raw } of scanned.attributes) {
    if (read.attributes[name] !== valueOf(raw))
      return finding(scanned, `the second reader reads \`${name}\` otherwise`);
  }
  const children = elementsOf(scanned);
  if (children.length !== read.children.length)
    return finding(scanned, 'the second reader counts other elements in it');
  for (const [index, child] of children.entries()) {
    const other = read.children[index];
    const found = other && compare(child, other);
    if (found !== undefined) return found;
  }
  return undefined;
}

function finding({ nameStart, name }: XmlElement, why: string): XmlFinding {
  const message = `This can be read in two ways: ${why}. Write it more simply.`;
  return { code: 'xml-syntax', message, start: nameStart, end: nameStart + name.length };
}
