/** Metadata: words that say something about a product or patch, checked by word so that new ones need no grammar. */
import { wordMeant } from '../../syntax/parse.ts';
import { closest, didYouMean, distance } from '../../syntax/suggest.ts';
import type { AttributeNode, Leaf } from '../../syntax/tree.ts';
import type { Architecture, PatchSeverity } from '../content.ts';
import { ARCHITECTURES, SEVERITIES } from '../vocabulary.ts';
import { fail, report, type Lowering } from './context.ts';
import { metadataDate } from './literal.ts';
import { plainText, spanOf } from './text.ts';

/** Attributes by their word; the last of two wins after a finding, and a word that is not known here is left out. */
export function collectMetadata<W extends string>(
  context: Lowering,
  nodes: readonly AttributeNode[],
  known: readonly W[],
): ReadonlyMap<W, AttributeNode> {
  const found = new Map<W, AttributeNode>();
  for (const node of nodes) {
    const word = known.find((one) => one === node.name.image);
    if (word === undefined) reportUnknown(context, node, known);
    else if (found.has(word)) {
      report(context, 'duplicate-statement', spanOf(node.name), {
        message: `\`${word}\` is said already: several values are separated by commas.`,
      });
    } else found.set(word, node);
  }
  return found;
}

function reportUnknown(context: Lowering, node: AttributeNode, known: readonly string[]): void {
  const best = meantBy(context, node, known);
  const message = `\`${node.name.image}\` is not known here. Known words are ${known.map((word) => `\`${word}\``).join(', ')}.`;
  const fix = best === undefined ? undefined : { title: `Change to \`${best}\``, text: best };
  report(context, 'unknown-metadata', spanOf(node.name), {
    message: best === undefined ? message : `${message} Did you mean \`${best}\`?`,
    ...(fix && { fix }),
  });
}

/** So many words of a declaration are looked at for statements that were mistyped: each has the text read again. */
const MOST_READ_AGAIN = 5;

/** The metadata word or the statement that an unknown word is nearest to. */
function meantBy(context: Lowering, { name }: AttributeNode, known: readonly string[]): string | undefined {
  const { image } = name;
  // In XML an attribute is metadata, or one that every declaration has.
  if (context.offsets !== undefined) return closest(image, [...known, 'id', 'title']);
  const best = closest(image, known);
  if (context.readAgain >= MOST_READ_AGAIN) return best;
  const edits = best === undefined ? Number.POSITIVE_INFINITY : distance(image.toLowerCase(), best, image.length);
  if (edits <= 1) return best;
  context.readAgain++;
  const statement = wordMeant(context.text, name.startOffset);
  return statement !== undefined && statement.edits < edits ? statement.word : best;
}

function single(context: Lowering, node: AttributeNode | undefined): Leaf | undefined {
  const extra = node?.values[1];
  if (extra !== undefined)
    report(context, 'bad-value', spanOf(extra), { message: `\`${node?.name.image}\` takes one value.` });
  return node?.values[0];
}

/** One text in quotes. */
export function textValue(context: Lowering, node: AttributeNode | undefined): string | undefined {
  const leaf = single(context, node);
  if (leaf === undefined) return undefined;
  if (leaf.tokenType.name === 'Text') return plainText(leaf);
  report(context, 'bad-value', spanOf(leaf), { message: `Expected a text in quotes, but found \`${leaf.image}\`.` });
  return undefined;
}

/** One plain word. */
export function wordValue(context: Lowering, node: AttributeNode | undefined): string | undefined {
  const leaf = single(context, node);
  if (leaf === undefined || leaf.tokenType.name === 'Word') return leaf?.image;
  report(context, 'bad-value', spanOf(leaf), { message: `Expected a word, but found \`${leaf.image}\`.` });
  return undefined;
}

/** One date. */
export const dateValue = (context: Lowering, node: AttributeNode | undefined): string | undefined =>
  metadataDate(context, single(context, node));

/** Ids of one kind, such as CVE ids; others are reported and left out. */
export function idValues(
  context: Lowering,
  node: AttributeNode | undefined,
  kind: { readonly token: 'Kb' | 'Cve' | 'Text'; readonly example: string },
): readonly string[] {
  const good = (node?.values ?? []).filter((leaf) => {
    if (leaf.tokenType.name === kind.token) return true;
    report(context, 'bad-value', spanOf(leaf), {
      message: `Expected such as ${kind.example}, but found \`${leaf.image}\`.`,
    });
    return false;
  });
  return good.map((leaf) => (kind.token === 'Text' ? (plainText(leaf) ?? '') : leaf.image));
}

/** `severity`; `unrated` where nothing is said. */
export function severityValue(context: Lowering, node: AttributeNode | undefined): PatchSeverity {
  const leaf = single(context, node);
  if (leaf === undefined) return 'unrated';
  const severity = SEVERITIES.find((one) => one === leaf.image);
  if (severity !== undefined) return severity;
  const best = closest(leaf.image, SEVERITIES);
  report(context, 'bad-value', spanOf(leaf), {
    message: `A severity is ${SEVERITIES.map((one) => `\`${one}\``).join(', ')}, not \`${leaf.image}\`.${best === undefined ? '' : ` Did you mean \`${best}\`?`}`,
    ...(best !== undefined && { fix: { title: `Change to \`${best}\``, text: best } }),
  });
  return 'unrated';
}

/** `arch`, which decides for whom a declaration is: a wrong one is fatal to it. */
export function architectures(context: Lowering, node: AttributeNode | undefined): readonly Architecture[] {
  return (node?.values ?? []).flatMap((leaf) => {
    const arch = ARCHITECTURES.find((one) => one === leaf.image);
    if (arch !== undefined) return [arch];
    fail(context, 'bad-value', spanOf(leaf), {
      message: `An architecture is \`x86\`, \`x64\` or \`arm64\`, not \`${leaf.image}\`.${didYouMean(leaf.image, ARCHITECTURES)}`,
    });
    return [];
  });
}
