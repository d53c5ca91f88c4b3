/** What hovers and completion say of a word of the language. */

/** One word: what it reads or means, and an example. */
export interface WordText {
  readonly says: string;
  /** Part of a script, in the place that `stands` names. */
  readonly example: string;
  readonly stands: 'file' | 'product' | 'patch' | 'check' | 'test';
}

type Say = (says: string, example: string) => WordText;
const at =
  (stands: WordText['stands']): Say =>
  (says, example) => ({ says, example, stands });

/** The example is whole declarations. */
export const inFile = at('file');
/** The example is statements of a product. */
export const inProduct = at('product');
/** The example is statements of a patch. */
export const inPatch = at('patch');
/** The example is conditions. */
export const inCheck = at('check');
/** The example is statements of a test. */
export const inTest = at('test');

/** A word as Markdown. */
export function describeWord(word: string, kind: string, { says, example }: WordText): string {
  return `**\`${word}\`** (${kind}): ${says}\n\n\`\`\`detect\n${example}\n\`\`\``;
}
