/** Readings of the tree as elements. */
import type { BoundNode, CollectionNode, Leaf, ReadingNode, SourceNode, StepNode } from '../../syntax/tree.ts';
import { OPERATORS } from '../schema.ts';
import { element, type OutElement } from './element.ts';

/** What a text in quotes says: without them, and with each doubled quote as one. */
export function unquoted(leaf: Leaf | undefined): string | undefined {
  if (leaf === undefined) return undefined;
  const isText = leaf.tokenType.name === 'Text' || leaf.tokenType.name === 'OpenText';
  return isText ? leaf.image.replace(/^"/, '').replace(/"$/, '').replaceAll('""', '"') : leaf.image;
}

/** A reading as one element. */
export function writeReading(node: ReadingNode | undefined): OutElement[] {
  if (node?.source === undefined) return [];
  return [writeSource(node.source, node.steps.map(writeStep), {})];
}

/** A source as an element with more attributes and children. */
export function writeSource(
  source: SourceNode,
  children: readonly OutElement[],
  more: Readonly<Record<string, string | undefined>>,
): OutElement {
  switch (source.kind) {
    case 'key': {
      const { path, view, value } = source;
      return element('key', { path: unquoted(path), view: view?.image, value: unquoted(value), ...more }, children);
    }
    case 'object': {
      const word = source.word.image;
      const path = unquoted(source.path);
      const own = { ...(word === 'service' ? { name: path } : { path }), view: source.view?.image };
      return element(word, { ...own, property: source.property?.image, ...more }, children);
    }
    case 'msi': {
      const by = source.by?.image ?? 'product-code';
      return element('msi', { [by]: unquoted(source.id), property: source.property?.image, ...more }, children);
    }
    case 'hotfix':
      return element('hotfix', { kb: source.id.image, ...more }, children);
    case 'name':
      return element('name', { of: source.name.image, value: unquoted(source.value), ...more }, children);
    case 'literal': {
      const name = source.literal.tokenType.name === 'Text' ? 'text' : 'literal';
      return element(name, { value: unquoted(source.literal), ...more }, children);
    }
  }
}

/** A step on a value. */
export function writeStep(node: StepNode): OutElement {
  switch (node.kind) {
    case 'as':
      return element('as', { to: node.what.image });
    case 'matching':
      return element('matching', { regex: node.regex.image });
    case 'replacing': {
      const what = node.what.tokenType.name === 'Regex' ? 'regex' : 'text';
      return element('replacing', { [what]: unquoted(node.what), with: unquoted(node.with) });
    }
  }
}

/** Bounds as attributes where a literal says all, else as elements. */
export function writeBounds(nodes: readonly BoundNode[]): {
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly OutElement[];
} {
  const attributes: Record<string, string> = {};
  const children: OutElement[] = [];
  // The order of bounds is kept: attributes come first.
  for (const { operator, value } of nodes) {
    const name = Object.entries(OPERATORS).find(([, image]) => image === operator.image)?.[0] ?? 'equals';
    const literal = value?.steps.length === 0 && value.source?.kind === 'literal' ? value.source.literal : undefined;
    const plain = literal !== undefined && literal.tokenType.name !== 'Text';
    if (plain && children.length === 0 && attributes[name] === undefined) attributes[name] = literal.image;
    else children.push(element(name, {}, writeReading(value)));
  }
  return { attributes, children };
}

/** What a collection adds to its element. */
export function writeCollection(node: CollectionNode | undefined): {
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly OutElement[];
} {
  if (node === undefined) return { attributes: {}, children: [] };
  const [only, ...more] = node.patterns;
  const pattern = more.length === 0 ? unquoted(only) : undefined;
  return {
    attributes: { in: node.what.image, pattern, view: node.view?.image },
    children: more.length === 0 ? [] : node.patterns.map((leaf) => element('pattern', { text: unquoted(leaf) })),
  };
}
