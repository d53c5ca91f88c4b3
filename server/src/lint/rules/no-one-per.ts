/** Instances that may be found twice: both views or the Uninstall entries, and nothing merges them. */
import type { Find, Product } from '../../model/content.ts';
import { isPatchXml } from '../../patchxml/read.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const noOnePer: Rule = {
  code: 'no-one-per',
  severity: 'information',
  summary: 'Both views or `programs` may find an installation twice, and no `one per` merges them.',
  alone: true,
  find: (content) =>
    [...content.products.values()].flatMap(
      (product) => finding(product, content.texts.get(product.at.file) ?? '') ?? [],
    ),
};

function finding(product: Product, text: string): RuleFinding | undefined {
  const finds = product.variants.flatMap((variant) => variant.finds);
  const doubles = finds.some(
    (find) => find.kind === 'each' && !find.first && (find.from.view === 'both' || find.from.kind === 'programs'),
  );
  if (!doubles || product.onePer.length > 0 || !finds.some(isLocation)) return undefined;
  const { file, start, end } = product.at;
  const isXml = isPatchXml(file);
  const closing = isXml ? (/<\/[^<>]*>$/.exec(text.slice(start, end))?.[0] ?? '') : '}';
  const lineStart = text.lastIndexOf('\n', end - 1) + 1;
  const indentation = text.slice(lineStart, end - closing.length);
  const at = { file, start: lineStart, end: lineStart };
  const line = `${indentation}  ${isXml ? '<one-per name="location"/>' : 'one per location'}\n`;
  const fix = { title: 'Add `one per location`', at, text: line };
  return {
    message:
      'One installation may be found twice here, by both views or by two entries: `one per location` keeps one for each place.',
    at: product.nameAt,
    // A body on one line has no line of its own to put it on.
    ...(closing !== '' && indentation.trim() === '' && { fix }),
  };
}

const isLocation = (find: Find): boolean => find.kind === 'let' && find.name.toLowerCase() === 'location';
