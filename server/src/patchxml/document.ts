/** What the positioned scan of an XML text gives. Offsets are UTF-16 code units; `end` is exclusive. */
import type { XmlFinding } from './codes.ts';

/** An attribute. Its raw value is what stands between the quotes. */
export interface XmlAttribute {
  readonly name: string;
  readonly nameStart: number;
  /** Where the opening quote stands; of a value that is missing, where it should be. */
  readonly valueStart: number;
  /** Behind the closing quote. */
  readonly valueEnd: number;
  readonly raw: string;
}

/** Text or CDATA between tags. */
export interface XmlText {
  readonly kind: 'text';
  readonly start: number;
  readonly end: number;
  readonly raw: string;
}

export interface XmlElement {
  readonly kind: 'element';
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly nameStart: number;
  /** Behind the `>` of the start tag. */
  readonly openEnd: number;
  /** The name in the end tag; not there for `<a/>` and for what is not closed. */
  readonly closeNameStart: number | undefined;
  /** It has its end tag, or needs none. */
  readonly closed: boolean;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly (XmlElement | XmlText)[];
}

export interface XmlComment {
  readonly start: number;
  readonly end: number;
  /** Without `<!--` and `-->`. */
  readonly text: string;
}

/** A scanned text: there is always one, with whatever could be made of it. */
export interface XmlDocument {
  readonly root: XmlElement | undefined;
  readonly comments: readonly XmlComment[];
  readonly findings: readonly XmlFinding[];
}

/** The attribute of that name. */
export const attributeOf = (element: XmlElement, name: string): XmlAttribute | undefined =>
  element.attributes.find((one) => one.name === name);

/** The elements directly in an element. */
export const elementsOf = (element: XmlElement): readonly XmlElement[] =>
  element.children.filter((one): one is XmlElement => one.kind === 'element');
