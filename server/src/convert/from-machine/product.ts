/** A product of an Uninstall entry: found by the entry, proven by its program, whose version counts. */
import { format } from '../../syntax/printer.ts';
import { freeId } from './ids.ts';
import { isWritable, pathLiteral, plainLiteral, regexLiteral, textLiteral, type KnownFolder } from './literals.ts';
import type { Written } from './condition.ts';
import { stemOf, type ProgramPlace, type UninstallEntry } from './program.ts';
import { titleOf } from './skeleton.ts';

export interface ProductOptions {
  readonly entry: UninstallEntry;
  readonly place: ProgramPlace;
  /** The program's file in that folder, and whether it says its version. */
  readonly file: { readonly name: string; readonly hasVersion: boolean };
  readonly folders: readonly KnownFolder[];
  readonly isTaken: (id: string) => boolean;
}

/** The whole declaration, formatted. */
export function productOf({ entry, place, file, folders, isTaken }: ProductOptions): Written {
  const { name, publisher } = entry;
  if (![name, file.name, place.folder].every(isWritable))
    return {
      ok: false,
      problem: 'Its name holds characters that cannot be written in a script so that all of it can be seen.',
    };
  const stem = stemOf(name) || name;
  const { where, release } = nameOf(entry);
  // The entry's own version follows where the file tells none.
  const told = release ? 'release' : entry.version === undefined ? undefined : 'app.version';
  const program = `file "\${location}\\${textLiteral(file.name).slice(1)}`;
  const version = [file.hasVersion || told === undefined ? `${program} version` : undefined, told].filter(
    (one) => one !== undefined,
  );
  const vendor = publisher !== undefined && publisher !== '' && isWritable(publisher);
  const lines = [
    `product ${freeId(stem, isTaken)} ${titleOf(stem)} {`,
    ...(vendor ? [`vendor ${plainLiteral(publisher)}`] : []),
    '',
    `each app in programs where app.name ${where}`,
    `let location = ${locationOf(entry, place, folders)}`,
    `let version = ${version.join(' else ')}`,
    '',
    '# An entry alone proves nothing: uninstallers leave them behind.',
    `installed when ${program} exists`,
    'one per location',
    '}',
  ];
  return { ok: true, text: format(`${lines.join('\n')}\n`).trimEnd() };
}

function locationOf(entry: UninstallEntry, { by, folder }: ProgramPlace, folders: readonly KnownFolder[]): string {
  switch (by) {
    case 'location':
      return entry.location?.includes('"') === true ? 'app.location as path' : 'app.location';
    case 'icon':
      return 'app.icon as program as folder';
    case 'uninstall':
      return 'app.uninstall as program as folder';
    case 'name':
      return pathLiteral(folder, folders);
  }
}

/** How the entry is told from others: what changes with the version or architecture is left open. */
function nameOf({ name, version }: UninstallEntry): { readonly where: string; readonly release: boolean } {
  const at = version !== undefined && version !== '' ? name.indexOf(version) : -1;
  const found = at > 0 ? at : /\d+(?:\.\d+)+/.exec(name)?.index;
  const before = name.slice(0, found ?? 0);
  if (found !== undefined && /\p{L}{2}|\p{L}.*\p{N}|\p{N}.*\p{L}/u.test(before) && /^\d/.test(name.slice(found)))
    return { where: `matches /^${regexLiteral(before)}(?<release>[\\d.]+)/`, release: true };
  const stem = /^(.*\S\s*\()(?:x64|x86|arm64|32|64)[^()]*\)\s*$/i.exec(name)?.[1];
  return { where: stem === undefined ? `= ${textLiteral(name)}` : `starts with ${textLiteral(stem)}`, release: false };
}
