/** One stretch's declarations, lowered: an edit leaves those of the other stretches of its file as they are. */
import type { Lexed } from '../../syntax/lexical.ts';
import { parseStretch } from '../../syntax/parse.ts';
import type { Stretch } from '../../syntax/stretches.ts';
import type { FileNode } from '../../syntax/tree.ts';
import type { Finding } from '../source.ts';
import { lowerCheck, type LoweredCheck } from './check.ts';
import type { Lowering } from './context.ts';
import type { Source } from './declared.ts';
import { lowerBulletin, lowerPatch, type LoweredBulletin, type LoweredPatch } from './patch.ts';
import { lowerProduct, type LoweredProduct } from './product.ts';
import { lowerTest } from './test.ts';

/** What a part of a file declares. */
export interface LoweredStretch {
  /** Where it begins and ends in its file. */
  readonly start: number;
  readonly end: number;
  readonly products: readonly LoweredProduct[];
  /** Those of bulletins too. */
  readonly patches: readonly LoweredPatch[];
  /** Those outside of bulletins. */
  readonly ownPatches: readonly LoweredPatch[];
  readonly bulletins: readonly LoweredBulletin[];
  readonly checks: readonly LoweredCheck[];
  readonly tests: readonly Lowering[];
  readonly syntax: readonly Finding[];
}

/** Parses and lowers a stretch that begins at `start` in its file; its tokens may be known. */
export function lowerStretch(
  { file, start }: { readonly file: string; readonly start: number },
  stretch: Stretch,
  lexed?: Lexed,
): LoweredStretch {
  const { file: tree, errors } = parseStretch(stretch, lexed);
  const syntax = errors.map(({ code, message, fix, start: from, end }): Finding => ({
    ...{ code, severity: 'error', message, at: { file, start: start + from, end: start + end } },
    ...(fix && {
      fix: { title: fix.title, text: fix.text, at: { file, start: start + fix.start, end: start + fix.end } },
    }),
  }));
  return lowerTree({ file, text: stretch.text, start, comments: tree.comments }, tree, syntax);
}

/** Lowers a tree. */
export function lowerTree(source: Source, tree: FileNode, syntax: readonly Finding[]): LoweredStretch {
  const products: LoweredProduct[] = [];
  const ownPatches: LoweredPatch[] = [];
  const bulletins: LoweredBulletin[] = [];
  const checks: LoweredCheck[] = [];
  const tests: Lowering[] = [];
  for (const node of tree.declarations) {
    switch (node.kind) {
      case 'product':
        addIfThere(products, lowerProduct(source, node));
        break;
      case 'patch':
        addIfThere(ownPatches, lowerPatch(source, node));
        break;
      case 'bulletin':
        bulletins.push(lowerBulletin(source, node));
        break;
      case 'check':
        addIfThere(checks, lowerCheck(source, node));
        break;
      case 'test':
        tests.push(lowerTest(source, node, ownerOfTest(source.start + node.start)).context);
    }
  }
  const { text, start } = source;
  const patches = [...ownPatches, ...bulletins.flatMap((bulletin) => bulletin.patches)];
  return { start, end: start + text.length, products, patches, ownPatches, bulletins, checks, tests, syntax };
}

function addIfThere<T>(list: T[], item: T | undefined): void {
  if (item !== undefined) list.push(item);
}

const TEST = 'test@';

/** A test has no name: as an owner it is told from others by its place. */
const ownerOfTest = (start: number): string => `${TEST}${start}`;

/** The owner that a declaration or test is at another place. */
export const movedOwner = (owner: string, by: number): string =>
  owner.startsWith(TEST) ? ownerOfTest(Number(owner.slice(TEST.length)) + by) : owner;
