/** Blanks that nobody sees: at the ends of ids, titles, names of values, and beside backslashes. */
import type { Template } from '../../model/content.ts';
import { everywhere } from '../everywhere.ts';
import type { Rule, RuleFinding } from '../rule.ts';

const BLANK = /^[ \t]+|[ \t]+$|[ \t]+(?=\\)|(?<=\\)[ \t]+/g;

export const strayBlank: Rule = {
  code: 'stray-blank',
  severity: 'warning',
  summary: 'A blank stands at the end of a name, or beside a backslash.',
  alone: true,
  find: (content) => {
    const declared = [...content.products.values(), ...content.patches.values(), ...content.checks.values()];
    const names = [...declared, ...content.bulletins.values()].flatMap(({ id, title, nameAt }): RuleFinding[] => {
      if (id.trim() !== id) return [{ message: `The name \`${id}\` has a blank at its end.`, at: nameAt }];
      if (title === undefined || title.trim() === title) return [];
      return [{ message: `The title "${title}" has a blank at its end.`, at: nameAt }];
    });
    const paths = everywhere(content, (add) => {
      const look = (path: Template): void => {
        const found = inPath(path, content.texts.get(path.at.file) ?? '');
        if (found !== undefined) add(found);
      };
      const ofName = (name: Template): void => {
        const found = atEnds(name, content.texts.get(name.at.file) ?? '');
        if (found !== undefined) add(found);
      };
      return {
        path: look,
        key: look,
        source(source) {
          if (source.kind === 'value' || source.kind === 'service' || source.kind === 'thing-service')
            ofName(source.name);
          else if (source.kind === 'element-value') ofName(source.value);
        },
      };
    });
    return [...names, ...paths];
  },
};

/** A name that begins or ends with a blank: of a value, of a service. */
function atEnds({ parts, at }: Template, text: string): RuleFinding | undefined {
  const plain = parts.map((part) => (part.kind === 'text' ? part.text : '\u0001')).join('');
  if (plain === '' || plain.trim() === plain) return undefined;
  const inner = /^(["'])(.*)\1$/.exec(text.slice(at.start, at.end))?.[2]?.trim();
  return {
    message: 'A blank at an end belongs to the name: nothing is found by it.',
    at,
    ...(inner !== undefined && inner !== '' && { fix: { title: 'Take the blank out', at, text: `"${inner}"` } }),
  };
}

function inPath({ parts, at }: Template, text: string): RuleFinding | undefined {
  const plain = parts.map((part) => (part.kind === 'text' ? part.text : '\u0001')).join('');
  if (plain.replace(BLANK, '') === plain) return undefined;
  const written = text.slice(at.start, at.end);
  // In XML a value may stand in single quotes.
  const quoted = /^(["'])([^]*)\1$/.exec(written);
  const inner = quoted?.[2]?.replace(BLANK, '');
  return {
    message: 'A blank beside a backslash or at an end belongs to the name: nothing is found by it.',
    at,
    ...(inner !== undefined && { fix: { title: 'Take the blank out', at, text: `"${inner}"` } }),
  };
}
