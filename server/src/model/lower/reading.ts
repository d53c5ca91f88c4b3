/** Readings: what is read, which property of it, and the steps on the value. */
import { didYouMean } from '../../syntax/suggest.ts';
import type {
  AsNode,
  CollectionNode,
  KeyNode,
  Leaf,
  MsiNode,
  NameNode,
  ObjectNode,
  ReadingNode,
  ReplacingNode,
  SourceNode,
  StepNode,
} from '../../syntax/tree.ts';
import type { BoundNode } from '../../syntax/tree.ts';
import type { Bound, Collection, CompareOperator, MsiId, Reading, Source, Step, Thing, View } from '../content.ts';
import * as words from '../vocabulary.ts';
import { fail, located, type Lowering, type Scope } from './context.ts';
import { lowerLiteral } from './literal.ts';
import { nameRef } from './names.ts';
import { isOfOne, lowerKey, lowerPath } from './path.ts';
import { lowerRegex } from './regex.ts';
import { lowerText, spanOf } from './text.ts';

/** A reading, or undefined after a finding. */
export function lowerReading(context: Lowering, scope: Scope, node: ReadingNode | undefined): Reading | undefined {
  if (node?.source === undefined) return lost(context);
  const source = lowerSource(context, scope, node.source);
  const steps = lowerSteps(context, scope, node.steps);
  if (source === undefined || steps === undefined) return undefined;
  if (isThing(source)) {
    const properties = propertiesOf(source).map((property) => `\`${property}\``);
    return fail(context, 'missing-property', node.source, {
      message: `Say which property is read: ${properties.join(', ')}.`,
    });
  }
  return { source, steps, at: located(context, node) };
}

/** A part that a syntax error took: the error is reported already. */
export function lost(context: Lowering): undefined {
  context.damaged = true;
  return undefined;
}

/** Whether a source is a thing without a property. */
export const isThing = (source: Source | Thing): source is Thing => source.kind.startsWith('thing-');

function propertiesOf(thing: Thing): readonly string[] {
  switch (thing.kind) {
    case 'thing-key':
      return ['value "Name"'];
    case 'thing-file':
      return words.FILE_PROPERTIES;
    case 'thing-folder':
      return words.FOLDER_PROPERTIES;
    case 'thing-service':
      return words.SERVICE_PROPERTIES;
    case 'thing-msi':
      return words.MSI_PROPERTIES;
    case 'thing-hotfix':
      return ['is installed'];
  }
}

/** A source with its property, or a thing without one; undefined after a finding. */
export function lowerSource(context: Lowering, scope: Scope, node: SourceNode): Source | Thing | undefined {
  switch (node.kind) {
    case 'key':
      return lowerKeySource(context, scope, node);
    case 'object':
      return lowerObject(context, scope, node);
    case 'msi':
      return lowerMsi(context, scope, node);
    case 'hotfix':
      return /^KB\d{5,8}$/i.test(node.id.image)
        ? { kind: 'thing-hotfix', kb: node.id.image }
        : fail(context, 'bad-value', spanOf(node.id), {
            message: `A hotfix is named by its KB id, such as KB5034441, not \`${node.id.image}\`.`,
          });
    case 'name':
      return lowerName(context, scope, node);
    case 'literal': {
      const literal = lowerLiteral(context, scope, node.literal);
      return literal && { kind: 'literal', literal };
    }
  }
}

function lowerKeySource(context: Lowering, scope: Scope, node: KeyNode): Source | Thing | undefined {
  const key = lowerKey(context, scope, node.path);
  const view = lowerView(context, node.view);
  const name = node.value && lowerText(context, scope, node.value);
  if (key === undefined) return undefined;
  if (!isOfOne(key, 'key')) return severalThings(context, node.path);
  if (name === undefined) return { kind: 'thing-key', key, ...(view && { view }) };
  return { kind: 'value', key, name, ...(view && { view }) };
}

const severalThings = (context: Lowering, path: Leaf): undefined =>
  fail(context, 'bad-path', spanOf(path), {
    message:
      'A reading is of one thing, and `*` or `?` names several: go through them with `each … in`, `any … in`, or take the first with `let … in`.',
  });

