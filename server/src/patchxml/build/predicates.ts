/** Expectations: the attributes and elements of a check that say what must be so. There is exactly one. */
import { didYouMean } from '../../syntax/suggest.ts';
import type * as Tree from '../../syntax/tree.ts';
import { attributeOf, elementsOf, type XmlAttribute, type XmlElement } from '../document.ts';
import { valueOf } from '../entities.ts';
import { TEXT_TESTS } from '../schema.ts';
import * as from from './building.ts';
import type { Building } from './building.ts';
import * as readings from './readings.ts';

type Found = NonNullable<Tree.PredicateNode['test']> | undefined;

const DURATION = { kinds: ['Duration'], what: 'a duration such as `30d`' };
const isTextTest = (name: string): name is keyof typeof TEXT_TESTS => Object.hasOwn(TEXT_TESTS, name);

/** The expectation of a check; undefined after a finding where there is none. */
export function buildPredicate(building: Building, element: XmlElement): Tree.PredicateNode | undefined {
  const span = from.spanOf(building, element);
  const bounds = readings.buildBounds(building, element);
  const found: Found[] = [
    ...(bounds.length > 0 ? [tested(span, { kind: 'range', ...span, bounds })] : []),
    ...element.attributes.flatMap((one) => fromAttribute(building, element, one)),
    ...elementsOf(element).flatMap((one) => fromElement(building, one)),
  ];
  const ifPresent = from.isTrue(building, element, 'if-present');
  if (found.length !== 1) {
    const message =
      found.length === 0
        ? `\`<${element.name}>\` does not say what is expected: \`exists="true"\`, \`equals="…"\`, \`at-least="…"\` and the like.`
        : `\`<${element.name}>\` says two expectations: write one element for each.`;
    return from.reportElement(building, element, message);
  }
  return { kind: 'predicate', ...span, test: quantified(building, element, found[0]), ifPresent };
}

type Span = ReturnType<typeof from.spanOf>;

function tested(span: Span, test: Tree.TestingNode | undefined): Tree.TestedNode {
  return { kind: 'tested', ...span, quantifier: undefined, test };
}

function quantified(building: Building, element: XmlElement, test: Found): Found {
  const quantifier = from.wordLeaf(building, element, 'values');
  if (quantifier === undefined) return test;
  if (test?.kind === 'tested' && (quantifier.image === 'any' || quantifier.image === 'all'))
    return { ...test, quantifier };
  const attribute = attributeOf(element, 'values');
  const message = `\`values\` is \`any\` or \`all\`, and goes with a comparison.${didYouMean(quantifier.image, ['any', 'all'])}`;
  if (attribute !== undefined) from.reportValue(building, attribute, 'xml-value', message);
  return test;
}

/** Nothing where the attribute is no expectation; one `undefined` where it is one with an error, which is reported. */
function fromAttribute(building: Building, element: XmlElement, attribute: XmlAttribute): readonly Found[] {
  const span = from.spanOf(building, { start: attribute.nameStart, end: attribute.valueEnd });
  const { name } = attribute;
  if (isTextTest(name)) {
    const inner = from.spanOf(building, { start: attribute.valueStart, end: attribute.valueEnd });
    const source: Tree.SourceNode = { kind: 'literal', ...inner, literal: from.quoted(building, attribute) };
    return [tested(span, { kind: TEXT_TESTS[name], ...span, value: { kind: 'reading', ...inner, source, steps: [] } })];
  }
  switch (name) {
    case 'exists':
      if (from.isTrue(building, element, name)) return [{ kind: 'exists', ...span }];
      if (valueOf(attribute.raw).trim() !== 'false') return [undefined];
      return [from.reportValue(building, attribute, 'xml-value', 'Write `is="absent"` for what must not be there.')];
    case 'is':
    case 'is-not':
      return [
        {
          kind: 'state',
          ...span,
          negated: name === 'is-not',
          word: from.wordLeaf(building, element, name),
          values: [],
        },
      ];
    case 'like':
      return [tested(span, { kind: 'like', ...span, pattern: from.quoted(building, attribute) })];
    case 'matches': {
      const regex = from.regexLeaf(building, element, name);
      return [tested(span, regex && { kind: 'matches', ...span, regex })];
    }
    case 'older-than':
    case 'newer-than': {
      const duration = from.literalValue(building, element, name, DURATION);
      const than = from.nameLeaf(building, attribute, name === 'older-than' ? 'older' : 'newer');
      return [tested(span, duration && { kind: 'age', ...span, than, duration })];
    }
    case 'reaches': {
      const fixed = from.wordLeaf(building, element, name);
      const rows = fixed === undefined ? [] : [{ kind: 'row' as const, ...span, fixed, from: undefined }];
      return [tested(span, { kind: 'reaches', ...span, rows, otherwise: undefined })];
    }
    default:
      return [];
  }
}

function fromElement(building: Building, element: XmlElement): readonly Found[] {
  const span = from.spanOf(building, element);
  if (isTextTest(element.name)) {
    const value = readings.onlyReading(building, element);
    return [tested(span, { kind: TEXT_TESTS[element.name], ...span, value })];
  }
  if (element.name === 'reaches') return [tested(span, buildReaches(building, element))];
  if (element.name !== 'is-one-of' && element.name !== 'is-not-one-of') return [];
  const values = readings.readingsIn(element).map((one) => readings.buildReading(building, one));
  if (values.length === 0) from.reportElement(building, element, `\`<${element.name}>\` needs values.`);
  return [{ kind: 'state', ...span, negated: element.name === 'is-not-one-of', word: undefined, values }];
}

function buildReaches(building: Building, element: XmlElement): Tree.ReachesNode {
  const rows = elementsOf(element).flatMap((one): Tree.RowNode[] => {
    const fixed = one.name === 'row' ? from.wordLeaf(building, one, 'fixed') : undefined;
    const begins = from.wordLeaf(building, one, 'from');
    return fixed === undefined ? [] : [{ kind: 'row', ...from.spanOf(building, one), fixed, from: begins }];
  });
  const otherwise = from.wordLeaf(building, element, 'otherwise');
  const attribute = attributeOf(element, 'otherwise');
  if (attribute !== undefined && otherwise?.image !== 'true' && otherwise?.image !== 'false') {
    from.reportValue(
      building,
      attribute,
      'xml-value',
      `\`otherwise\` is \`true\` or \`false\`.${didYouMean(otherwise?.image ?? '', ['true', 'false'])}`,
    );
  }
  return { kind: 'reaches', ...from.spanOf(building, element), rows, otherwise };
}
