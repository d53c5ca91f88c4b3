/** Steps of a reading: `as folder`, `matching /…/`, `replacing … with …`. A step on absent is absent. */
import type { Conversion, RegexLiteral, Step, Template } from '../model/content.ts';
import type { Context, Names } from './context.ts';
import { cleanPath, filenameOf, folderOf, programOf } from './file-paths.ts';
import { matcherOn } from './regex.ts';
import { lengthAllowed, plainText } from './templates.ts';
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
      return matching(context, textOf(of.value), step.regex);
    case 'replacing':
      return mapRead(plainText(context, names, step.with), (replacement) =>
        isRegex(step.what)
          ? replacingRegex(context, textOf(of.value), { what: step.what, with: replacement })
          : mapRead(plainText(context, names, step.what), (what) =>
              replacing(context, textOf(of.value), { what, with: replacement }),
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

function matching(context: Context, text: string, literal: RegexLiteral): Read {
  const run = matcherOn(context, literal, text);
  if (!run.ok) return unreadable(run.reason);
  if (!run.matcher.find()) return ABSENT;
  const found = run.matcher.group(run.matcher.groupCount() > 0 ? 1 : 0);
  return found === null || found === undefined ? ABSENT : present(textValue(found));
}

/** Each occurrence replaced; a text may not grow without end by that. */
function replacing(context: Context, text: string, by: { readonly what: string; readonly with: string }): Read {
  if (by.what === '') return present(textValue(text));
  const parts = text.split(by.what);
  const length = text.length + (parts.length - 1) * (by.with.length - by.what.length);
  return mapRead(lengthAllowed(context, length), () => present(textValue(parts.join(by.with))));
}

function replacingRegex(
  context: Context,
  text: string,
  by: { readonly what: RegexLiteral; readonly with: string },
): Read {
  const run = matcherOn(context, by.what, text);
  if (!run.ok) return unreadable(run.reason);
  let length = text.length;
  while (run.matcher.find()) length += by.with.length - (run.matcher.end() - run.matcher.start());
  return mapRead(lengthAllowed(context, length), () =>
    present(textValue(run.matcher.reset().replaceAll(by.with, false))),
  );
}