const VIEWS = ['32', '64', 'both'];

/** `view 32`, `view 64`, `view both`. */
export function lowerView(context: Lowering, leaf: Leaf | undefined): View | undefined {
  if (leaf === undefined) return undefined;
  if (leaf.image === '32' || leaf.image === '64' || leaf.image === 'both') return leaf.image;
  return fail(context, 'bad-view', spanOf(leaf), {
    message: `A view is 32, 64 or both, not \`${leaf.image}\`.${didYouMean(leaf.image, VIEWS)}`,
  });
}

function lowerObject(context: Lowering, scope: Scope, node: ObjectNode): Source | Thing | undefined {
  const view = lowerView(context, node.view);
  const withView = view && { view };
  const { property } = node;
  if (node.word.image === 'service') {
    const name = lowerText(context, scope, node.path);
    if (node.view !== undefined)
      return fail(context, 'bad-view', spanOf(node.view), { message: 'Services have no views: remove `view`.' });
    if (property === undefined) return { kind: 'thing-service', name };
    const known = lowerWord(context, property, { what: 'A service', known: words.SERVICE_PROPERTIES });
    return known && { kind: 'service', name, property: known };
  }
  const path = lowerPath(context, scope, node.path);
  if (path !== undefined && !isOfOne(path, 'path')) return severalThings(context, node.path);
  if (node.word.image === 'folder') {
    if (property === undefined) return path && { kind: 'thing-folder', path, ...withView };
    const known = lowerWord(context, property, { what: 'A folder', known: words.FOLDER_PROPERTIES });
    return known && path && { kind: 'folder', path, property: known, ...withView };
  }
  if (property === undefined) return path && { kind: 'thing-file', path, ...withView };
  const known = lowerWord(context, property, { what: 'A file', known: words.FILE_PROPERTIES });
  return known && path && { kind: 'file', path, property: known, ...withView };
}

function lowerWord<W extends string>(
  context: Lowering,
  leaf: Leaf,
  of: { readonly what: string; readonly known: readonly W[] },
): W | undefined {
  const found = of.known.find((word) => word === leaf.image);
  if (found !== undefined) return found;
  const list = of.known.map((word) => `\`${word}\``).join(', ');
  return fail(context, 'unknown-property', spanOf(leaf), {
    message: `${of.what} has no \`${leaf.image}\`.${didYouMean(leaf.image, of.known)} It has ${list}.`,
  });
}

function lowerMsi(context: Lowering, scope: Scope, node: MsiNode): Source | Thing | undefined {
  const by = node.by?.image ?? 'product-code';
  if (by !== 'product-code' && by !== 'upgrade-code') {
    return fail(context, 'unknown-property', node.by === undefined ? node : spanOf(node.by), {
      message: `An MSI package is named by its product code or by \`upgrade-code\`, not by \`${by}\`.${didYouMean(by, ['product-code', 'upgrade-code'])}`,
    });
  }
  const id =
    node.id.tokenType.name === 'Guid'
      ? { parts: [{ kind: 'text' as const, text: node.id.image }], at: located(context, spanOf(node.id)) }
      : lowerText(context, scope, node.id);
  const msi: MsiId = { by, id };
  if (node.property === undefined) return { kind: 'thing-msi', msi };
  const property = lowerWord(context, node.property, { what: 'An MSI package', known: words.MSI_PROPERTIES });
  return property && { kind: 'msi', msi, property };
}

function lowerName(context: Lowering, scope: Scope, node: NameNode): Source | undefined {
  const withValue = node.value !== undefined;
  const name = nameRef(context, scope, { image: node.name.image, span: spanOf(node.name), withValue });
  const value = node.value && lowerText(context, scope, node.value);
  if (name === undefined) return undefined;
  return value === undefined ? { kind: 'name', name } : { kind: 'element-value', name, value };
}

/** Most values have none. */
const NO_STEPS: readonly Step[] = Object.freeze([]);

