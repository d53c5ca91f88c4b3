/** One file's declarations, lowered without looking at any other file. */
import { XML_DIAGNOSTICS } from '../../patchxml/codes.ts';
import { isPatchXml, readPatchXml } from '../../patchxml/read.ts';
import { parse } from '../../syntax/parse.ts';
import type { DeclarationNode, FileNode, TestNode } from '../../syntax/tree.ts';
import type { Finding } from '../source.ts';
import { lowerCheck, type LoweredCheck } from './check.ts';
import { lowerCondition } from './condition.ts';
import { located, lowering, scopeOf, type Lowering } from './context.ts';
import type { Source } from './declared.ts';
import { lowerBulletin, lowerPatch, type LoweredBulletin, type LoweredPatch } from './patch.ts';
import { lowerProduct, type LoweredProduct } from './product.ts';
import { spanOf } from './text.ts';

/** All that linking needs to know of a file. */
export interface LoweredFile {
  readonly file: string;
  readonly text: string;
  readonly products: readonly LoweredProduct[];
  /** Those of bulletins too. */
  readonly patches: readonly LoweredPatch[];
  readonly bulletins: readonly LoweredBulletin[];
  readonly checks: readonly LoweredCheck[];
  readonly tests: readonly Lowering[];
  readonly syntax: readonly Finding[];
}

/** Parses and lowers one file: a script, or patch definitions in XML, by its name. */
export function lowerFile(file: string, text: string): LoweredFile {
  return isPatchXml(file) ? lowerXml(file, text) : lowerScript(file, text);
}

function lowerScript(file: string, text: string): LoweredFile {
  const { file: tree, errors } = parse(text);
  const syntax = errors.map(({ code, message, start, end }): Finding => ({
    code,
    severity: 'error',
    message,
    at: { file, start, end },
  }));
  return lowerTree({ file, text, comments: tree.comments }, tree, syntax);
}

function lowerXml(file: string, text: string): LoweredFile {
  const { file: tree, offsets, findings, documentation } = readPatchXml(text);
  const syntax = findings.map(({ code, message, start, end }): Finding => {
    const { severity } = XML_DIAGNOSTICS[code];
    return { code, severity, message, at: { file, start, end } };
  });
  return lowerTree({ file, text, comments: [], offsets, documentation }, tree, syntax);
}

function lowerTree(source: Source, tree: FileNode, syntax: readonly Finding[]): LoweredFile {
  const { file, text } = source;
  const only = <K extends DeclarationNode['kind']>(kind: K) =>
    tree.declarations.filter((node): node is Extract<DeclarationNode, { kind: K }> => node.kind === kind);
  const bulletins = only('bulletin').map((node) => lowerBulletin(source, node));
  return {
    file,
    text,
    products: only('product').flatMap((node) => lowerProduct(source, node) ?? []),
    patches: [
      ...only('patch').flatMap((node) => lowerPatch(source, node) ?? []),
      ...bulletins.flatMap((bulletin) => bulletin.patches),
    ],
    bulletins,
    checks: only('check').flatMap((node) => lowerCheck(source, node) ?? []),
    tests: only('test').map((node) => lowerTest(source, node)),
    syntax,
  };
}

/** Tests are not run yet: their names and givens are checked. */
function lowerTest(source: Source, node: TestNode): Lowering {
  const context = lowering(source, `test@${node.start}`);
  for (const item of node.body) {
    if (item.kind === 'given') lowerCondition(context, scopeOf(false), item.term);
    if (item.kind !== 'expect' || item.name === undefined) continue;
    const at = located(context, spanOf(item.name));
    context.references.push({ kind: 'definition', name: item.name.image, at, owner: context.owner });
    if (item.product === undefined) continue;
    const product = located(context, spanOf(item.product));
    context.references.push({ kind: 'product', name: item.product.image, at: product, owner: context.owner });
  }
  return context;
}
