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
    })),
};

function ofReading({ source, at }: Reading, text: string): RuleFinding | undefined {
  if (source.kind !== 'literal' || source.literal.kind !== 'version') return undefined;
  const written = source.literal.text;
  // Of a reading with steps, the version stands first.
  const place = { ...at, end: at.start + written.length };
  if (text.slice(place.start, place.end) !== written) return undefined;
  return problem(written, place);
}

function problem(written: string, at: Location): RuleFinding | undefined {
  const parts = written.split('.');
  const plain = parts.map((part) => part.replace(/^0+(?=\d)/, '')).join('.');
  if (plain !== written) {
    return {
      message: `Parts of a version are numbers: \`${written}\` is \`${plain}\`.`,
      at,
      fix: { title: `Write \`${plain}\``, at, text: plain },
    };
  }
  if (parts.length <= 4 || !/^[\d.]+$/.test(written)) return undefined;
  return { message: `A file's version has four parts, this one ${parts.length}: the last are never found.`, at };
}