/** The steps on a value. */
export function lowerSteps(context: Lowering, scope: Scope, nodes: readonly StepNode[]): readonly Step[] | undefined {
  if (nodes.length === 0) return NO_STEPS;
  const steps = nodes.map((node) => lowerStep(context, scope, node));
  return steps.every((step) => step !== undefined) ? steps : undefined;
}

function lowerStep(context: Lowering, scope: Scope, node: StepNode): Step | undefined {
  switch (node.kind) {
    case 'as':
      return lowerAs(context, node);
    case 'matching': {
      const regex = lowerRegex(context, node.regex);
      return regex && { kind: 'matching', regex: regex.literal };
    }
    case 'replacing':
      return lowerReplacing(context, scope, node);
  }
}

function lowerAs(context: Lowering, node: AsNode): Step | undefined {
  const conversion = words.CONVERSIONS.find((word) => word === node.what.image);
  if (conversion !== undefined) return { kind: 'as', conversion };
  const list = words.CONVERSIONS.map((word) => `\`${word}\``).join(', ');
  return fail(context, 'unknown-conversion', spanOf(node.what), {
    message: `There is no \`as ${node.what.image}\`.${didYouMean(node.what.image, words.CONVERSIONS)} There are ${list}.`,
  });
}

function lowerReplacing(context: Lowering, scope: Scope, node: ReplacingNode): Step | undefined {
  const replacement = lowerText(context, scope, node.with);
  if (node.what.tokenType.name !== 'Regex') {
    return { kind: 'replacing', what: lowerText(context, scope, node.what), with: replacement };
  }
  const regex = lowerRegex(context, node.what);
  return regex && { kind: 'replacing', what: regex.literal, with: replacement };
}

/** A scope without a range. */
const NO_BOUNDS: readonly Bound[] = Object.freeze([]);

/** The bounds of a range, or undefined where one of them is wrong. */
export function lowerBounds(
  context: Lowering,
  scope: Scope,
  nodes: readonly BoundNode[],
): readonly Bound[] | undefined {
  if (nodes.length === 0) return NO_BOUNDS;
  const bounds = nodes.map((node): Bound | undefined => {
    const value = lowerReading(context, scope, node.value);
    return value && { operator: node.operator.image as CompareOperator, value };
  });
  return bounds.every((bound) => bound !== undefined) ? bounds : undefined;
}

/** What an `each` or a quantifier goes over. */
export function lowerCollection(
  context: Lowering,
  scope: Scope,
  node: CollectionNode | undefined,
): Collection | undefined {
  if (node === undefined) return lost(context);
  const kind = words.COLLECTIONS.find((word) => word === node.what.image);
  const view = lowerView(context, node.view);
  if (kind === undefined) {
    const list = words.COLLECTIONS.map((word) => `\`${word}\``).join(', ');
    return fail(context, 'unknown-collection', spanOf(node.what), {
      message: `There is no collection \`${node.what.image}\`.${didYouMean(node.what.image, words.COLLECTIONS)} There are ${list}.`,
    });
  }
  const needed = words.NEEDS_PATTERNS.has(kind);
  if (needed !== node.patterns.length > 0) {
    const example =
      kind === 'keys' || kind === 'values' ? 'keys "HKLM\\SOFTWARE\\Acme\\*"' : `${kind} "%ProgramFiles%\\Acme\\*"`;
    const message = needed
      ? `\`${kind}\` needs a text that says which: ${example}.`
      : `\`${kind}\` takes no text: narrow it with \`where\`.`;
    return fail(context, 'bad-patterns', spanOf(node.what), { message });
  }
  if (node.view !== undefined && (kind === 'services' || kind === 'users')) {
    return fail(context, 'bad-view', spanOf(node.view), { message: `\`${kind}\` has no views: remove \`view\`.` });
  }
  const isKey = kind === 'keys' || kind === 'values';
  const patterns = node.patterns.map((leaf) =>
    isKey ? lowerKey(context, scope, leaf) : lowerPath(context, scope, leaf),
  );
  if (!patterns.every((pattern) => pattern !== undefined)) return undefined;
  return { kind, patterns, at: located(context, node), ...(view && { view }) };
}
