/** Declarations: the elements of the root, and patches of bulletins. */
import type * as Tree from '../../syntax/tree.ts';
import { attributeOf, elementsOf, type XmlElement } from '../document.ts';
import * as from from './building.ts';
import type { Building } from './building.ts';
import { conditionsIn } from './conditions.ts';
import { metadataOf, statementsIn } from './statements.ts';

const DECLARATIONS = new Set(['product', 'bulletin', 'patch', 'check']);

/** A declaration and the element that it comes from. */
export interface Built {
  readonly node: Tree.ProductNode | Tree.BulletinNode | Tree.PatchNode | Tree.CheckNode;
  readonly element: XmlElement;
}

/** The declarations of a document; patches of bulletins are in their bulletin's body and in the list. */
export function buildDeclarations(
  building: Building,
  root: XmlElement,
): { tops: readonly Built[]; all: readonly Built[] } {
  const all: Built[] = [];
  const tops = elementsOf(root)
    .flatMap((one) => [one, ...strayed(one, one.name === 'bulletin')])
    .flatMap((element): Built[] => {
      const node = buildDeclaration(building, element, all);
      return node === undefined ? [] : [{ node, element }];
    });
  return { tops, all: [...tops, ...all] };
}

/** Declarations that stand in one that has lost its end tag: they are its neighbours. A bulletin keeps its patches. */
function strayed(element: XmlElement, inBulletin: boolean): readonly XmlElement[] {
  if (element.closed) return [];
  return elementsOf(element).flatMap((one): readonly XmlElement[] => {
    const declares = DECLARATIONS.has(one.name) && attributeOf(one, 'id') !== undefined;
    if (declares && inBulletin && one.name === 'patch')
      return strayed(one, true).filter((lost) => lost.name !== 'patch');
    return declares ? [one, ...strayed(one, one.name === 'bulletin')] : strayed(one, inBulletin);
  });
}

function head(building: Building, element: XmlElement) {
  return {
    ...from.spanOf(building, element),
    name: from.nameValue(building, element, 'id'),
    title: from.textLeaf(building, element, 'title'),
    damaged: false,
  };
}

function buildDeclaration(building: Building, element: XmlElement, patches: Built[]): Built['node'] | undefined {
  switch (element.name) {
    case 'product':
      return { kind: 'product', ...head(building, element), body: bodyOf(building, element) };
    case 'patch':
      return buildPatch(building, element);
    case 'bulletin': {
      const members = elementsOf(element)
        .flatMap((one) => [one, ...strayed(one, false)])
        .filter((one) => one.name === 'patch');
      const built = members.map((one) => ({ node: buildPatch(building, one), element: one }));
      patches.push(...built);
      const body = [...bodyOf(building, element), ...built.map(({ node }) => node)];
      return { kind: 'bulletin', ...head(building, element), body };
    }
    case 'check': {
      const parameters = elementsOf(element).flatMap((one) =>
        one.name === 'parameter' ? (from.nameValue(building, one, 'name') ?? []) : [],
      );
      const conditions = conditionsIn(building, element);
      if (conditions.length === 0) from.reportElement(building, element, '`<check>` needs a condition.');
      return { kind: 'check', ...head(building, element), parameters, conditions };
    }
    default:
      return undefined;
  }
}

const buildPatch = (building: Building, element: XmlElement): Tree.PatchNode => ({
  kind: 'patch',
  ...head(building, element),
  body: bodyOf(building, element),
});

const bodyOf = (building: Building, element: XmlElement): readonly Tree.StatementNode[] => [
  ...metadataOf(building, element),
  ...statementsIn(building, element),
];
