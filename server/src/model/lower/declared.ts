/** What all declarations have in common: id, title, documentation, places. */
import type { DeclarationNode, Leaf } from '../../syntax/tree.ts';
import type { Offsets } from '../../patchxml/offsets.ts';
import type { Declared } from '../content.ts';
import { isWindowsName } from '../windows-names.ts';
import { located, lowering, report, type Lowering } from './context.ts';
import { documentationAt } from './documentation.ts';
import { plainText, spanOf } from './text.ts';

/** The text whose declarations are lowered: a stretch of a file, or all of it. */
export interface Source {
  readonly file: string;
  readonly text: string;
  /** Where it begins in the file. */
  readonly start: number;
  readonly comments: readonly Leaf[];
  /** Of patch definitions in XML: from offsets of the tree to those of the text. */
  readonly offsets?: Offsets;
  /** Of patch definitions in XML: the comment above what begins there. */
  readonly documentation?: (start: number) => string | undefined;
}

/** A declaration's head, and the lowering of the rest; undefined where not even its name is there. */
export function declare(source: Source, node: DeclarationNode): { head: Declared; context: Lowering } | undefined {
  const { name } = node;
  if (name === undefined || name.image === '' || node.kind === 'test') return undefined;
  const context = lowering(source, name.image);
  context.damaged = node.damaged;
  const title = plainText(node.title);
  const documentation =
    source.documentation === undefined
      ? documentationAt(source.text, source.comments, node.start)
      : source.documentation(node.start);
  const head: Declared = {
    id: name.image,
    at: located(context, node),
    nameAt: located(context, spanOf(name)),
    ...(title !== undefined && { title }),
    ...(documentation !== undefined && { documentation }),
  };
  context.definitions.push({
    kind: node.kind,
    name: head.id,
    at: head.nameAt,
    whole: head.at,
    ...(title !== undefined && { title }),
    ...(documentation !== undefined && { documentation }),
  });
  if (isWindowsName(head.id)) {
    report(context, 'bad-name', head.nameAt, { message: `\`${head.id}\` is the name of a Windows: choose another.` });
  }
  return { head, context };
}
