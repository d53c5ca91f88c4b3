/** Readings: what is read, the steps on its value, and the ranges that compare with it. */
import type {
  BoundNode,
  CollectionNode,
  Leaf,
  ReadingNode,
  ScopedNode,
  SourceNode,
  StepNode,
} from '../../syntax/tree.ts';
import { attributeOf, elementsOf, type XmlElement } from '../document.ts';
import { OPERATORS } from '../schema.ts';
import * as from from './building.ts';
import type { Building } from './building.ts';

const READINGS = new Set(['key', 'file', 'folder', 'service', 'msi', 'name', 'text', 'literal']);

/** Elements that are readings, among others. */
export const readingsIn = (element: XmlElement): readonly XmlElement[] =>
  elementsOf(element).filter((one) => READINGS.has(one.name));

/** The one reading in an element; undefined after a finding. */
export function onlyReading(building: Building, element: XmlElement): ReadingNode | undefined {
  const [only, second] = readingsIn(element);
  if (only === undefined) {
    return from.reportElement(
      building,
      element,
      `\`<${element.name}>\` needs a value, such as \`<literal value="1.2"/>\`.`,
    );
  }
  if (second !== undefined) from.reportElement(building, second, `\`<${element.name}>\` takes one value.`);
  return buildReading(building, only);
}

/** A reading. */
export function buildReading(building: Building, element: XmlElement): ReadingNode {
  const source = buildSource(building, element);
  return { kind: 'reading', ...from.spanOf(building, element), source, steps: buildSteps(building, element) };
}

/** What is read or compared; undefined where a part of it is missing, which is reported. */
export function buildSource(building: Building, element: XmlElement): SourceNode | undefined {
  const span = from.spanOf(building, element);
  const text = (name: string): Leaf | undefined => from.textLeaf(building, element, name);
  const word = (name: string): Leaf | undefined => from.wordLeaf(building, element, name);
  switch (element.name) {
    case 'key': {
      const path = text('path');
      return path && { kind: 'key', ...span, path, view: word('view'), value: text('value') };
    }
    case 'file':
    case 'folder':
    case 'service': {
      const path = text(element.name === 'service' ? 'name' : 'path');
      const what = from.leafAt(building.offsets.toMeant(element.nameStart), element.name);
      return path && { kind: 'object', ...span, word: what, path, view: word('view'), property: word('property') };
    }
    case 'msi':
      return buildMsi(building, element);
    case 'hotfix': {
      const id = from.nameValue(building, element, 'kb');
      return id && { kind: 'hotfix', ...span, id };
    }
    case 'name': {
      const name = from.nameValue(building, element, 'of');
      return name && { kind: 'name', ...span, name, value: text('value') };
    }
    case 'text': {
      const literal = text('value');
      return literal && { kind: 'literal', ...span, literal };
    }
    case 'literal': {
      const literal = buildLiteral(building, element);
      return literal && { kind: 'literal', ...span, literal };
    }
    default:
      return undefined;
  }
}

function buildLiteral(building: Building, element: XmlElement): Leaf | undefined {
  const attribute = attributeOf(element, 'value');
  if (attribute === undefined) return undefined;
  const message = 'Expected a version, number, date, size, duration, GUID, KB or CVE id. A text is a `<text>`.';
  return from.literalOf(building, attribute) ?? from.reportValue(building, attribute, 'xml-value', message);
}

function buildMsi(building: Building, element: XmlElement): SourceNode | undefined {
  const upgrade = attributeOf(element, 'upgrade-code');
  const product = attributeOf(element, 'product-code');
  const code = product ?? upgrade;
  if (code === undefined || (product !== undefined && upgrade !== undefined)) {
    return from.reportElement(building, element, '`<msi>` has either a `product-code` or an `upgrade-code`.');
  }
  const guid = from.literalOf(building, code);
  const id = guid?.tokenType.name === 'Guid' ? guid : from.quoted(building, code);
  const property = from.wordLeaf(building, element, 'property');
  const by = upgrade && from.nameLeaf(building, upgrade);
  return { kind: 'msi', ...from.spanOf(building, element), by, id, property };
}

