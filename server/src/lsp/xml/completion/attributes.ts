/** Which attributes an element can still have: those that it needs first. */
import type { XmlElement } from '../../../patchxml/document.ts';
import { OPERATORS } from '../../../patchxml/schema.ts';
import { metadataOf } from '../describe.ts';
import { typeNamed } from '../types.ts';

/** An attribute that can stand on an element. */
export interface AttributeOffer {
  readonly name: string;
  readonly needed: boolean;
  readonly isMetadata: boolean;
}

/** There is one expectation, or a range of two bounds. */
const EXPECTATIONS: ReadonlySet<string> = new Set([
  ...['exists', 'is', 'is-not', 'contains', 'starts-with', 'ends-with', 'like', 'matches', 'older-than', 'newer-than'],
  ...['reaches', ...Object.keys(OPERATORS)],
]);
/** Instead of each other. */
const EITHER: readonly (readonly string[])[] = [
  ['product-code', 'upgrade-code'],
  ['ref', 'everything-before'],
  ['before', 'everything-before'],
];

/** The attributes that the schema allows on an element and that are not there. */
export function attributesOn(element: XmlElement, typeName: string): readonly AttributeOffer[] {
  const type = typeNamed(typeName);
  if (!type) return [];
  const there = new Set(element.attributes.map(({ name }) => name));
  const own = Object.entries(type.attributes)
    .filter(([name]) => fits(name, there))
    .map(([name, { required }]) => ({ name, needed: required === true, isMetadata: false }));
  const metadata = metadataOf(typeName).map((name) => ({ name, needed: false, isMetadata: true }));
  return [...own, ...metadata].filter(({ name }) => !there.has(name));
}

function fits(name: string, there: ReadonlySet<string>): boolean {
  if (EITHER.some((pair) => pair.includes(name) && pair.some((one) => one !== name && there.has(one)))) return false;
  if (!EXPECTATIONS.has(name)) return true;
  const expected = [...there].filter((one) => EXPECTATIONS.has(one));
  const isRange = expected.every((one) => Object.hasOwn(OPERATORS, one));
  return expected.length === 0 || (isRange && Object.hasOwn(OPERATORS, name) && expected.length < 2);
}
