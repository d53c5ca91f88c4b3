/** Versions that are written as no file of Windows has them: a fifth part, or zeros in front that mean nothing. */
import type { Reading } from '../../model/content.ts';
import type { Location } from '../../model/source.ts';
import { everywhere } from '../everywhere.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const versionLiteral: Rule = {
  code: 'version-literal',
  severity: 'information',
  summary: 'A version has more than four parts, or zeros in front of a part.',
  alone: true,
  find: (content) =>
    everywhere(content, (add) => ({
      reading(reading) {
        const found = ofReading(reading, content.texts.get(reading.at.file) ?? '');
        if (found !== undefined) add(found);
      },
      condition(condition) {
        if (condition.kind !== 'compare' || condition.predicate.kind !== 'test') return;
        const { test } = condition.predicate;
        if (test.kind !== 'reaches') return;
        for (const { fixed, from, at } of test.rows) {
          const text = content.texts.get(at.file) ?? '';
          for (const version of from === undefined ? [fixed] : [fixed, from]) {
            const found = problem(version, placeIn(version, at, text));
            if (found !== undefined) add(found);
          }
        }
      },
    })),
};

function ofReading({ source, at }: Reading, text: string): RuleFinding | undefined {
  if (source.kind !== 'literal' || source.literal.kind !== 'version') return undefined;
  return problem(source.literal.text, placeOf(source.literal.text, at, text));
}

/** Where a version is written: of a reading with steps it stands first, in XML in quotes, which may be in an element. */
function placeOf(written: string, at: Location, text: string): Location {
  if (text.startsWith('<', at.start)) return placeIn(written, at, text);
  const start = /^["']/.test(text.slice(at.start, at.start + 1)) ? at.start + 1 : at.start;
  return text.startsWith(written, start) ? { ...at, start, end: start + written.length } : at;
}

/** Where a version stands in a row of `reaches`. */
function placeIn(written: string, at: Location, text: string): Location {
  const found = new RegExp(`(?<![\\w.])${written.replaceAll('.', '\\.')}(?![\\w.])`).exec(text.slice(at.start, at.end));
  return found === null ? at : { ...at, start: at.start + found.index, end: at.start + found.index + written.length };
}

function problem(written: string, at: Location): RuleFinding | undefined {
  const parts = written.split('.');
  const plain = parts.map((part) => part.replace(/^0+(?=\d)/, '')).join('.');
  if (plain !== written) {
    return {
      message: `Parts of a version are numbers: \`${written}\` is \`${plain}\`.`,
      at,
      ...(at.end - at.start === written.length && { fix: { title: `Write \`${plain}\``, at, text: plain } }),
    };
  }
  if (parts.length <= 4 || !/^[\d.]+$/.test(written)) return undefined;
  return { message: `A file's version has four parts, this one ${parts.length}: the last are never found.`, at };
}
