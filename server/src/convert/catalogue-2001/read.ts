/** Reads a catalogue: its entries by kind and id, and everything that is wrong with them. */
import { attributeOf, elementsOf, type XmlAttribute, type XmlElement } from '../../patchxml/document.ts';
import { valueOf } from '../../patchxml/entities.ts';
import { scanXml } from '../../patchxml/scan.ts';
import { XML_DIAGNOSTICS } from '../../patchxml/codes.ts';
import type { Finding } from '../../model/source.ts';
import { CATALOGUE_DIAGNOSTICS, type CatalogueCode } from './codes.ts';
import { KINDS, PARENTS, USES, type KindName } from './format.ts';

/** The root element of the format. */
const ROOT = 'BulletinDatastore';

/** A patch and the bulletin that it stands in. */
export interface CataloguePatch {
  readonly element: XmlElement;
  readonly bulletin: XmlElement;
  readonly name: string;
}

/** A catalogue with its entries. Of two with one id the first counts. */
export interface Catalogue {
  readonly file: string;
  readonly entries: Readonly<Record<KindName, ReadonlyMap<string, XmlElement>>>;
  readonly patches: readonly CataloguePatch[];
  /** The `RegKey` or `File` that a change stands in. */
  readonly ownerOf: ReadonlyMap<XmlElement, XmlElement>;
  readonly findings: Finding[];
}

/** Whether a text is such a catalogue, by its root element, which stands near its beginning. */
export const isCatalogue = (text: string): boolean => scanXml(text.slice(0, 65_536)).root?.name === ROOT;

/** An attribute's value without the blanks around it; empty where there is none. */
export function valueIn(element: XmlElement | undefined, name: string): string {
  const attribute = element && attributeOf(element, name);
  return attribute === undefined ? '' : valueOf(attribute.raw).trim();
}

/** Reports something at an attribute's value, or at the element's name. */
export function reportAt(
  { file, findings }: Pick<Catalogue, 'file' | 'findings'>,
  code: CatalogueCode,
  at: { readonly element: XmlElement; readonly attribute?: string | undefined },
  what: { readonly message: string; readonly first?: XmlElement },
): void {
  const attribute = at.attribute === undefined ? undefined : attributeOf(at.element, at.attribute);
  const { first, message } = what;
  const related = first && [{ at: { file, ...placeOf(first) }, message: 'the first is here' }];
  const place = { file, ...placeOf(at.element, attribute) };
  const { severity } = CATALOGUE_DIAGNOSTICS[code];
  findings.push({ code, severity, message, at: place, ...(related && { related }) });
}

function placeOf({ nameStart, name }: XmlElement, attribute?: XmlAttribute) {
  if (attribute !== undefined) return { start: attribute.valueStart, end: attribute.valueEnd };
  return { start: nameStart, end: nameStart + name.length };
}

/** Reads a catalogue. Never throws, whatever the text. */
export function readCatalogue(file: string, text: string): Catalogue {
  const { root, findings } = scanXml(text);
  const maps = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, new Map<string, XmlElement>()]));
  const catalogue = {
    ...{ file, entries: maps as Record<KindName, Map<string, XmlElement>> },
    ...{ patches: [] as CataloguePatch[], ownerOf: new Map<XmlElement, XmlElement>() },
    findings: findings.map(({ code, message, start, end }): Finding => {
      return { code, severity: XML_DIAGNOSTICS[code].severity, message, at: { file, start, end } };
    }),
  };
  if (root?.name !== ROOT) return catalogue;
  for (const [element, parents] of walk(root)) collect(catalogue, element, parents);
  checkUses(catalogue, root);
  return catalogue;
}

type Draft = ReturnType<typeof readCatalogue> & {
  readonly entries: Record<KindName, Map<string, XmlElement>>;
  readonly patches: CataloguePatch[];
  readonly ownerOf: Map<XmlElement, XmlElement>;
};

/** Every element with those around it, the innermost first. */
function* walk(
  element: XmlElement,
  parents: readonly XmlElement[] = [],
): Generator<readonly [XmlElement, readonly XmlElement[]]> {
  yield [element, parents];
  const inner = [element, ...parents];
  for (const child of elementsOf(element)) yield* walk(child, inner);
}

