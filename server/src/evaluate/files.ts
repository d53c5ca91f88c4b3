/** What content can ask of a file or folder by its path. */
import type { FileProperty } from '../model/content.ts';
import type { FileInfo, FileVersion } from '../model/observation.ts';
import { observe, type Context } from './context.ts';
import { ABSENT, mapRead, numberValue, present, textValue, type Read, type Value } from './values.ts';
import { parseVersion } from './versions.ts';

/** Whether there is a file (not a folder) of that path. */
export function fileExists(context: Context, path: string): Read<FileInfo> {
  return statOf(context, path, false);
}

/** Whether there is a folder of that path. */
export function folderExists(context: Context, path: string): Read<FileInfo> {
  return statOf(context, path, true);
}

function statOf(context: Context, path: string, folder: boolean): Read<FileInfo> {
  const read = observe<'file'>(context, { kind: 'file', path });
  return mapRead(read, (info) => (info.folder === folder ? present(info) : ABSENT));
}

/** A file's property. */
export function fileProperty(context: Context, path: string, property: FileProperty): Read {
  switch (property) {
    case 'size':
      return mapRead(fileExists(context, path), (info) => present(numberValue(info.size)));
    case 'modified':
      return mapRead(fileExists(context, path), (info) => modifiedOf(info));
    case 'sha256':
      return mapRead(observe<'sha256'>(context, { kind: 'sha256', path }), (hash) => present(textValue(hash)));
    case 'text':
      return mapRead(observe<'text'>(context, { kind: 'text', path }), (text) => present(textValue(text)));
    default:
      return mapRead(observe<'version'>(context, { kind: 'version', path }), (found) =>
        versionProperty(found, property),
      );
  }
}

/** When a folder was last changed. */
export function folderModified(context: Context, path: string): Read {
  return mapRead(folderExists(context, path), (info) => modifiedOf(info));
}

/** A file's time of change as a value. */
export function modifiedOf(info: FileInfo): Read {
  const ms = Date.parse(info.modified);
  return Number.isNaN(ms) ? ABSENT : present({ kind: 'date', ms, day: false, text: info.modified });
}

function versionProperty(
  found: FileVersion,
  property: Exclude<FileProperty, 'size' | 'modified' | 'sha256' | 'text'>,
): Read {
  switch (property) {
    case 'version':
      return ifSaid(found.fileVersion, versionOrText);
    case 'product-version':
      return ifSaid(found.productVersion ?? found.fixedProductVersion, (text) => ({
        kind: 'text',
        text,
        soft: 'version',
      }));
    case 'arch':
      return ifSaid(found.arch, textValue);
    case 'company':
      return ifSaid(found.company, textValue);
    case 'product':
      return ifSaid(found.product, textValue);
    case 'original-name':
      return ifSaid(found.originalName, textValue);
    case 'language':
      return ifSaid(found.language, textValue);
  }
}

function ifSaid(text: string | undefined, make: (text: string) => Value): Read {
  return text === undefined ? ABSENT : present(make(text));
}

function versionOrText(text: string): Value {
  const version = parseVersion(text);
  return version === undefined ? { kind: 'text', text, soft: 'version' } : { kind: 'version', version };
}
