/** Declarations of the tree as a script has them, before the printer lays them out. */
import type { DeclarationNode, Leaf, PatchNode, StatementNode } from '../../syntax/tree.ts';
import { conditionLines, conditionText, upTo, whereText, type CommentsBefore } from './conditions.ts';
import { collectionText, readingText, scopedText, words } from './readings.ts';

/** A declaration. */
export function declarationText(node: DeclarationNode, comments: CommentsBefore): string {
  const head = words(node.name?.image, node.title?.image);
  switch (node.kind) {
    case 'product':
      return `product ${head} ${block([...linesOf(node.body, comments), ...rest(comments, node)])}`;
    case 'patch':
      return patchText(node, comments);
    case 'bulletin':
      return `bulletin ${head} ${block([...linesOf(node.body, comments), ...rest(comments, node)])}`;
    case 'check': {
      const parameters = node.parameters.map(({ image }) => image).join(', ');
      const name = `${node.name?.image ?? ''}${parameters === '' ? '' : `(${parameters})`}`;
      const lines = conditionLines(node.conditions, comments);
      return `check ${words(name, node.title?.image)} ${block([...lines, ...rest(comments, node)])}`;
    }
    case 'test':
      return '';
  }
}

/** What stands behind the last statement of a declaration still is in it. */
const rest = (comments: CommentsBefore, { end }: { readonly end: number }): readonly string[] => comments({ end });

const block = (lines: readonly string[]): string => `{\n${lines.join('\n')}\n}`;

/** What a patch fixes stands in its head. */
function patchText(node: PatchNode, comments: CommentsBefore): string {
  const fixes = node.body.flatMap((one) => (one.kind === 'fixes' ? one.scopes.map(scopedText) : []));
  const own = node.body.filter(({ kind }) => kind !== 'fixes');
  const head = words('patch', node.name?.image, node.title?.image, fixes.length > 0 ? `fixes ${fixes.join(', ')}` : '');
  const lines = [...linesOf(own, comments), ...rest(comments, node)];
  return lines.length === 0 ? head : `${head} ${block(lines)}`;
}

/** These hold parts on lines of their own, which have their own comments. */
const DIVIDED: ReadonlySet<string> = new Set(['patch', 'variant', 'installed', 'missing', 'warn']);

function linesOf(body: readonly (StatementNode | PatchNode)[], comments: CommentsBefore): readonly string[] {
  return body.flatMap((one) => {
    const before = comments(DIVIDED.has(one.kind) ? upTo(one) : one);
    return [...before, one.kind === 'patch' ? patchText(one, comments) : statementText(one, comments)];
  });
}

const list = (leaves: readonly Leaf[]): string => leaves.map(({ image }) => image).join(', ');

function statementText(node: StatementNode, comments: CommentsBefore): string {
  switch (node.kind) {
    case 'variant':
      return `${words('variant', node.title?.image)} ${block(linesOf(node.body, comments))}`;
    case 'each':
      return words(
        node.first ? 'let' : 'each',
        node.name?.image,
        'in',
        collectionText(node.from),
        whereText(node.where),
      );
    case 'let': {
      const choices = node.choices.map(({ value, when }) =>
        words(readingText(value), when && words('when', conditionText(when))),
      );
      return words('let', node.name?.image, '=', choices.join(' else '));
    }
    case 'on':
      return words('on', node.scopes.map(scopedText).join(', '));
    case 'installed':
      return words('installed when', conditionText(node.condition, comments));
    case 'one-per':
      return words('one per', list(node.names));
    case 'attribute':
      return words(node.name.image, list(node.values));
    case 'fixes':
      return words('fixes', node.scopes.map(scopedText).join(', '));
    case 'missing':
      if (node.always) return words('missing always', node.why?.image);
      return words('missing when', conditionText(node.condition, comments));
    case 'note':
      return words('note', node.why?.image);
    case 'supersedes': {
      const items = node.items.map(({ name, before }) => words(name.image, before && `before ${before.image}`));
      return words('supersedes', items.join(', '));
    }
    case 'superseded-by':
      return words('superseded by', list(node.names));
    case 'warn':
      return words('warn', node.text?.image, 'when', node.newer ? 'newer' : conditionText(node.condition, comments));
    case 'machine':
    case 'given':
    case 'expect':
      // Tests are written in scripts only.
      return '';
  }
}
