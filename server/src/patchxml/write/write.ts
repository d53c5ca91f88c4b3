/** The writer: declarations of the tree, from a script or from XML, as patch definitions. */
import type { DeclarationNode, PatchNode, ScopedNode, StatementNode } from '../../syntax/tree.ts';
import { NAMESPACE } from '../schema.ts';
import { below, NO_COMMENTS, upTo, type CommentsBefore } from './comments.ts';
import { writeClause, writeItem, writeOn, writeScoped } from './conditions.ts';
import { element, renderFile, type OutComment, type OutElement } from './element.ts';
import { unquoted, writeCollection, writeReading } from './readings.ts';

/** The text of a file with some elements in its root. */
export const writeFile = (children: readonly (OutElement | OutComment)[]): string =>
  renderFile(element('patches', { xmlns: NAMESPACE }, children));

/** A declaration as an element; undefined for tests, which are written in scripts only. */
export function writeDeclaration(node: DeclarationNode, comments = NO_COMMENTS): OutElement | undefined {
  const head = { id: node.name?.image, title: unquoted(node.title) };
  switch (node.kind) {
    case 'product':
    case 'patch':
      return writeBody(node.kind, head, { body: node.body, comments });
    case 'bulletin': {
      const own = node.body.filter((one): one is StatementNode => one.kind !== 'patch');
      const patches = node.body.filter((one): one is PatchNode => one.kind === 'patch');
      const { name, attributes, children } = writeBody('bulletin', head, { body: own, comments });
      const inside = patches.flatMap((one) => [...comments(upTo(one)), ...asList(writeDeclaration(one, comments))]);
      return element(name, attributes, [...children, ...inside]);
    }
    case 'check': {
      const parameters = node.parameters.map((leaf) => element('parameter', { name: leaf.image }));
      const conditions = node.conditions.flatMap((one) => writeItem(one, comments));
      return element('check', head, [...parameters, ...conditions]);
    }
    case 'test':
      return undefined;
  }
}

const asList = <T>(one: T | undefined): readonly T[] => (one === undefined ? [] : [one]);

/** These hold parts on lines of their own, which have their own comments. */
const DIVIDED: ReadonlySet<string> = new Set(['variant', 'installed', 'missing', 'warn']);

interface Body {
  readonly body: readonly StatementNode[];
  readonly comments: CommentsBefore;
}

function writeBody(
  tag: string,
  head: Readonly<Record<string, string | undefined>>,
  { body, comments }: Body,
): OutElement {
  const metadata = body.flatMap((one) =>
    one.kind === 'attribute' ? [[one.name.image, one.values.map(unquoted).join(' ')] as const] : [],
  );
  const children = body.flatMap((one) =>
    below(comments(DIVIDED.has(one.kind) ? upTo(one) : one), writeStatement(one, comments)),
  );
  return element(tag, { ...head, ...Object.fromEntries(metadata) }, children);
}

function writeStatement(node: StatementNode, comments: CommentsBefore): readonly OutElement[] {
  switch (node.kind) {
    case 'variant':
      return [writeBody('variant', { title: unquoted(node.title) }, { body: node.body, comments })];
    case 'each': {
      const { attributes, children } = writeCollection(node.from);
      const where = node.where === undefined ? [] : [element('where', {}, writeClause(node.where))];
      return [
        element(node.first ? 'first' : 'each', { name: node.name?.image, ...attributes }, [...children, ...where]),
      ];
    }
    case 'let': {
      const [first, ...fallbacks] = node.choices.map(({ value, when }) => [
        ...writeReading(value),
        ...(when === undefined ? [] : [element('when', {}, writeClause(when))]),
      ]);
      const rest = fallbacks.map((children) => element('else', {}, children));
      return [element('let', { name: node.name?.image }, [...(first ?? []), ...rest])];
    }
    case 'on':
      return [writeOn(node.scopes)];
    case 'installed':
      return [element('installed-when', {}, writeClause(node.condition, comments))];
    case 'one-per':
      return node.names.map((leaf) => element('one-per', { name: leaf.image }));
    case 'fixes':
      return [
        element(
          'fixes',
          {},
          node.scopes.map((scope) => writeScoped(isWindows(scope) ? 'windows' : 'product', scope)),
        ),
      ];
    case 'missing':
      if (node.always) return [element('missing-always', { why: unquoted(node.why) })];
      return [element('missing-when', {}, writeClause(node.condition, comments))];
    case 'note':
      return [element('note', { why: unquoted(node.why) })];
    case 'supersedes':
      return node.items.map(({ name, before }) =>
        name.image === 'everything'
          ? element('supersedes', { 'everything-before': before?.image })
          : element('supersedes', { ref: name.image, before: before?.image }),
      );
    case 'superseded-by':
      return node.names.map((leaf) => element('superseded-by', { ref: leaf.image }));
    case 'warn': {
      const condition = node.newer ? [] : writeClause(node.condition, comments);
      return [element('warn', { text: unquoted(node.text), newer: node.newer ? 'true' : undefined }, condition)];
    }
    case 'attribute':
    case 'machine':
    case 'given':
    case 'expect':
      return [];
  }
}

/** Both tags mean the same: this is for readers. */
const isWindows = ({ name }: ScopedNode): boolean => /^(?:windows(?:-|$)|server-\d)/i.test(name.image);
