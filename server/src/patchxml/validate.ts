/** Elements and attributes against the schema: what is unknown, missing or misplaced. */
import { didYouMean } from '../syntax/suggest.ts';
import { MOST_CONSIDERED, type XmlCode, type XmlFinding } from './codes.ts';
import { attributeOf, type XmlElement } from './document.ts';
import { childType, NAMESPACE, TYPES, type ElementType } from './schema.ts';

/** Reports what is wrong with the form of a document, element by element. */
export function validate(root: XmlElement): readonly XmlFinding[] {
  const found: XmlFinding[] = [];
  if (root.name !== 'patches') {
    found.push(
      atName(
        root,
        'xml-element',
        `The root element of patch definitions is \`<patches>\`, not \`<${root.name}>\`.${didYouMean(root.name, ['patches'])}`,
      ),
    );
    return found;
  }
  checkElement(found, root, 'patches');
  return found;
}

function atName({ nameStart, name }: XmlElement, code: XmlCode, message: string): XmlFinding {
  return { code, message, start: nameStart, end: nameStart + name.length };
}

function checkElement(found: XmlFinding[], element: XmlElement, typeName: string): void {
  const type = TYPES[typeName];
  if (type === undefined || found.length >= MOST_CONSIDERED) return;
  checkAttributes(found, element, type);
  for (const child of element.children) {
    if (found.length >= MOST_CONSIDERED) return;
    if (child.kind === 'text') {
      const blank = child.raw.length - child.raw.trimStart().length;
      const message = `Text means nothing in \`<${element.name}>\`: values stand in attributes.`;
      const start = child.start + blank;
      if (child.raw.trim() !== '')
        found.push({ code: 'xml-content', message, start, end: start + child.raw.trim().length });
      continue;
    }
    const inner = childType(typeName, child.name);
    if (inner !== undefined) checkElement(found, child, inner);
    else if (!isMisplacedDeclaration(element, child)) found.push(unknownElement(type, child));
  }
}

/** A declaration inside one that has lost its end tag: the missing end tag is reported already. */
const isMisplacedDeclaration = (parent: XmlElement, child: XmlElement): boolean =>
  !parent.closed && ['product', 'bulletin', 'patch', 'check'].includes(child.name);

function unknownElement(type: ElementType, child: XmlElement): XmlFinding {
  const known = type.children.flatMap((one) => TYPES[one]?.tag ?? []);
  const place = `\`<${child.name}>\` is not known in \`<${type.tag}>\`.`;
  if (known.length === 0) return atName(child, 'xml-element', `${place} Nothing stands in it.`);
  const list = known.map((tag) => `\`${tag}\``).join(', ');
  return atName(child, 'xml-element', `${place}${didYouMean(child.name, known)} Known are ${list}.`);
}

function checkAttributes(found: XmlFinding[], element: XmlElement, type: ElementType): void {
  for (const { name, nameStart, raw, valueStart, valueEnd } of element.attributes) {
    if (name === 'xmlns' && type.tag === 'patches' && raw !== NAMESPACE) {
      const message = `Patch definitions have the namespace \`${NAMESPACE}\`, or none.`;
      found.push({ code: 'xml-value', message, start: valueStart, end: valueEnd });
    }
    if (Object.hasOwn(type.attributes, name) || type.metadata === true || /^(xml|xmlns|xsi):/.test(name)) continue;
    const known = Object.keys(type.attributes);
    const list = known.length === 0 ? 'It has none.' : `It has ${known.map((one) => `\`${one}\``).join(', ')}.`;
    const message = `\`<${element.name}>\` has no attribute \`${name}\`.${didYouMean(name, known)} ${list}`;
    found.push({ code: 'xml-attribute', message, start: nameStart, end: nameStart + name.length });
  }
  for (const [name, { required, summary }] of Object.entries(type.attributes)) {
    if (required !== true || attributeOf(element, name) !== undefined) continue;
    found.push(atName(element, 'xml-attribute', `\`<${element.name}>\` needs \`${name}="…"\`: ${lowerFirst(summary)}`));
  }
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
