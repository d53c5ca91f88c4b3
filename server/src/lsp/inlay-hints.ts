/** Inlay hints: what an id stands for, which parameter a value is for, and how many patches supersede one. */
import {
  InlayHintKind,
  type InlayHint,
  type InlayHintParams,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { SupersedenceEdge } from '../model/content.ts';
import type { Declarations } from '../model/declarations.ts';
import type { Span } from '../model/source.ts';
import { leafEnd, type DeclarationNode, type FileNode, type Leaf, type PatchNode } from '../syntax/tree.ts';
import { eachNode, isKind, type AnyNode } from './nodes.ts';
import { treeOf } from './parsed.ts';
import { onDocument, type Session } from './session.ts';
import { chainsOf, reachedFrom } from './supersedence.ts';
import { isXml, readingOf } from './xml/document.ts';

/** A longer title would push the script out of sight. */
const LONGEST = 40;

export function serveInlayHints(session: Session): ServerCapabilities {
  const { connection, workspace } = session;
  connection.languages.inlayHint.on(
    onDocument(session, (document, { params }: { params: InlayHintParams }) => {
      const span = { start: document.offsetAt(params.range.start), end: document.offsetAt(params.range.end) };
      return hintsIn(document, span, {
        content: workspace.analysis.declarations(),
        edges: workspace.analysis.supersedence(),
      });
    }),
  );
  return { inlayHintProvider: true };
}

interface HintsContext {
  readonly content: Declarations;
  readonly edges: readonly SupersedenceEdge[];
}

/** The hints of a part of a document. */
export function hintsIn(document: TextDocument, span: Span, { content, edges }: HintsContext): InlayHint[] {
  const hints: InlayHint[] = [];
  const { file, startOf, behind } = isXml(document) ? placesInXml(document) : placesInScript(document);
  const hint = (at: number, label: string, rest: Partial<InlayHint>): void => {
    if (at >= span.start && at <= span.end) hints.push({ position: document.positionAt(at), label, ...rest });
  };
  const after = (leaf: Leaf | undefined, label: string | undefined): void => {
    if (leaf && label) hint(behind(leaf), shortened(label), { paddingLeft: true });
  };
  const visit = (node: AnyNode): void => {
    if (isKind(node, 'patch')) after(node.title ?? node.name, supersededBy(node, edges));
    else if (isKind(node, 'scoped')) after(node.name, titleOf(node.name, content));
    else if (isKind(node, 'supersedes')) for (const { name } of node.items) after(name, titleOf(name, content));
    else if (isKind(node, 'superseded-by')) for (const name of node.names) after(name, titleOf(name, content));
    else if (isKind(node, 'use-product')) after(node.name, titleOf(node.name, content));
    else if (isKind(node, 'use-check')) {
      const names = content.checks.get(node.name?.image.toLowerCase() ?? '')?.parameters ?? [];
      for (const [index, arg] of node.args.entries()) {
        const name = names[index];
        if (name !== undefined)
          hint(startOf(arg.start), `${name}:`, { kind: InlayHintKind.Parameter, paddingRight: true });
      }
    }
  };
  const near = ({ start, end }: DeclarationNode): boolean => startOf(start) <= span.end && startOf(end) >= span.start;
  for (const node of file.declarations) if (near(node)) eachNode(node, visit);
  return hints;
}

/** A document's tree, and where its parts stand in the text. */
interface Places {
  readonly file: FileNode;
  readonly startOf: (offset: number) => number;
  /** Where a hint to a leaf stands. */
  readonly behind: (leaf: Leaf) => number;
}

const placesInScript = (document: TextDocument): Places => ({
  file: treeOf(document),
  startOf: (offset) => offset,
  behind: leafEnd,
});

/** A hint within the quotes would look like a part of the value. */
function placesInXml(document: TextDocument): Places {
  const { file, offsets } = readingOf(document);
  const text = document.getText();
  const behind = (leaf: Leaf): number => {
    const end = offsets.toEnd(leafEnd(leaf));
    return leaf.tokenType.name === 'Text' ? end : end + (/^\s*["']/.exec(text.slice(end, end + 80))?.[0].length ?? 0);
  };
  return { file, startOf: offsets.toStart, behind };
}

function titleOf(name: Leaf | undefined, { products, patches, bulletins }: Declarations): string | undefined {
  const id = name?.image.toLowerCase() ?? '';
  return products.get(id)?.title ?? patches.get(id)?.title ?? bulletins.get(id)?.title;
}

function supersededBy({ name }: PatchNode, edges: readonly SupersedenceEdge[]): string | undefined {
  const count = reachedFrom(name?.image ?? '', chainsOf(edges).newer).length;
  return count === 0 ? undefined : `superseded by ${count}`;
}

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
