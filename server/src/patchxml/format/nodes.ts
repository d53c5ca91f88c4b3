/** What stands in each element, comments among it. */
import { attributeOf, type XmlComment, type XmlElement } from '../document.ts';

/** A comment between tags. */
export type CommentNode = XmlComment & { readonly kind: 'comment' };
export type Node = XmlElement | CommentNode;

export interface Inside {
  /** In order; texts are not among them. */
  readonly nodes: readonly Node[];
  /** It has text, or wants its blanks: all in it stays as it is. */
  readonly isKept: boolean;
}

/** What stands in each element, and beside the root. */
export interface Contents {
  readonly of: (element: XmlElement) => Inside;
  readonly beside: readonly Node[];
}

const NOTHING: Inside = { nodes: [], isKept: false };

/** Puts the comments of a document where they stand. */
export function contentsOf(root: XmlElement, comments: readonly XmlComment[]): Contents {
  const known = new Map<XmlElement, Inside>();
  let next = 0;
  const commentsBefore = (offset: number): CommentNode[] => {
    const from = next;
    while ((comments[next]?.start ?? Infinity) < offset) next++;
    return comments.slice(from, next).map((one) => ({ ...one, kind: 'comment' }));
  };
  const walk = (element: XmlElement): void => {
    const nodes: Node[] = [];
    for (const child of element.children) {
      nodes.push(...commentsBefore(child.start));
      if (child.kind === 'text') continue;
      nodes.push(child);
      walk(child);
    }
    nodes.push(...commentsBefore(element.end));
    known.set(element, { nodes, isKept: isKept(element) });
  };
  const before = commentsBefore(root.start);
  walk(root);
  return { of: (element) => known.get(element) ?? NOTHING, beside: [...before, root, ...commentsBefore(Infinity)] };
}

function isKept(element: XmlElement): boolean {
  return (
    attributeOf(element, 'xml:space')?.raw === 'preserve' ||
    element.children.some((child) => child.kind === 'text' && child.raw.trim() !== '')
  );
}
