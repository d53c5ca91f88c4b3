/** The page of diagrams. */
import {
  Alternation,
  Option,
  NonTerminal,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  Terminal,
  type IProduction,
  type TokenType,
} from 'chevrotain';
import { DetectGrammar } from '../../server/src/syntax/grammar/declarations.ts';
import { messages } from '../../server/src/syntax/messages.ts';
import { Compare, Literal, Name, VOCABULARY } from '../../server/src/syntax/tokens.ts';
import { finished, inLine, oneOf, optional, rail, repeated, word, type Drawing } from './draw.ts';

const INTRODUCTION = `# The grammar, drawn

Diagrams of every rule of [detection scripts](language.md), drawn from the rules that the parser itself runs
(\`node scripts/with-node.mjs scripts/grammar-diagrams.ts\`); a test holds the two equal. Follow the line from left to right:
where it forks, one way is taken; where it turns back, what it passed may come again, with what stands on the way back
between. Words in quotes are as written, other words are rules or tokens. One token decides at every fork.

What is right by the grammar can still be wrong: which properties a thing has, which words are metadata and where a
statement may stand is checked afterwards, with [a diagnostic](diagnostics/README.md) for each.
`;

/** The whole page. */
export function grammarPage(): string {
  const rules = new DetectGrammar(messages).getGAstProductions();
  const sections = reachable(rules).map((name) => {
    const drawing = inLine((rules[name]?.definition ?? []).map(draw));
    return `## ${name}\n\n\`\`\`text\n${finished(drawing)}\n\`\`\`\n`;
  });
  return [INTRODUCTION, ...sections, tokens()].join('\n');
}

type Rules = ReturnType<DetectGrammar['getGAstProductions']>;

/** The rules in the order in which a reader meets them. */
function reachable(rules: Rules): readonly string[] {
  const names = new Set(['file']);
  for (const name of names) for (const used of usedIn(rules[name]?.definition ?? [])) names.add(used);
  return [...names];
}

function usedIn(productions: readonly IProduction[]): readonly string[] {
  return productions.flatMap((one) => {
    if (one instanceof NonTerminal) return [one.nonTerminalName];
    return 'definition' in one ? usedIn(one.definition as readonly IProduction[]) : [];
  });
}

function draw(production: IProduction): Drawing {
  if (production instanceof Terminal) return word(tokenName(production.terminalType));
  if (production instanceof NonTerminal) return word(production.nonTerminalName);
  if (!('definition' in production)) throw new Error('the grammar has a production that cannot be drawn');
  const parts = (production.definition as readonly IProduction[]).map(draw);
  if (production instanceof Alternation) return oneOf(parts);
  const all = parts.length === 0 ? rail() : inLine(parts);
  if (production instanceof Option) return optional(all);
  if (production instanceof Repetition) return optional(repeated(all));
  if (production instanceof RepetitionMandatory) return repeated(all);
  if (production instanceof RepetitionWithSeparator) return optional(repeated(all, separator(production)));
  if (production instanceof RepetitionMandatoryWithSeparator) return repeated(all, separator(production));
  return all;
}

const separator = ({ separator }: { readonly separator: TokenType }): Drawing => word(tokenName(separator));

/** `"each"` for a word or sign, `text` for a token that is a pattern. */
function tokenName({ name, PATTERN }: TokenType): string {
  return typeof PATTERN === 'string' ? `"${PATTERN}"` : name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

/** Tokens that stand for several. */
function tokens(): string {
  const groups = [Name, Literal, Compare].map((group) => {
    const members = VOCABULARY.filter((type) => type.CATEGORIES?.includes(group));
    return `## ${tokenName(group)}\n\n\`\`\`text\n${finished(oneOf(members.map((type) => word(tokenName(type)))))}\n\`\`\`\n`;
  });
  return [
    ...groups,
    'How each token looks is told under [writing things down](language.md#writing-things-down). An `open-text` is a text without\nits closing quote, which is an error.\n',
  ].join('\n');
}
