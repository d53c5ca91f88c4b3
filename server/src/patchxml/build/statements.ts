/** Statements of products, patches and bulletins. */
import type * as Tree from '../../syntax/tree.ts';
import { attributeOf, elementsOf, type XmlAttribute, type XmlElement } from '../document.ts';
import { valueOf } from '../entities.ts';
import * as from from './building.ts';
import type { Building } from './building.ts';
import { allIn, buildOn, clauseIn, conditionsIn } from './conditions.ts';
import * as readings from './readings.ts';

const DATE = { kinds: ['Date'], what: 'a date such as `2026-01-13`' };

/** The statements in an element, in their order; elements that are none are left out. */
export function statementsIn(building: Building, element: XmlElement): readonly Tree.StatementNode[] {
  const onePer = elementsOf(element).filter((one) => one.name === 'one-per');
  return elementsOf(element).flatMap((one): readonly Tree.StatementNode[] => {
    // Several names of one `one per`.
    if (one.name === 'one-per') return one === onePer[0] ? [buildOnePer(building, onePer)] : [];
    return buildStatement(building, one);
  });
}

function buildOnePer(building: Building, elements: readonly XmlElement[]): Tree.OnePerNode {
  const start = elements[0]?.start ?? 0;
  const span = from.spanOf(building, { start, end: elements.at(-1)?.end ?? start });
  return { kind: 'one-per', ...span, names: elements.flatMap((one) => from.nameValue(building, one, 'name') ?? []) };
}

function buildStatement(building: Building, element: XmlElement): readonly Tree.StatementNode[] {
  const span = from.spanOf(building, element);
  switch (element.name) {
    case 'variant': {
      const title = from.textLeaf(building, element, 'title');
      return [{ kind: 'variant', ...span, title, body: statementsIn(building, element) }];
    }
    case 'each':
    case 'first': {
      const name = from.nameValue(building, element, 'name');
      const collection = readings.buildCollection(building, element);
      const where = clauseIn(building, element, 'where');
      const first = element.name === 'first' && ({ first: true } as const);
      return [{ kind: 'each', ...first, ...span, name, from: collection, where }];
    }
    case 'let':
      return [
        {
          kind: 'let',
          ...span,
          name: from.nameValue(building, element, 'name'),
          choices: buildChoices(building, element),
        },
      ];
    case 'on':
      return [buildOn(building, element)];
    case 'installed-when':
      return [{ kind: 'installed', ...span, condition: allIn(building, element) }];
    case 'missing-when':
      return [{ kind: 'missing', ...span, always: false, why: undefined, condition: allIn(building, element) }];
    case 'missing-always': {
      const why = from.textLeaf(building, element, 'why');
      return [{ kind: 'missing', ...span, always: true, why, condition: undefined }];
    }
    case 'note':
      return [{ kind: 'note', ...span, why: from.textLeaf(building, element, 'why') }];
    case 'fixes':
      return [buildFixes(building, element)];
    case 'supersedes':
      return buildSupersedes(building, element);
    case 'superseded-by': {
      const name = from.nameValue(building, element, 'ref');
      return name === undefined ? [] : [{ kind: 'superseded-by', ...span, names: [name] }];
    }
    case 'warn':
      return [buildWarn(building, element)];
    default:
      return [];
  }
}

/** A `let`'s own value and those of its `<else>` elements. */
function buildChoices(building: Building, element: XmlElement): readonly Tree.ChoiceNode[] {
  const fallbacks = elementsOf(element).filter((one) => one.name === 'else');
  return [element, ...fallbacks].map((one): Tree.ChoiceNode => {
    const value = readings.onlyReading(building, one);
    return { kind: 'choice', ...from.spanOf(building, one), value, when: clauseIn(building, one, 'when') };
  });
}

function buildFixes(building: Building, element: XmlElement): Tree.FixesNode {
  const scopes = elementsOf(element).flatMap((one) =>
    one.name === 'product' || one.name === 'windows' ? (readings.buildScoped(building, one) ?? []) : [],
  );
  if (scopes.length === 0)
    from.reportElement(building, element, '`<fixes>` needs a `<product ref="…"/>` or a `<windows ref="…"/>`.');
  return { kind: 'fixes', ...from.spanOf(building, element), scopes };
}

function buildSupersedes(building: Building, element: XmlElement): readonly Tree.StatementNode[] {
  const span = from.spanOf(building, element);
  const everything = attributeOf(element, 'everything-before');
  const named = attributeOf(element, 'ref');
  if ((everything === undefined) === (named === undefined)) {
    from.reportElement(building, element, '`<supersedes>` has either a `ref` or `everything-before`.');
    return [];
  }
  const name =
    everything === undefined
      ? from.nameValue(building, element, 'ref')
      : from.nameLeaf(building, everything, 'everything');
  const before = from.literalValue(building, element, everything?.name ?? 'before', DATE);
  return name === undefined ? [] : [{ kind: 'supersedes', ...span, items: [{ name, before }] }];
}

function buildWarn(building: Building, element: XmlElement): Tree.WarnNode {
  const newer = from.isTrue(building, element, 'newer');
  const some = conditionsIn({ ...building, findings: [], contents: [] }, element).length > 0;
  if (newer && some) from.reportElement(building, element, '`<warn>` has `newer="true"` or conditions, not both.');
  const condition = newer ? undefined : allIn(building, element);
  const text = from.textLeaf(building, element, 'text');
  return { kind: 'warn', ...from.spanOf(building, element), text, newer, condition };
}

// ---------- metadata

/** Metadata whose value is one text, whatever is in it. */
const TEXTS = new Set(['vendor', 'family', 'homepage']);

/** Attributes that are metadata words: values are separated by blanks or commas. */
export function metadataOf(building: Building, element: XmlElement): readonly Tree.AttributeNode[] {
  return element.attributes
    .filter(({ name }) => name !== 'id' && name !== 'title' && !/^(xml|xmlns|xsi):/.test(name))
    .map((attribute) => {
      const span = from.spanOf(building, { start: attribute.nameStart, end: attribute.valueEnd });
      const name = from.nameLeaf(building, attribute);
      const values = TEXTS.has(attribute.name) ? [from.quoted(building, attribute)] : valuesOf(building, attribute);
      if (values.length === 0)
        from.reportValue(building, attribute, 'xml-value', `\`${attribute.name}\` needs a value.`);
      return { kind: 'attribute', ...span, name, values };
    });
}

function valuesOf({ offsets }: Building, { name, raw, valueStart }: XmlAttribute): readonly Tree.Leaf[] {
  const first = offsets.toMeant(valueStart) + 1;
  const parts = [...valueOf(raw).matchAll(name === 'url' ? /\S+/g : /[^\s,]+/g)];
  return parts.map(({ 0: image, index }) =>
    name === 'url'
      ? from.leafAt(first + index - 1, `"${image}"`, 'Text')
      : from.leafAt(first + index, image, from.tokenOf(image) ?? 'Word'),
  );
}
