/** Semantic tokens as an editor reads them. */
import type { SemanticTokensLegend } from 'vscode-languageserver/node';

/** Each piece as `kind text`, with a star where it declares and a `!` where it is the language's own. */
export function decodedTokens(
  legend: SemanticTokensLegend | undefined,
  text: string,
  data: readonly number[],
): readonly string[] {
  const lines = text.split('\n');
  const shown: string[] = [];
  let line = 0;
  let character = 0;
  for (let i = 0; i < data.length; i += 5) {
    const [further = 0, characters = 0, length = 0, kind = 0, modifiers = 0] = data.slice(i, i + 5);
    character = further === 0 ? character + characters : characters;
    line += further;
    const piece = lines[line]?.slice(character, character + length) ?? '';
    shown.push(`${legend?.tokenTypes[kind] ?? '?'}${modifiers === 1 ? '*' : modifiers === 2 ? '!' : ''} ${piece}`);
  }
  return shown;
}
