/** The names that may be used at a place in XML: bound above it in its declaration, or by the products that its patch fixes. */
import type { Declarations } from '../../../model/declarations.ts';
import type { SymbolDefinition } from '../../../model/symbols.ts';
import { attributeOf, elementsOf, type XmlElement } from '../../../patchxml/document.ts';
import { boundBy, type BoundName } from '../../completion/scope.ts';
import { isLocal, type Names } from '../../names.ts';
import type { Typed } from '../types.ts';

/** Where one asks. */
export interface Asking {
  readonly file: string;
  readonly offset: number;
  /** The elements around the place. */
  readonly around: readonly Typed[];
}

const DECLARATIONS: ReadonlySet<string> = new Set(['product', 'patch', 'bulletin', 'check']);

/** Names of the place itself first. */
export function namesInXml(names: Names, content: Declarations, asking: Asking): readonly BoundName[] {
  const declarations = asking.around.flatMap(({ element, type }) => (type && DECLARATIONS.has(type) ? [element] : []));
  const owners = new Set(declarations.map((one) => attributeOf(one, 'id')?.raw.trim().toLowerCase() ?? ''));
  const own = names
    .inFile(asking.file)
    .filter((one): one is SymbolDefinition => 'whole' in one && isLocal(one) && owners.has(one.owner ?? ''))
    .filter((one) => isVisible(one, asking));
  const found = new Map<string, BoundName>();
  for (const { name, kind, collection } of own) {
    const origin = collection ? `element of ${collection}` : kind;
    found.set(name.toLowerCase(), { name, origin, ...(collection && { element: collection }) });
  }
  for (const one of boundBy(declarations.slice(-1).flatMap(fixedBy), content)) {
    const key = one.name.toLowerCase();
    if (!found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}

/** A `let` does not see itself, and what a quantifier binds ends with it. */
function isVisible({ kind, at, whole }: SymbolDefinition, { offset, around }: Asking): boolean {
  if (at.start > offset) return false;
  const isInside = whole.start < offset && offset < whole.end;
  if (kind === 'let') return !isInside;
  if (kind !== 'each' || isInside) return true;
  // The statement `each` is seen by what follows it, a quantifier by what is in it.
  return around.some(({ element }) =>
    elementsOf(element).some((one) => (one.name === 'each' || one.name === 'first') && one.start === whole.start),
  );
}

/** The products that a patch fixes, or the patches of a bulletin. */
function fixedBy(declaration: XmlElement): readonly string[] {
  return elementsOf(declaration).flatMap((inner) => {
    if (inner.name === 'patch') return fixedBy(inner);
    return inner.name === 'fixes' ? elementsOf(inner).flatMap((one) => attributeOf(one, 'ref')?.raw.trim() ?? []) : [];
  });
}
