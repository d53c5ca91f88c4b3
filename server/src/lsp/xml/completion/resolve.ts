/** Completion resolve in XML: what an element or attribute is for, from the schema. */
import { describeAttribute, describeElement } from '../describe.ts';
import { typeNamed } from '../types.ts';

/** What an item of XML carries: a type of element, and maybe one of its attributes. */
export interface XmlItemData {
  readonly xml: string;
  readonly attribute?: string;
}

/** Markdown for an item; undefined for what is no item of XML. */
export function describeXmlItem(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('xml' in data) || typeof data.xml !== 'string') return undefined;
  if ('attribute' in data) {
    return typeof data.attribute === 'string' ? describeAttribute(data.xml, data.attribute) : undefined;
  }
  const type = typeNamed(data.xml);
  return type && describeElement(type);
}
