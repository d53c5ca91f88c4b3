/** Readings: a thing and its property, and the steps after it (language.md 4.1). */
import type { Literal, Reading, Source, Template, View } from '../model/content.ts';
import type { Context, Names } from './context.ts';
import { fileProperty, folderModified } from './files.ts';
import { keyValue } from './keys.ts';
import { firstPresent, msiProperty } from './msi.ts';
import { elementNamed, readName } from './names.ts';
import { viewsOf } from './registry.ts';
import { serviceProperty } from './services.ts';
import { applySteps } from './steps.ts';
import { onePath, plainText } from './templates.ts';
import {
  fromRegistry,
  mapRead,
  numberValue,
  parseMoment,
  present,
  textValue,
  unreadable,
  type Read,
} from './values.ts';
import { parseVersion } from './versions.ts';

/** What a reading gives. */
export function evaluateReading(context: Context, names: Names | undefined, reading: Reading): Read {
  const mark = context.needed.length;
  const read = evaluateSource(context, names, reading.source);
  const result = applySteps(context, names, { read, steps: reading.steps });
  if (result.state !== 'pending') context.needed.length = mark;
  return result;
}

/** What a source gives, before steps. */
export function evaluateSource(context: Context, names: Names | undefined, source: Source): Read {
  switch (source.kind) {
    case 'value':
      return mapRead(plainText(context, names, source.name), (name) =>
        mapRead(keyValue(context, names, { key: source.key, view: source.view, name }), (data) =>
          present(fromRegistry(data)),
        ),
      );
    case 'file':
      return inViews(context, names, {
        ...source,
        read: (path) => fileProperty(context, path, source.property),
      });
    case 'folder':
      return inViews(context, names, { ...source, read: (path) => folderModified(context, path) });
    case 'service':
      return mapRead(plainText(context, names, source.name), (name) => serviceProperty(context, name, source.property));
    case 'msi':
      return msiProperty(context, names, source);
    case 'name':
      return readName(context, names, source.name);
    case 'element-value':
      return mapRead(plainText(context, names, source.value), (name) => {
        const element = elementNamed(names, source.name);
        return element?.value(context, name) ?? unreadable(`\`${source.name.base}\` has no values`);
      });
    case 'literal':
      return literalValue(context, names, source.literal);
  }
}

/** A reading of a path in each view that was asked for: the first that is present. */
export function inViews<T>(
  context: Context,
  names: Names | undefined,
  of: { readonly path: Template; readonly view?: View | undefined; readonly read: (path: string) => Read<T> },
): Read<T> {
  const views = of.view === undefined ? [undefined] : viewsOf(context, of.view);
  const seen = new Set<string>();
  return firstPresent(views, (view) =>
    mapRead(onePath(context, names, { template: of.path, view }), (path): Read<T> => {
      if (seen.has(path.toLowerCase())) return { state: 'absent' };
      seen.add(path.toLowerCase());
      return of.read(path);
    }),
  );
}

function literalValue(context: Context, names: Names | undefined, literal: Literal): Read {
  switch (literal.kind) {
    case 'text':
      return mapRead(plainText(context, names, literal.template), (text) => present(textValue(text)));
    case 'version': {
      const version = parseVersion(literal.text);
      return version === undefined
        ? unreadable(`\`${literal.text}\` is no version`)
        : present({ kind: 'version', version });
    }
    case 'number':
      return present(numberValue(BigInt(literal.digits)));
    case 'date': {
      const moment = parseMoment(literal.text);
      return moment === undefined
        ? unreadable(`\`${literal.text}\` is no date`)
        : present({ kind: 'date', ...moment, text: literal.text });
    }
    case 'size':
      return present({ kind: 'number', value: BigInt(Math.round(literal.bytes)), text: literal.text });
    case 'duration':
      return present({ kind: 'number', value: BigInt(Math.round(literal.seconds)), text: literal.text });
    case 'guid':
    case 'kb':
    case 'cve':
      return present(textValue(literal.text));
  }
}
