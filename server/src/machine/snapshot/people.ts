/**
 * People in a recording: the names of their profile folders. Each becomes the same stand-in everywhere, in keys, values and
 * paths, so that the recording still fits together.
 */
import type { RecordedFile, RecordedKey, SnapshotDocument } from './format.ts';

const PROFILE = /((?:[a-z]:|%systemdrive%)\\(?:Users|Documents and Settings)\\)([^\\"/:*?<>|\r\n]+)/gi;
/** Profile folders that belong to nobody, and stand-ins of an earlier recording. */
const NOBODY =
  /^(public|default|default user|all users|defaultuser\d*|localservice|networkservice|administrator|person\d+)$/i;

/** Finds the people whose profile folders a recording names, and gives each a stand-in that no folder has yet. */
function profileStandIns(texts: Iterable<string>): ReadonlyMap<string, string> {
  const names = new Set<string>();
  let taken = 0;
  for (const text of texts) {
    for (const match of text.matchAll(PROFILE)) {
      const name = (match[2] ?? '').toLowerCase();
      if (!NOBODY.test(name)) names.add(name);
      taken = Math.max(taken, Number(/^person(\d{1,6})$/.exec(name)?.[1] ?? 0));
    }
  }
  return new Map([...names].toSorted().map((name, index) => [name, `person${taken + index + 1}`]));
}

/** Replaces the people of profile folders by their stand-ins. */
function replaceProfiles(text: string, standIns: ReadonlyMap<string, string>): string {
  if (standIns.size === 0) return text;
  return text.replace(PROFILE, (whole, folder: string, name: string) => {
    const standIn = standIns.get(name.toLowerCase());
    return standIn === undefined ? whole : `${folder}${standIn}`;
  });
}

const PROFILES_FOLDER = /^[a-z]:\\(?:Users|Documents and Settings)$/i;

/** The document with every person's profile folder and logon name replaced, and said so. */
export function withoutPeople(
  document: SnapshotDocument,
  sorted: <T>(entries: readonly (readonly [string, T])[]) => Readonly<Record<string, T>>,
): SnapshotDocument {
  const standIns = profileStandIns(textsIn(document));
  if (standIns.size === 0) return document;
  const replaced = replaceIn(document, (text) => replaceProfiles(text, standIns)) as SnapshotDocument;
  const people = [...standIns.values()].map((standIn) => ({ what: `profile folder ${standIn}`, why: 'a person' }));
  const keys = Object.entries(replaced.registry).map(([path, key]) => [path, withoutName(key, standIns)] as const);
  const files = Object.entries(replaced.files).map(
    ([path, file]) => [path, withoutEntries(path, file, standIns)] as const,
  );
  return { ...replaced, redacted: [...replaced.redacted, ...people], registry: sorted(keys), files: sorted(files) };
}

/** `USERNAME` of a user's volatile environment is the name of the person logged on. */
function withoutName(key: RecordedKey, standIns: ReadonlyMap<string, string>): RecordedKey {
  if (key.values === undefined) return key;
  const values = Object.entries(key.values).map(([name, value]): [string, typeof value] => {
    if (name.toLowerCase() !== 'username' || value === null || !('data' in value)) return [name, value];
    const standIn = typeof value.data === 'string' ? standIns.get(value.data.toLowerCase()) : undefined;
    return [name, standIn === undefined ? { redacted: 'a person' } : { type: 'REG_SZ', data: standIn }];
  });
  return { ...key, values: Object.fromEntries(values) };
}

function withoutEntries(path: string, file: RecordedFile, standIns: ReadonlyMap<string, string>): RecordedFile {
  if (!PROFILES_FOLDER.test(path) || !Array.isArray(file.entries)) return file;
  const entries = (file.entries as NonNullable<Extract<RecordedFile['entries'], readonly unknown[]>>).map((entry) => ({
    ...entry,
    name: standIns.get(entry.name.toLowerCase()) ?? entry.name,
  }));
  return { ...file, entries };
}

function* textsIn(value: unknown, path = ''): Generator<string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (!Array.isArray(value)) yield name;
    // Entries of the folder of profiles are bare names: read as the paths they are.
    if (name === 'name' && typeof member === 'string' && PROFILES_FOLDER.test(path)) yield `${path}\\${member}`;
    yield* textsIn(member, Array.isArray(value) || name === 'entries' ? path : name);
  }
}

function replaceIn(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => replaceIn(item, replace));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [replace(name), replaceIn(member, replace)]));
}
