/** What the schema says of the elements around a place. */
import type { XmlElement } from '../../patchxml/document.ts';
import { childType, TYPES, type ElementType } from '../../patchxml/schema.ts';

/** An element with its type's name; undefined where it is not known there. */
export interface Typed {
  readonly element: XmlElement;
  readonly type: string | undefined;
}

/** The types of nested elements, from the root inwards. */
export function typed(elements: readonly XmlElement[]): readonly Typed[] {
  let parent: string | undefined;
  return elements.map((element, index): Typed => {
    const type = index === 0 ? rootType(element) : parent && childType(parent, element.name);
    parent = type;
    return { element, type };
  });
}

const rootType = ({ name }: XmlElement): string | undefined => (name === 'patches' ? name : undefined);

/** A type by its name. */
export const typeNamed = (name: string | undefined): ElementType | undefined =>
  name === undefined ? undefined : TYPES[name];
