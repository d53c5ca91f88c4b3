/** What reading `*.patches.xml` can find, with the severity and the sentence that the catalogue shows. */

export const XML_DIAGNOSTICS = {
  'xml-syntax': { severity: 'error', summary: 'Something is not well-formed XML.' },
  'xml-unclosed': { severity: 'error', summary: 'A start tag has no end tag, or an end tag closes nothing.' },
  'xml-duplicate-attribute': { severity: 'error', summary: 'An element has the same attribute twice.' },
  'xml-two-roots': { severity: 'error', summary: 'An XML file has more than one root element, or none.' },
  'xml-dtd': { severity: 'error', summary: 'An XML file has a document type or declares entities.' },
  'xml-entity': { severity: 'error', summary: 'A reference names no predefined entity and no character.' },
  'xml-too-deep': { severity: 'error', summary: 'Elements stand too deep in each other.' },
  'xml-too-large': { severity: 'error', summary: 'An XML file is larger than can be read.' },
  'xml-element': { severity: 'error', summary: 'An element is not known where it stands.' },
  'xml-attribute': { severity: 'error', summary: 'An attribute is not known on its element, or is missing.' },
  'xml-content': { severity: 'error', summary: 'An element holds too much, too little, or text.' },
  'xml-value': { severity: 'error', summary: 'The value of an XML attribute has not the form that it needs.' },
  'xml-blank': { severity: 'warning', summary: 'A name in an XML attribute has blanks around it.' },
} as const;

/** A code that reading XML reports. */
export type XmlCode = keyof typeof XML_DIAGNOSTICS;

/** One thing to say about an XML text; offsets are those of the text, `end` is exclusive. */
export interface XmlFinding {
  readonly code: XmlCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** Beyond so many findings a file is not XML at all, and more would help nobody. */
export const MOST_FINDINGS = 100;
/** With so many findings of any kind none of a file's declarations is trusted, and no more are looked for. */
export const MOST_CONSIDERED = 1000;