// ---------- steps

/** The steps among the elements in a reading or check. */
export function buildSteps(building: Building, element: XmlElement): readonly StepNode[] {
  return elementsOf(element).flatMap((one) => buildStep(building, one) ?? []);
}

function buildStep(building: Building, element: XmlElement): StepNode | undefined {
  const span = from.spanOf(building, element);
  switch (element.name) {
    case 'as': {
      const what = from.wordLeaf(building, element, 'to');
      return what && { kind: 'as', ...span, what };
    }
    case 'matching': {
      const regex = from.regexLeaf(building, element, 'regex');
      return regex && { kind: 'matching', ...span, regex };
    }
    case 'replacing': {
      const text = from.textLeaf(building, element, 'text');
      const regex = from.regexLeaf(building, element, 'regex');
      const replacement = from.textLeaf(building, element, 'with');
      const what = text ?? regex;
      if ((text === undefined) === (attributeOf(element, 'regex') === undefined)) {
        return from.reportElement(building, element, '`<replacing>` has either a `text` or a `regex`.');
      }
      return what && replacement && { kind: 'replacing', ...span, what, with: replacement };
    }
    default:
      return undefined;
  }
}

// ---------- ranges

const isOperator = (name: string): name is keyof typeof OPERATORS => Object.hasOwn(OPERATORS, name);

/** The bounds of a range: attributes with literals, and elements with any reading, in this order. */
export function buildBounds(building: Building, element: XmlElement): readonly BoundNode[] {
  const attributes = element.attributes.flatMap((attribute): BoundNode[] => {
    if (!isOperator(attribute.name)) return [];
    const literal = from.literalOf(building, attribute) ?? from.quoted(building, attribute);
    const span = from.spanOf(building, { start: attribute.valueStart, end: attribute.valueEnd });
    const source: SourceNode = { kind: 'literal', ...span, literal };
    const whole = from.spanOf(building, { start: attribute.nameStart, end: attribute.valueEnd });
    const value: ReadingNode = { kind: 'reading', ...span, source, steps: [] };
    return [
      { kind: 'bound', ...whole, operator: from.nameLeaf(building, attribute, OPERATORS[attribute.name]), value },
    ];
  });
  const elements = elementsOf(element).flatMap((one): BoundNode[] => {
    if (!isOperator(one.name)) return [];
    const operator = from.leafAt(building.offsets.toMeant(one.nameStart), OPERATORS[one.name]);
    return [{ kind: 'bound', ...from.spanOf(building, one), operator, value: onlyReading(building, one) }];
  });
  const bounds = [...attributes, ...elements];
  if (bounds.length > 2) from.reportElement(building, element, 'A range has two bounds at most.');
  return bounds;
}

/** A product or Windows with its range; undefined where it has no name. */
export function buildScoped(building: Building, element: XmlElement): ScopedNode | undefined {
  const name = from.nameValue(building, element, 'ref');
  const bounds = buildBounds(building, element);
  return name && { kind: 'scoped', ...from.spanOf(building, element), name, bounds };
}

/** What an `each` or a quantifier goes over; undefined where it does not say. */
export function buildCollection(building: Building, element: XmlElement): CollectionNode | undefined {
  const what = from.wordLeaf(building, element, 'in');
  const one = from.textLeaf(building, element, 'pattern');
  const several = elementsOf(element).flatMap((child) =>
    child.name === 'pattern' ? (from.textLeaf(building, child, 'text') ?? []) : [],
  );
  const patterns = one === undefined ? several : [one, ...several];
  const view = from.wordLeaf(building, element, 'view');
  return what && { kind: 'collection', ...from.spanOf(building, element), what, patterns, view };
}
