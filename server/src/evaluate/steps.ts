/** Steps of a reading: `as folder`, `matching /…/`, `replacing … with …`. A step on absent is absent. */
import type { Conversion, RegexLiteral, Step, Template } from '../model/content.ts';
import type { Context, Names } from './context.ts';
import { cleanPath, filenameOf, folderOf, programOf } from './file-paths.ts';
import { compileRegex } from './regex.ts';
import { plainText } from './templates.ts';
import {
  ABSENT,
  mapRead,
  present,
  textOf,
  textValue,
  toDate,
  toNumber,
  toVersion,
  unreadable,
  type Read,
  type Value,
} from './values.ts';

/** Applies the steps in their order. */
export function applySteps(
  context: Context,
  names: Names | undefined,
  of: { read: Read; steps: readonly Step[] },
): Read {
  let read = of.read;
  for (const step of of.steps) read = mapRead(read, (value) => applyStep(context, names, { value, step }));
  return read;
}

function applyStep(context: Context, names: Names | undefined, of: { value: Value; step: Step }): Read {
  const { step } = of;
  switch (step.kind) {
    case 'as':
      return convert(context, of.value, step.conversion);
    case 'matching':
      return matching(textOf(of.value), step.regex);
    case 'replacing':
      return mapRead(plainText(context, names, step.with), (replacement) =>
        isRegex(step.what)
          ? replacingRegex(textOf(of.value), step.what, replacement)
          : mapRead(plainText(context, names, step.what), (what) =>
              present(textValue(what === '' ? textOf(of.value) : textOf(of.value).split(what).join(replacement))),
            ),
      );
  }
}

function isRegex(what: Template | RegexLiteral): what is RegexLiteral {
  return 'pattern' in what;
}

function convert(context: Context, value: Value, conversion: Conversion): Read {
  switch (conversion) {
    case 'version':
      return mapRead(toVersion(value), (version) => present({ kind: 'version', version }));
    case 'number':
      return mapRead(toNumber(value), (number) => present({ kind: 'number', value: number }));
    case 'date':
      return mapRead(toDate(value), (moment) => present({ kind: 'date', ...moment, text: textOf(value).trim() }));
    case 'trimmed':
      return present(textValue(textOf(value).trim()));
    case 'lowercase':
      return present(textValue(textOf(value).toLowerCase()));
    case 'path':
      return ifAny(cleanPath(context.target, textOf(value)));
    case 'folder':
      return ifAny(folderOf(cleanPath(context.target, textOf(value))));
    case 'filename':
      return ifAny(filenameOf(cleanPath(context.target, textOf(value))));
    case 'program':
      return ifAny(programOf(context.target, textOf(value)));
  }
}

/** A bare name has no folder and an empty text no program: that is proof, so `else` goes on. */
function ifAny(text: string | undefined): Read {
  return text === undefined || text === '' ? ABSENT : present(textValue(text));
}

function matching(text: string, literal: RegexLiteral): Read {
  const regex = compileRegex(literal);
  if (!regex.ok) return unreadable(regex.reason);
  const matcher = regex.re.matcher(text);
  if (!matcher.find()) return ABSENT;
  const found = matcher.group(regex.re.groupCount() > 0 ? 1 : 0);
  return found === null ? ABSENT : present(textValue(found));
}

function replacingRegex(text: string, literal: RegexLiteral, replacement: string): Read {
  const regex = compileRegex(literal);
  if (!regex.ok) return unreadable(regex.reason);
  return present(textValue(regex.re.matcher(text).replaceAll(replacement, false)));
}
