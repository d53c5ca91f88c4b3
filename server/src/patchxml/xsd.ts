/** The schema as an XML Schema (XSD 1.0), for editors and tools that know nothing of Patchlab. */
import { NAMESPACE, TYPES, type AttributeType } from './schema.ts';
import { element, renderFile, type OutElement } from './write/element.ts';

/** Metadata words, which are the model's and not the schema's. */
export interface MetadataWords {
  readonly product: readonly string[];
  readonly patch: readonly string[];
}

const PATTERNS: Partial<Readonly<Record<AttributeType['is'], string>>> = {
  name: String.raw`\s*[A-Za-z_][A-Za-z0-9_]*([.\-][A-Za-z0-9_]+)*\s*`,
  date: String.raw`\s*\d{4}-\d{2}-\d{2}\s*`,
  duration: String.raw`\s*\d+[smhdw]\s*`,
  regex: '/.+/[im]*',
  yes: 'true|false',
};

/** The text of the XSD. */
export function xsd(words: MetadataWords): string {
  const simple = Object.entries(PATTERNS).map(([name, value]) =>
    element('xs:simpleType', { name: `${name}Value` }, [
      element('xs:restriction', { base: 'xs:string' }, [element('xs:pattern', { value })]),
    ]),
  );
  const complex = Object.entries(TYPES).map(([name, type]) => {
    const children = type.children.map((child) =>
      element('xs:element', { name: TYPES[child]?.tag, type: `p:${child}Type` }),
    );
    const content =
      children.length === 0 ? [] : [element('xs:choice', { minOccurs: '0', maxOccurs: 'unbounded' }, children)];
    const metadata = type.metadata === true ? (name === 'product' ? words.product : words.patch) : [];
    const attributes = [
      ...Object.entries(type.attributes).filter(([attribute]) => attribute !== 'xmlns'),
      ...metadata.map((word) => [word, METADATA] as const),
    ].map(([attribute, { is, required, summary }]) =>
      element(
        'xs:attribute',
        {
          name: attribute,
          type: PATTERNS[is] === undefined ? 'xs:string' : `p:${is}Value`,
          use: required === true ? 'required' : undefined,
        },
        summary === '' ? [] : [documentation(summary)],
      ),
    );
    return element('xs:complexType', { name: `${name}Type` }, [documentation(type.summary), ...content, ...attributes]);
  });
  const root = element('xs:element', { name: 'patches', type: 'p:patchesType' });
  const schema = {
    'xmlns:xs': 'http://www.w3.org/2001/XMLSchema',
    'xmlns:p': NAMESPACE,
    targetNamespace: NAMESPACE,
    elementFormDefault: 'qualified',
  };
  return renderFile(element('xs:schema', schema, [root, ...simple, ...complex]));
}

const METADATA: AttributeType = { is: 'text', summary: '' };

const documentation = (text: string): OutElement =>
  element('xs:annotation', {}, [element('xs:documentation', {}, [{ text: text.replaceAll('`', '') }])]);