function collect(catalogue: Draft, element: XmlElement, parents: readonly XmlElement[]): void {
  const [parent, owner] = parents;
  checkBlanks(catalogue, element);
  const wanted = Object.hasOwn(PARENTS, element.name) ? PARENTS[element.name] : undefined;
  if (wanted !== undefined && !wanted.includes(parent?.name ?? '')) {
    const message = `\`${element.name}\` stands in \`${wanted.join('` or `')}\`, not in \`${parent?.name ?? ''}\`.`;
    reportAt(catalogue, 'catalogue-misplaced', { element }, { message });
  }
  if (element.name === 'FileChange' && valueIn(element, 'CommandID') === '') {
    const message = 'This change does not say whether the file is changed, added or deleted.';
    reportAt(catalogue, 'catalogue-value', { element, attribute: 'CommandID' }, { message });
  }
  if (element.name === 'Patch' && owner !== undefined) {
    catalogue.patches.push({ element, bulletin: owner, name: valueIn(element, 'PatchName') });
  }
  for (const [kind, { parent: where, tag, id }] of Object.entries(KINDS) as [KindName, (typeof KINDS)[KindName]][]) {
    if (element.name !== tag || parent?.name !== where) continue;
    // The families of the catalogue, not those of a product.
    if (kind === 'family' && owner?.name === 'Product') continue;
    if (owner !== undefined) catalogue.ownerOf.set(element, owner);
    enter(catalogue, catalogue.entries[kind], { element, tag, id });
  }
}

function enter(
  catalogue: Draft,
  map: Map<string, XmlElement>,
  { element, tag, id }: { readonly element: XmlElement; readonly tag: string; readonly id: string },
): void {
  const value = valueIn(element, id);
  const first = map.get(value);
  if (value === '') {
    reportAt(
      catalogue,
      'catalogue-value',
      { element, attribute: id },
      { message: `This \`${tag}\` has no \`${id}\`.` },
    );
  } else if (first !== undefined) {
    const message = `There is a \`${tag}\` with \`${id}\` ${value} already: this one is not found by its id.`;
    reportAt(catalogue, 'catalogue-duplicate', { element, attribute: id }, { message, first });
  } else map.set(value, element);
}

const NAMES = /ID$|^(Name|PatchName|QNumber|SQNumber|Path|FixedInSP)$/;

function checkBlanks(catalogue: Draft, element: XmlElement): void {
  for (const { name, raw } of element.attributes) {
    const value = valueOf(raw);
    if (!NAMES.test(name) || value === value.trim()) continue;
    const message = `There are blanks around \`${value.trim()}\`: programs that compare exactly will not find it.`;
    reportAt(catalogue, 'catalogue-blank', { element, attribute: name }, { message });
  }
}

function checkUses(catalogue: Draft, root: XmlElement): void {
  const used = new Set<XmlElement>();
  for (const [element, parents] of walk(root)) {
    for (const { tag, parent, attribute, kind, optional } of USES) {
      if (element.name !== tag || attributeOf(element, attribute) === undefined) continue;
      if (parent !== undefined && !parents.some((one) => one.name === parent)) continue;
      const value = valueIn(element, attribute);
      const found = catalogue.entries[kind].get(value);
      if (found !== undefined) used.add(found);
      if (kind === 'regKey' && found !== undefined && found !== catalogue.ownerOf.get(element)) {
        const message = `This change names \`RegKey\` ${value} and stands in another: where it stands counts.`;
        reportAt(catalogue, 'catalogue-value', { element, attribute }, { message, first: found });
      }
      if (found !== undefined) continue;
      if (!optional || (value !== '' && value !== '0')) {
        const message = `There is no \`${KINDS[kind].tag}\` with \`${KINDS[kind].id}\` ${value === '' ? '(nothing)' : value}.`;
        reportAt(catalogue, 'catalogue-dangling', { element, attribute }, { message });
      }
    }
  }
  for (const kind of Object.keys(KINDS) as KindName[]) {
    const { tag, id, orphans } = KINDS[kind];
    if (!orphans) continue;
    for (const [value, element] of catalogue.entries[kind]) {
      if (used.has(element)) continue;
      const message = `Nothing uses this \`${tag}\` (${id} ${value}).`;
      reportAt(catalogue, 'catalogue-orphan', { element, attribute: id }, { message });
    }
  }
}
